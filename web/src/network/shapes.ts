/** How ties and marks look, where colour alone would have to tell them apart. */
import type { Edge } from './graph'
import type { Place } from './view'

const DASHES = { COLLABORATED: [], MENTIONED: [0.02, 0.012], CO_PROMOTED: [0.005, 0.012] } as const
const WIDTHS: Partial<Record<string, number>> = { GROWING: 1.8, DORMANT: 0.6 }
/** Many ties meet at a brand, where marks would lie on each other. */
const AT = 0.35

export const dashes = ({ kind }: Edge, unit: number): string => DASHES[kind].map((length) => length * unit).join(' ')

/** How much wider a tie is drawn than others. */
export const breadth = ({ trend }: Edge): number => WIDTHS[trend ?? ''] ?? 1

export const marked = ({ trend }: Edge): boolean => trend === 'GROWING' || trend === 'DORMANT'

/** Return the mark on a tie, nearer to the creator: a triangle where it grows, a cross where it is dormant. */
export function mark({ trend }: Edge, from: Place, to: Place, size: number): string {
  const [x, y] = [from.x + (to.x - from.x) * AT, from.y + (to.y - from.y) * AT]
  if (trend === 'GROWING') return `M${x} ${y - size}L${x + size} ${y + size * 0.8}L${x - size} ${y + size * 0.8}Z`
  return `M${x - size} ${y - size}L${x + size} ${y + size}M${x - size} ${y + size}L${x + size} ${y - size}`
}

/** Return what stands around a broker. */
export const diamond = ({ x, y }: Place, size: number): string => `M${x} ${y - size}L${x + size} ${y}L${x} ${y + size}L${x - size} ${y}Z`
