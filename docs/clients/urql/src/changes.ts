// Follows changes with urql while one is made, and resumes after the last that it was told: types are inferred by gql.tada.
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { initGraphQLTada } from 'gql.tada';
import { createClient } from 'graphql-sse';
import { pipe, take, toPromise } from 'wonka';
import type { introspection } from './schema.js';

declare const process: { env: Record<string, string>; exit(code: number): never };

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { BigInt: number; DateTime: string; JSON: unknown; Region: string; _Any: unknown };
}>();

const NOW = graphql(`query Now { changes { cursor } viewer { creator { id } } }`);
const CHANGED = graphql(`
  subscription Changed($since: String) {
    changed(since: $since, kinds: [CONSENT_CHANGED]) { cursor kind node { __typename id } }
  }
`);
const CONSENT = graphql(`
  mutation Consent($input: SetSalesConsentInput!) {
    setSalesConsent(input: $input) { creator { id salesConsent } userErrors { code message } }
  }
`);

const url = process.env.CREATORGRAPH_URL;
const headers = { Authorization: `Bearer ${process.env.CREATORGRAPH_KEY}` };
const events = createClient({ url, headers });
const client = new Client({
  url,
  preferGetMethod: false,
  fetchOptions: { headers },
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({ unsubscribe: events.subscribe({ query: query ?? '', variables }, sink as never) }),
      }),
    }),
  ],
});

async function told(since: string | null) {
  const { data, error } = await pipe(client.subscription(CHANGED, { since }), take(1), toPromise);
  if (!data) throw error ?? new Error('nothing is told');
  return data.changed;
}

async function consent(given: boolean) {
  const { data, error } = await client.mutation(CONSENT, { input: { consent: given } });
  if (error) throw error;
  return data?.setSalesConsent?.creator?.salesConsent;
}

const { data: now } = await client.query(NOW, {});
const since = now?.changes?.cursor ?? null;
const consents = [await consent(true), await consent(false)];
const first = await told(since);
const second = await told(first.cursor);
console.log(JSON.stringify({ creator: now?.viewer.creator?.id, consents, told: [first, second].map(({ kind, node }) => ({ kind, id: node?.id })) }));
process.exit(0);
