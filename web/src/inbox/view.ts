/** What the address says of the inbox: terms, order and the rule that is being made. */
import { address } from '../app/address.svelte'

export const SORTS = ['DUE', 'PROFIT', 'PROBABILITY', 'NET_SALES', 'LOSS_CHANCE', 'COST', 'APPLICATIONS'] as const
export type Sort = (typeof SORTS)[number]

/** What is best first: little time left, little chance of loss and little cost, else the most. */
export const direction = (sort: Sort): 'ASC' | 'DESC' => (['DUE', 'LOSS_CHANCE', 'COST'].includes(sort) ? 'ASC' : 'DESC')

/** Conditions of a rule by their names in the address; `share` ones are percent there. */
export const CONDITIONS = [
  { name: 'chance', field: 'minProbability', label: 'samplerule.chance', share: true },
  { name: 'gain', field: 'minProfitUsd', label: 'samplerule.profit', share: false },
  { name: 'loss', field: 'maxLossChance', label: 'samplerule.loss', share: true },
  { name: 'each', field: 'perCreator', label: 'samplerule.each', share: false },
  { name: 'budget', field: 'budgetUsd', label: 'samplerule.budget', share: false },
] as const

/** Return the conditions that the address names. */
export function conditions(): Partial<Record<(typeof CONDITIONS)[number]['field'], number>> {
  const found = CONDITIONS.map(({ name, field, share }) => {
    const value = share ? address.number(name, 0, 100) : address.number(name, name === 'gain' ? -1e6 : name === 'each' ? 1 : 0, 1e6)
    return [field, value === null ? null : share ? value / 100 : name === 'each' ? Math.round(value) : value] as const
  })
  return Object.fromEntries(found.filter(([, value]) => value !== null))
}

/** Return the terms that the address names; null for the service's own. */
export function terms(): { margin?: number; shippingUsd?: number } | null {
  const [margin, shipping] = [address.number('margin', 0, 100), address.number('shipping', 0, 1e4)]
  if (margin === null && shipping === null) return null
  return { ...(margin === null ? {} : { margin: margin / 100 }), ...(shipping === null ? {} : { shippingUsd: shipping }) }
}
