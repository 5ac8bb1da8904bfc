/** Light, dark, or as the system has it. */
import { address } from './address.svelte'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT = 'creatorgraph.theme'

export function theme(): Theme {
  const wanted = address.get('theme') ?? localStorage.getItem(KEPT)
  return THEMES.find((each) => each === wanted) ?? 'auto'
}

export function remember(chosen: Theme): void {
  localStorage.setItem(KEPT, chosen)
}
