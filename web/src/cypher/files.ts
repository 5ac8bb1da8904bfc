/** A result as a file: what is shown as CSV, or all of it as Arrow, which the service streams. */
import { session } from '../app/session.svelte'
import { HEADERS } from '../graphql/client'
import type { Result } from './queries'

const ARROW = 'application/vnd.apache.arrow.stream'

export function csv({ columns, rows }: Result): Blob {
  const lines = [columns.map(({ name }) => name), ...(rows as unknown[][])]
  return new Blob([lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'], { type: 'text/csv;charset=utf-8' })
}

/** Return the whole result, up to the rows that the service streams; an error's message is the service's own. */
export async function arrow(query: string, parameters: object, signal: AbortSignal): Promise<Blob> {
  const answer = await fetch('/cypher', {
    method: 'POST',
    headers: { ...HEADERS, 'Content-Type': 'application/json', Accept: ARROW },
    body: JSON.stringify({ query, parameters }),
    signal,
  })
  if (answer.ok) return await answer.blob()
  if (answer.status === 401) session.lost()
  const body = (await answer.json()) as { errors?: { message?: string }[] }
  throw new Error(body.errors?.[0]?.message ?? answer.statusText)
}

export function save(name: string, content: Blob): void {
  const href = URL.createObjectURL(content)
  Object.assign(document.createElement('a'), { href, download: name }).click()
  URL.revokeObjectURL(href)
}

/** Quote what needs it; a spreadsheet must take no text for a formula. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
