/** A portfolio as a file: one row a candidate, those chosen first. */
import type { ResultOf } from '../graphql/tada'
import { csv } from '../parts/file'
import type { BestPortfolio } from './queries'

type Found = NonNullable<ResultOf<typeof BestPortfolio>['portfolio']>

const HEAD = ['id', 'handle', 'region', 'chosen', 'cost_usd', 'cost_basis', 'expected_usd', 'exact', 'low_usd', 'high_usd', 'overlap_usd', 'lost_usd']
const OTHERS = ['reason', 'breaks', 'adds_usd', 'instead_of', 'change_usd']

export function file({ chosen, leftOut }: Found): Blob {
  const who = (creator: Found['chosen'][number]['creator']) => [creator?.id, creator?.handle, creator?.region]
  const taken = chosen.map((row) => {
    const sales = [row.expectedUsd, row.exact, row.lowUsd, row.highUsd]
    return [...who(row.creator), true, row.costUsd, row.costBasis, ...sales, row.overlapUsd, row.lostUsd, ...OTHERS.map(() => null)]
  })
  const others = leftOut.map((row) => {
    const why = [row.reason, row.breaks.join(' '), row.addsUsd, row.insteadOf?.id, row.changeUsd]
    return [...who(row.creator), false, row.costUsd, null, row.expectedUsd, null, null, null, null, null, ...why]
  })
  return csv([[...HEAD, ...OTHERS], ...taken, ...others])
}
