// Pages through a ranking with Relay: what relay-compiler makes of the documents, kept in its store by global ids.
import { Environment, fetchQuery, getSingularSelector, graphql, Network, RecordSource, Store } from 'relay-runtime';
import rankingCreator from './__generated__/ranking_creator.graphql.js';
import rankingPage from './__generated__/ranking_page.graphql.js';
import rankingPageQuery from './__generated__/rankingPageQuery.graphql.js';

// A build with babel-plugin-relay puts what is imported above in the place of these.
export const documents = () => [
  graphql`
    query rankingPageQuery($first: Int!, $after: String) {
      viewer { role }
      ...ranking_page @arguments(first: $first, after: $after)
    }
  `,
  graphql`
    fragment ranking_page on Query
    @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
      ranking(by: SALES_ABILITY, first: $first, after: $after) @connection(key: "ranking_ranking") {
        edges { rank node { id ...ranking_creator } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  graphql`
    fragment ranking_creator on Creator { handle region salesAbility { value low high reason } }
  `,
];

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ text }, variables) => {
    const answer = await fetch(process.env.CREATORGRAPH_URL, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${process.env.CREATORGRAPH_KEY}` },
      body: JSON.stringify({ query: text, variables }),
    });
    return answer.json();
  }),
});

// What a component is given: the fragment's data, with the edges of all pages that were fetched.
function read(fragment, reference) {
  return environment.lookup(getSingularSelector(fragment, reference)).data;
}

let page;
let after = null;
do {
  const answer = await fetchQuery(environment, rankingPageQuery, { first: 4, after }).toPromise();
  page = read(rankingPage, answer).ranking;
  after = page.pageInfo.endCursor;
} while (page.pageInfo.hasNextPage);

const ranking = page.edges.map(({ rank, node }) => ({ rank, id: node.id, ...read(rankingCreator, node) }));
console.log(JSON.stringify({ ranking }));
