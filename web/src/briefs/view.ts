/** What the address says of a brief that is being made. */
import { address, type Changes } from '../app/address.svelte'
import type { ResultOf, VariablesOf } from '../graphql/tada'
import { INDICATORS } from '../parts/indicators'
import type { BriefShown, WhoFits } from './queries'

type Input = VariablesOf<typeof WhoFits>['brief']
type Wanted = NonNullable<ResultOf<typeof BriefShown>['brief']>['wanted']

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

/** Return the currency of the budget: any that the service may know, of which the form offers a few. */
export function currency(): string {
  const found = address.get('currency')
  return found && /^[A-Z]{3}$/.test(found) ? found : CURRENCIES[0]
}

/** Return the parameters of an address that describes a brief. */
export function parameters(name: string, wanted: Wanted): Changes {
  const text = (value: number | null | undefined): string | null => (value == null ? null : String(value))
  const [least] = wanted.minimumScores
  return {
    name,
    goal: wanted.goal === GOALS[0] ? null : wanted.goal,
    category: wanted.category?.id ?? null,
    product: wanted.search,
    region: wanted.regions,
    budget: text(wanted.budget?.amount),
    currency: wanted.budget?.currency ?? null,
    from: text(wanted.followers?.min),
    to: text(wanted.followers?.max),
    by: least?.indicator ?? null,
    least: text(least?.min),
    new_only: wanted.excludeWorkedWith ? '1' : null,
  }
}

/** Names of the parameters that describe a brief, each without a value. */
export const UNDESCRIBED: Changes = Object.fromEntries(
  ['name', 'goal', 'category', 'product', 'region', 'budget', 'currency', 'from', 'to', 'by', 'least', 'new_only', 'show'].map((name) => [name, null]),
)

/** Return the brief that the address describes, for a brand; what the form has no field for stays as it was. */
export function described(brand: string, before?: Wanted): Input {
  const [budget, least] = [number('budget'), number('least')]
  const [min, max] = [whole('from'), whole('to')]
  const by = address.one('by', INDICATORS)
  const others = (before?.minimumScores ?? []).slice(1).flatMap(({ indicator, min }) => (indicator === by ? [] : [{ indicator, min }]))
  return {
    brand,
    goal: address.one('goal', GOALS),
    category: address.get('category'),
    search: address.get('product'),
    regions: address.list('region'),
    budget: budget === null ? null : { amount: budget, currency: currency() },
    followers: min === null && max === null ? null : { min, max },
    minimumScores: [...(least === null ? [] : [{ indicator: by, min: least }]), ...others],
    excludeWorkedWith: address.get('new_only') !== null,
    audience: before?.audience.map(({ dimension, bucket, share }) => ({ dimension, bucket, share })) ?? null,
    excludeCreators: before?.excludeCreators ?? null,
  }
}
