/** The view of the ranking, as its address has it. */
import { address } from '../app/address.svelte'
import { INDICATORS, WINDOWS, type Indicator, type Window } from '../parts/indicators'
import { COLUMNS, DEFAULT_COLUMNS, type ColumnName } from './columns'

export const SORTS = [...INDICATORS, 'FOLLOWERS', 'HANDLE', 'JOINED'] as const
export type Sort = (typeof SORTS)[number]
export const ORDERS = ['VALUE', 'LOWER_BOUND', 'TOP_PROBABILITY', 'FORECAST'] as const
export type Order = (typeof ORDERS)[number]

export interface View {
  sort: Sort
  direction: 'ASC' | 'DESC'
  /** In which order the rows of a score come. */
  order: Order
  /** The indicator whose score, level and rank the columns show. */
  by: Indicator
  window: Window
  category: string | null
  regions: string[]
  minFollowers: number | null
  maxFollowers: number | null
  minScore: number | null
  verified: boolean
  withoutFlags: boolean
  ties: string | null
  name: string | null
  columns: ColumnName[]
  selected: string[]
}

/** Whether a list is sorted by a score, for which there are several orders. */
export const scored = (sort: Sort): sort is Indicator => INDICATORS.some((indicator) => indicator === sort)

export function view(): View {
  const sort = address.one('sort', SORTS)
  const columns = address.list('cols').filter((name): name is ColumnName => COLUMNS.some((column) => column.name === name))
  return {
    sort,
    direction: address.get('dir') === 'ASC' ? 'ASC' : 'DESC',
    order: scored(sort) ? address.one('order', ORDERS) : 'VALUE',
    by: scored(sort) ? sort : address.one('by', INDICATORS),
    window: address.one('window', WINDOWS),
    category: address.get('category'),
    regions: address.list('region'),
    minFollowers: address.count('followers_min'),
    maxFollowers: address.count('followers_max'),
    minScore: address.count('score_min'),
    verified: address.get('verified') === '1',
    withoutFlags: address.get('flagged') === '0',
    ties: address.get('ties'),
    name: address.get('name'),
    columns: columns.length ? columns : [...DEFAULT_COLUMNS],
    selected: address.list('selected'),
  }
}

/** Return the variables that ask for a view. */
export function variables(shown: View) {
  const { window, category, by } = shown
  const brand = shown.ties?.replace(/^not:/, '')
  const tied = brand ? { workedWith: brand } : {}
  return {
    filter: {
      ...(shown.regions.length ? { regions: shown.regions } : {}),
      ...(shown.minFollowers !== null || shown.maxFollowers !== null ? { followers: { min: shown.minFollowers, max: shown.maxFollowers } } : {}),
      ...(shown.minScore !== null ? { score: { indicator: by, window, category, min: Math.min(shown.minScore, 100) } } : {}),
      ...(shown.verified ? { verified: true } : {}),
      ...(shown.name ? { search: shown.name } : {}),
      ...(category ? { soldIn: category } : {}),
      ...(shown.ties?.startsWith('not:') ? { not: tied } : tied),
    },
    sort: [{ by: shown.sort, direction: shown.direction, window, category, order: shown.order }],
    excludeFlagged: shown.withoutFlags,
    window,
    category,
    by,
    withHistory: shown.columns.includes('trend'),
  }
}
