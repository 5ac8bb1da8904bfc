/** Applications as the inbox lists them. */
import type { ResultOf } from '../graphql/tada'
import type { SampleInbox } from './queries'

export type Row = NonNullable<NonNullable<ResultOf<typeof SampleInbox>['brand']>['sampleInbox']>['nodes'][number]

/** Return the ids of those that can be decided: of those that are listed still, the ones that are neither decided nor overdue. */
export const open = (rows: readonly Row[], gone: ReadonlySet<string>): string[] =>
  rows.filter(({ collaboration, decision, overdue }) => !decision && !overdue && !gone.has(collaboration.id)).map(({ collaboration }) => collaboration.id)
