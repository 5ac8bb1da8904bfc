/** What the filters let somebody choose. */
import type { Changes } from '../app/address.svelte'
import type { View } from './view'

/** The change that takes every condition away. */
export const NO_CONDITIONS: Changes = {
  region: null,
  category: null,
  followers_min: null,
  followers_max: null,
  score_min: null,
  verified: null,
  flagged: null,
  ties: null,
  name: null,
}

interface Category {
  id: string
  name: string | null
  parent: { id: string } | null
}

/** Return categories, each below its parent, as deep as it is. */
export function indented(all: readonly Category[]): { id: string; label: string }[] {
  const known = new Set(all.map(({ id }) => id))
  const below = (parent: string | null, depth: number): { id: string; label: string }[] =>
    all
      .filter((category) => (category.parent && known.has(category.parent.id) ? category.parent.id : null) === parent)
      .flatMap(({ id, name }) => [{ id, label: `${'\u2003'.repeat(depth)}${name ?? id}` }, ...below(id, depth + 1)])
  return below(null, 0)
}

/** Return how many conditions a view has. */
export function conditions(shown: View): number {
  const { category, minFollowers, maxFollowers, minScore, ties, name, regions, verified, withoutFlags } = shown
  const named = [category, minFollowers, maxFollowers, minScore, ties, name].filter((value) => value !== null)
  return named.length + regions.length + Number(verified) + Number(withoutFlags)
}
