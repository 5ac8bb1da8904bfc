/** Files that the viewer saves. */

/** Return lines as CSV: numbers as numbers, what is neither text nor number as JSON. */
export function csv(lines: readonly (readonly unknown[])[]): Blob {
  return new Blob([lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'], { type: 'text/csv;charset=utf-8' })
}

/** Quote what needs it; a spreadsheet must take no text for a formula. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Have the browser save a file. */
export function save(name: string, content: Blob): void {
  const href = URL.createObjectURL(content)
  Object.assign(document.createElement('a'), { href, download: name }).click()
  URL.revokeObjectURL(href)
}
