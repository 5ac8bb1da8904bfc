/** What the address says of a brief that is being made. */
import { address } from '../app/address.svelte'
import type { VariablesOf } from '../graphql/tada'
import { INDICATORS } from '../parts/indicators'
import type { WhoFits } from './queries'

export const GOALS = ['SALES', 'REACH', 'CONTENT'] as const
export const CURRENCIES = ['USD', 'EUR', 'GBP', 'IDR', 'THB', 'VND'] as const

/** Return a number that the address names; null where it names none. What it may be is for the service to say. */
function number(name: string): number | null {
  const text = address.get(name)
  return text !== null && Number.isFinite(Number(text)) ? Number(text) : null
}

const whole = (name: string): number | null => {
  const found = number(name)
  return found === null ? null : Math.trunc(found)
}

/** Return the brief that the address describes, for a brand. */
export function described(brand: string): VariablesOf<typeof WhoFits>['brief'] {
  const [budget, least] = [number('budget'), number('least')]
  const [min, max] = [whole('from'), whole('to')]
  return {
    brand,
    goal: address.one('goal', GOALS),
    category: address.get('category'),
    search: address.get('product'),
    regions: address.list('region'),
    budget: budget === null ? null : { amount: budget, currency: address.one('currency', CURRENCIES) },
    followers: min === null && max === null ? null : { min, max },
    minimumScores: least === null ? null : [{ indicator: address.one('by', INDICATORS), min: least }],
    excludeWorkedWith: address.get('new_only') !== null,
  }
}
