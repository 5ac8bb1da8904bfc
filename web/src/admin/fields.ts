/** A mapping as fields: what it says of each column, and the changes that are asked for. */
import type { ResultOf, VariablesOf } from '../graphql/tada'
import type { MappingPreview } from './imports'

export type Preview = NonNullable<ResultOf<typeof MappingPreview>['viewer']['mappingPreview']>
export type Column = Preview['columns'][number]
export type Edits = NonNullable<VariablesOf<typeof MappingPreview>['edits']>
export type LayoutKey = 'encoding' | 'delimiter' | 'decimal' | 'zone'

/** Forms of dates as people write them, by the codes of a mapping. */
export const DATES = [
  { value: 'iso', label: '2024-12-31T23:59:58' },
  { value: '%Y-%m-%d', label: '2024-12-31' },
  { value: '%Y-%m-%d %H:%M:%S', label: '2024-12-31 23:59:58' },
  { value: '%d/%m/%Y', label: '31/12/2024' },
  { value: '%d/%m/%Y %H:%M:%S', label: '31/12/2024 23:59:58' },
  { value: '%m/%d/%Y', label: '12/31/2024' },
  { value: '%m/%d/%Y %H:%M:%S', label: '12/31/2024 23:59:58' },
  { value: '%d.%m.%Y', label: '31.12.2024' },
  { value: '%d.%m.%Y %H:%M:%S', label: '31.12.2024 23:59:58' },
  { value: '%Y/%m/%d', label: '2024/12/31' },
] as const

/** Return what stands for where a column comes from: `=name` for a column of the file, `!` for a constant. */
export const origin = ({ sources, constant }: Column): string => (constant === null ? `=${sources.join(' + ')}` : '!')
