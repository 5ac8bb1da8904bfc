/** A result as a file: what is shown as CSV, or all of it as Arrow, which the service streams. */
import { session } from '../app/session.svelte'
import { HEADERS } from '../graphql/client'
import { csv } from '../parts/file'
import type { Result } from './queries'

const ARROW = 'application/vnd.apache.arrow.stream'

export const table = ({ columns, rows }: Result): Blob => csv([columns.map(({ name }) => name), ...(rows as unknown[][])])

/** Return the whole result, up to the rows that the service streams; an error's message is the service's own. */
export async function arrow(query: string, parameters: object, signal: AbortSignal): Promise<Blob> {
  const asker = session.number
  const answer = await fetch('/cypher', {
    method: 'POST',
    headers: { ...HEADERS, 'Content-Type': 'application/json', Accept: ARROW },
    body: JSON.stringify({ query, parameters }),
    signal,
  })
  if (answer.ok) return await answer.blob()
  if (answer.status === 401) session.lost(asker)
  const body = (await answer.json()) as { errors?: { message?: string }[] }
  throw new Error(body.errors?.[0]?.message ?? answer.statusText)
}
