// Reads all creators page by page with Apollo Client: typed documents, sent by their hashes, errors by their codes.
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { graphql } from './generated/index.js';

declare const process: { env: Record<string, string> };

const CREATORS = graphql(`
  query Creators($first: Int!, $after: String) {
    creators(first: $first, after: $after) {
      totalCount
      edges { node { id handle overall { value low high reason } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const LOOKALIKES = graphql(`
  query Lookalikes($id: ID!) {
    creator(id: $id) { handle lookalikes(first: 1000) { creator { handle } } }
  }
`);

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const client = new ApolloClient({
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { creators: relayStylePagination() } } } }),
  link: ApolloLink.from([
    new PersistedQueryLink({ sha256 }),
    new HttpLink({ uri: process.env.CREATORGRAPH_URL, headers: { Authorization: `Bearer ${process.env.CREATORGRAPH_KEY}` } }),
  ]),
});

// As `fetchMore` of a component does: each page comes over the network, and the cache appends it to those before.
let after: string | null = null;
do {
  await client.query({ query: CREATORS, variables: { first: 5, after }, fetchPolicy: 'network-only' });
  const read = client.readQuery({ query: CREATORS, variables: { first: 5 } });
  after = read?.creators?.pageInfo.hasNextPage ? (read.creators.pageInfo.endCursor ?? null) : null;
} while (after);

const all = client.readQuery({ query: CREATORS, variables: { first: 5 } })?.creators;
const creators = all?.edges.map(({ node }) => ({ id: node.id, value: node.overall?.value ?? null }));

let code: unknown = null;
try {
  await client.query({ query: LOOKALIKES, variables: { id: creators?.[0]?.id ?? '' } });
} catch (error) {
  if (!CombinedGraphQLErrors.is(error)) throw error;
  code = error.errors[0]?.extensions?.code;
}
console.log(JSON.stringify({ totalCount: all?.totalCount, creators, code }));
