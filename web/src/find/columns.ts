/** The columns that the ranking can show; the creator stands first, always. */
import type { Key } from '../app/language.svelte'
import { day, languageName, outOf, percent, percentFine, region, short, usdRange, usdShort, whole } from '../parts/format'
import { INDICATORS, type Indicator } from '../parts/indicators'
import type { ResultOf } from '../graphql/tada'
import type { CreatorsFound } from './queries'
import type { Sort } from './view'

export type Row = NonNullable<ResultOf<typeof CreatorsFound>['creators']>['nodes'][number]
export type RowScore = NonNullable<Row['scores']>[number]

const SHOWN_AS_TEXT = [
  'level',
  'evidence',
  'places',
  'top',
  'sales',
  'forecast',
  'share',
  'followers',
  'engagement',
  'delivery',
  'region',
  'language',
  'posted',
  'joined',
] as const
type TextColumn = (typeof SHOWN_AS_TEXT)[number]
export type ColumnName = 'score' | 'trend' | TextColumn | Indicator

export interface Column {
  name: ColumnName
  title: Key
  sort?: Sort
  number?: boolean
}

const SORTS: Partial<Record<ColumnName, Sort>> = { followers: 'FOLLOWERS', joined: 'JOINED' }
const WORDS: readonly ColumnName[] = ['region', 'language', 'posted', 'joined']

export const COLUMNS: readonly Column[] = [
  { name: 'score', title: 'column.score' },
  { name: 'trend', title: 'column.trend' },
  ...SHOWN_AS_TEXT.map((name): Column => {
    const sort = SORTS[name]
    return { name, title: `column.${name}`, number: !WORDS.includes(name), ...(sort ? { sort } : {}) }
  }),
  ...INDICATORS.map((name): Column => ({ name, title: `indicator.${name}`, sort: name })),
]

export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  'score',
  'level',
  'evidence',
  'places',
  'sales',
  'share',
  'followers',
  'engagement',
  'region',
  'posted',
]

export const scoreOf = (row: Row, by: Indicator): RowScore | undefined => row.scores?.find(({ indicator }) => indicator === by)

type Bounds = { low: number | null; high: number | null } | null | undefined
const amount = (value: number | null | undefined, range: Bounds): string => (value == null ? usdRange(range) : usdShort(value))

/** Return what a cell says. */
export function text(row: Row, name: TextColumn, by: Indicator): string {
  const score = scoreOf(row, by)
  switch (name) {
    case 'level':
      return outOf(score?.level, score?.levelCount)
    case 'evidence':
      return whole(score?.evidence)
    case 'places':
      return score?.rankLow == null ? whole(null) : `${whole(score.rankLow)}–${whole(score.rankHigh)} / ${whole(score.peers)}`
    case 'top':
      return percent(score?.topProbability)
    case 'sales':
      return amount(row.sales?.gmvUsd, row.sales?.gmvRange)
    case 'forecast':
      return amount(row.forecast?.expectedUsd, row.forecast?.expectedRange)
    case 'share':
      return percentFine(row.influence?.explanation?.components.find(({ name: part }) => part === 'sales_share')?.raw)
    case 'followers':
      return short(row.followerCount)
    case 'engagement':
      return percentFine(row.reports?.nodes[0]?.videoEngagementRate)
    case 'delivery':
      return percent(row.deliveryProbability?.probability)
    case 'region':
      return region(row.region)
    case 'language':
      return languageName(row.language)
    case 'posted':
      return day(row.content?.nodes[0]?.publishedAt)
    case 'joined':
      return day(row.joinedAt)
  }
}

export const isText = (name: ColumnName): name is TextColumn => SHOWN_AS_TEXT.some((each) => each === name)
export const isIndicator = (name: ColumnName): name is Indicator => INDICATORS.some((each) => each === name)
