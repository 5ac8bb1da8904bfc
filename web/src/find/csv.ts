/** The rows in view as a file: numbers as numbers, one row a creator. */
import { INDICATORS } from '../parts/indicators'
import type { Row } from './columns'

const HEAD = [
  'id',
  'handle',
  'nickname',
  'region',
  'followers',
  ...INDICATORS.flatMap((name) => [name, `${name}_low`, `${name}_high`].map((part) => part.toLowerCase())),
]

export function csv(rows: readonly Row[]): string {
  return [HEAD, ...rows.map(cells)].map((line) => line.map(quoted).join(',')).join('\r\n') + '\r\n'
}

function cells(row: Row): (string | number | null)[] {
  const scores = INDICATORS.flatMap((name) => {
    const found = row.scores?.find(({ indicator }) => indicator === name)
    return [found?.value ?? null, found?.low ?? null, found?.high ?? null]
  })
  return [row.id, row.handle, row.nickname, row.region, row.followerCount, ...scores]
}

/** Quote what needs it; a spreadsheet must take no name for a formula. */
function quoted(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function save(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const anchor = Object.assign(document.createElement('a'), { href, download: name })
  anchor.click()
  URL.revokeObjectURL(href)
}
