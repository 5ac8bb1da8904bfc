/** Files that the viewer saves. */

type Cell = string | number | null

/** Return lines as CSV: numbers as numbers. */
export const csv = (lines: readonly (readonly Cell[])[]): string => lines.map((line) => line.map(quoted).join(',')).join('\r\n') + '\r\n'

/** Quote what needs it; a spreadsheet must take no name for a formula. */
function quoted(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const CSV = 'text/csv;charset=utf-8'

/** Have the browser save a text as a file. */
export function save(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }))
  const anchor = Object.assign(document.createElement('a'), { href, download: name })
  anchor.click()
  URL.revokeObjectURL(href)
}
