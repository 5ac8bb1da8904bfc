/** What an export of the ranking orders of the service: the rows, their order and the columns that are shown. */
import type { Order } from '../parts/job.svelte'
import { COLUMNS } from './columns'
import { variables, type View } from './view'

export type Format = 'csv' | 'parquet'

/** Return the order of the selected rows, or of all that the filters find. */
export function order(shown: View, format: Format, selected: boolean): Order {
  const { filter, sort, excludeFlagged, window, category, by } = variables(shown)
  const rows = selected ? { creators: shown.selected } : { filter, excludeFlagged }
  const columns = COLUMNS.map(({ name }) => name).filter((name) => shown.columns.includes(name))
  return { what: 'creators', format, options: { ...rows, sort, window: Number(window.slice(1)), category, by, columns } }
}
