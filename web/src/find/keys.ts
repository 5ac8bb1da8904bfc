/** Return the row to which a key leads from another; null for a key that leads nowhere. */
export function row(key: string, from: number, { page, last }: { page: number; last: number }): number | null {
  const steps: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: last }
  const found = steps[key]
  return found === undefined ? null : Math.min(Math.max(found, 0), last)
}
