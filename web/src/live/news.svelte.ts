/** What the open page says of what came by itself. */
import { ALL, SCORES, type Kind } from './kinds'

export interface News {
  /** Whether new scores are the reason. */
  scores: boolean
  /** How many rows are elsewhere in the new order, which `show` shows. */
  moved: number
  show: (() => void) | null
  /** Whether the new order is shown now. */
  done: boolean
}

let latest = $state.raw<News | null>(null)

export const news = {
  get latest(): News | null {
    return latest
  },
  /** Say that what is shown was read anew, if it differs or there are new scores; after a gap nobody knows what happened. */
  tell(happened: ReadonlySet<Kind>, differs: boolean): void {
    const scores = happened.size < ALL.length && SCORES.some((kind) => happened.has(kind))
    if (differs || scores) latest = { moved: 0, show: null, ...latest, scores, done: false }
  },
  /** Say that rows are elsewhere in the new order; for none, that nothing is held back. */
  moved(count: number, show: () => void): void {
    if (count) latest = { scores: false, ...latest, moved: count, show, done: false }
    else if (latest?.moved) latest = { ...latest, moved: 0, show: null }
  },
  /** Show the order that was held back. */
  show(): void {
    const held = latest
    held?.show?.()
    latest = held && { ...held, moved: 0, show: null, done: true }
  },
  clear(): void {
    latest = null
  },
}
