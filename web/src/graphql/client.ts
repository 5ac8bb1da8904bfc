/** The one way to the service: it authenticates by the session's cookie, and keeps answers until something changes. */
import { Client, cacheExchange, fetchExchange, type CombinedError, type OperationResult, type TypedDocumentNode } from '@urql/core'

import { session } from '../app/session.svelte'
import { inTurn } from './turns'

/** Requests that change something are refused without this header: no foreign page can set it. */
export const HEADERS = { 'X-Creatorgraph-Request': 'explorer' }

const TRIES = 6
const LONGEST_WAIT = 10
const BUSY = [429, 503]
const AWAY = [502, 504] // what stands before the service says that it does not answer

let client = fresh()

function fresh(): Client {
  return new Client({ url: '/graphql', preferGetMethod: false, exchanges: [cacheExchange, fetchExchange], fetchOptions: { headers: HEADERS } })
}

/** Forget every answer: after a change, and when somebody else signs in. */
export function forget(): void {
  client = fresh()
}

/** Ask in turn; where the service is too busy it is asked again after the time that it names, a few times. */
export const ask = <D, V extends object>(document: TypedDocumentNode<D, V>, variables: V, options: { again?: boolean } = {}) =>
  inTurn(() => answered(document, variables, options.again ?? false))

async function answered<D, V extends object>(
  document: TypedDocumentNode<D, V>,
  variables: V,
  again: boolean,
): Promise<OperationResult<D, V>> {
  let asker = session.number
  let answer = await client.query(document, variables, { requestPolicy: again ? 'network-only' : 'cache-first' }).toPromise()
  for (let tried = 1; tried < TRIES && busy(answer); tried++) {
    await new Promise((resolve) => setTimeout(resolve, seconds(answer) * 1_000))
    asker = session.number
    answer = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise()
  }
  return noticed(answer, asker)
}

const busy = ({ error }: OperationResult): boolean => BUSY.includes(status(error)?.status ?? 0)

/** Return how long the service asks to wait; a second where it does not say. */
const seconds = ({ error }: OperationResult): number => Math.min(Number(status(error)?.headers.get('Retry-After') ?? 1) || 1, LONGEST_WAIT)

const status = (error: CombinedError | undefined): Response | undefined => error?.response as Response | undefined

/** Tell whether asking again later may help: the service was not reached, or is too busy. */
export function passing(error: CombinedError): boolean {
  const answer = status(error)
  return !answer || [...BUSY, ...AWAY].includes(answer.status) || (answer.ok && error.networkError !== undefined)
}

let changes = 0

/** Tell whether something is being changed now. */
export const changing = (): boolean => changes > 0

/** Change something; every answer before it is forgotten. */
export async function change<D, V extends object>(document: TypedDocumentNode<D, V>, variables: V): Promise<OperationResult<D, V>> {
  changes += 1
  try {
    const asker = session.number
    return noticed(await client.mutation(document, variables).toPromise(), asker)
  } finally {
    changes -= 1
    forget()
  }
}

function noticed<T extends { error?: CombinedError | undefined }>(answer: T, asker: number): T {
  if (answer.error && code(answer.error) === 'UNAUTHENTICATED') session.lost(asker)
  return answer
}

/** Return the code for programs of the first error; null where the service did not answer at all. */
export function code(error: CombinedError): string | null {
  const found = error.graphQLErrors[0]?.extensions['code']
  return typeof found === 'string' ? found : null
}
