/** The indicators, overall first, in the order in which every page has them. */
export const INDICATORS = [
  'OVERALL',
  'SALES_ABILITY',
  'CONTENT_SUCCESS',
  'INFLUENCE',
  'COOPERATION',
  'CONSISTENCY',
  'COLLABORATION',
  'DILIGENCE',
  'CONTENT_VOLUME',
] as const
export type Indicator = (typeof INDICATORS)[number]

export const WINDOWS = ['D90', 'D28', 'D7'] as const
export type Window = (typeof WINDOWS)[number]

/** How many creators can be compared at once. */
export const COMPARED = 6

export interface Interval {
  value: number | null
  low: number | null
  high: number | null
}

/** Tell whether two scores are so close that their order could be chance: their 90 % intervals overlap. */
export function overlapping(one: Interval | null | undefined, other: Interval | null | undefined): boolean {
  if (one?.low == null || one.high == null || other?.low == null || other.high == null) return false
  return one.low <= other.high && other.low <= one.high
}
