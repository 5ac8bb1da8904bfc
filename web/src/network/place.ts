/** Places for nodes that come in: around the one that brings them in, the same each time, and on no other where there is room. */
import type { Place } from './view'

/** Two of the largest nodes do not touch at this distance. */
const GAP = 0.075
/** How far from the middle places are looked for: beyond the drawing's edge only once all within is taken. */
const LIMITS = [1, 1.25, 1.6, 2.5, 5]

/** No place is further from the middle. */
export const FURTHEST = Math.max(...LIMITS)

/** Return places for `count` nodes around a centre, the nearest first, away from the middle of the drawing first. */
export function around(centre: Place, count: number, taken: readonly Place[]): Place[] {
  const found: Place[] = []
  const apart = (one: Place) => (other: Place) => Math.hypot(one.x - other.x, one.y - other.y) >= GAP
  const free = (place: Place): boolean => taken.every(apart(place)) && found.every(apart(place))
  for (const limit of LIMITS) {
    for (const place of rings(centre, limit)) {
      if (found.length === count) return found
      if (free(place)) found.push(place)
    }
  }
  return found
}

/** Yield the places of rings within a limit, each ring from the outward side to both others. */
function* rings({ x, y }: Place, limit: number): Generator<Place> {
  const outward = x || y ? Math.atan2(y, x) : -Math.PI / 2
  const most = (limit + Math.max(Math.abs(x), Math.abs(y))) * Math.SQRT2
  for (let ring = 2; ring * GAP <= most; ring++) {
    const slots = Math.floor((2 * Math.PI * ring) / 1.05)
    for (let slot = 0; slot < slots; slot++) {
      const turn = (slot % 2 ? (slot + 1) / 2 : -slot / 2) * ((2 * Math.PI) / slots)
      const place = { x: x + ring * GAP * Math.cos(outward + turn), y: y + ring * GAP * Math.sin(outward + turn) }
      if (Math.max(Math.abs(place.x), Math.abs(place.y)) <= limit) yield place
    }
  }
}

/** Return a place that is no further from the middle than a limit, sideways and up and down. */
export const bounded = ({ x, y }: Place, limit: number): Place => ({ x: within(x, limit), y: within(y, limit) })

const within = (value: number, limit: number): number => Math.min(Math.max(value, -limit), limit)
