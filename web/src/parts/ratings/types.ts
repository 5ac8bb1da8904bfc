import type { ResultOf } from '../../graphql/tada'
import type { ScoreMoves, ScoreParts } from './fragments'

export type Score = ResultOf<typeof ScoreParts>
export type Moves = ResultOf<typeof ScoreMoves>
export const EVERY = ['DAY', 'WEEK', 'MONTH'] as const
