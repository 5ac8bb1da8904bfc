/** Documents checked against the schema of the service as they are written. */
import { initGraphQLTada } from 'gql.tada'

import type { introspection } from './schema'

export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: { DateTime: string; BigInt: string | number; Region: string; JSON: unknown; _Any: unknown }
}>()

export type { ResultOf, VariablesOf } from 'gql.tada'
