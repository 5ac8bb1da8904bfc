// Composes the subgraphs named on standard input with both composers, asks the supergraph through Apollo's gateway, and prints
// what each said, as JSON.
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { federateSubgraphs } from '@wundergraph/composition';
import { parse } from 'graphql';

const { subgraphs, operations } = JSON.parse(readFileSync(0, 'utf8'));

async function text({ url, key }) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  return (await answer.json()).data._service.sdl;
}

class Subgraph extends RemoteGraphQLDataSource {
  willSendRequest({ request }) {
    request.http.headers.set('Authorization', `Bearer ${this.key}`);
  }
}

const texts = await Promise.all(subgraphs.map(text));
const apollo = composeServices(subgraphs.map(({ name, url }, n) => ({ name, url, typeDefs: parse(texts[n]) })));
const wundergraph = federateSubgraphs({ subgraphs: subgraphs.map(({ name, url }, n) => ({ name, url, definitions: parse(texts[n]) })) });
const said = {
  apollo: [...(apollo.errors ?? []), ...(apollo.hints ?? [])].map(String),
  wundergraph: [...(wundergraph.errors ?? []), ...wundergraph.warnings].map(String),
  costs: ['@cost(', '@listSize('].map((each) => (apollo.supergraphSdl ?? '').split(each).length - 1),
  answers: [],
};
if (apollo.supergraphSdl) {
  const silent = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, () => {}]));
  const gateway = new ApolloGateway({
    supergraphSdl: apollo.supergraphSdl,
    logger: silent,
    buildService: ({ name, url }) => new Subgraph({ url, key: subgraphs.find((each) => each.name === name).key }),
  });
  const { executor, schema } = await gateway.load();
  for (const query of operations) {
    const document = parse(query);
    const context = { request: { query }, document, schema, queryHash: query, context: {}, metrics: {}, logger: silent };
    said.answers.push(await executor(context));
  }
  await gateway.stop();
}
console.log(JSON.stringify(said));
