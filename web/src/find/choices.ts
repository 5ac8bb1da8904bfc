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

/** Return how many conditions a view has. */
export function conditions(shown: View): number {
  const { category, minFollowers, maxFollowers, minScore, ties, name, regions, verified, withoutFlags } = shown
  const named = [category, minFollowers, maxFollowers, minScore, ties, name].filter((value) => value !== null)
  return named.length + regions.length + Number(verified) + Number(withoutFlags)
}
