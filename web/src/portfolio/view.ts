/** What the address says of a portfolio: who may be chosen, the budget, what creators cost, what must hold, and how sales count. */
import { address, type Changes } from '../app/address.svelte'

/** Numbers by their names in the address, with bounds; `share` ones are percent there. */
export const NUMBERS = {
  budget: { label: 'portfolio.budget', low: 0.01, high: 1e9, share: false },
  sample: { label: 'portfolio.sample', low: 0, high: 1e9, share: false },
  fee: { label: 'portfolio.fee', low: 0, high: 1e9, share: false },
  commission: { label: 'portfolio.commission', low: 0, high: 100, share: true },
  share: { label: 'portfolio.share', low: 0.01, high: 100, share: true },
  risk: { label: 'portfolio.risk', low: 0, high: 100, share: true },
  overlap: { label: 'portfolio.overlap', low: 0, high: 100, share: true },
  least: { label: 'portfolio.least', low: 0, high: 100, share: false },
  most: { label: 'portfolio.most', low: 0, high: 100, share: false },
} as const
export type NumberName = keyof typeof NUMBERS

/** What counts where the address says nothing; a creator costs a sample at least, so that nobody is chosen for a cent of sales. */
export const USUAL: Readonly<Partial<Record<NumberName, number>>> = { budget: 1_000, sample: 10, share: 100, risk: 0, overlap: 50 }

/** Return a number of the address as its field takes it, a share as 0–1; null where there is none. */
function given(name: NumberName): number | null {
  const { low, high, share } = NUMBERS[name]
  const value = address.number(name, low, high) ?? USUAL[name] ?? null
  return value === null || !share ? value : value / 100
}

const whole = (name: NumberName): number | null => {
  const value = given(name)
  return value === null ? null : Math.round(value)
}

/** Most creators of a region or category: `regions=US:2,GB:1` in the address. */
export interface Limit {
  of: string
  max: number
}

export type LimitName = 'regions' | 'categories'

export const limits = (name: LimitName): Limit[] =>
  address.list(name).flatMap((text) => {
    const [, of, max] = /^(.+):(\d{1,3})$/.exec(text) ?? []
    return of && max ? [{ of, max: Number(max) }] : []
  })

export const limited = (name: LimitName, all: readonly Limit[]): Changes => ({ [name]: all.map(({ of, max }) => `${of}:${max}`) })

export const candidates = (): string[] => [...new Set(address.list('creators'))]

/** Return the change that requires or excludes a creator, or does neither any more. */
export function wish(id: string, as: 'include' | 'exclude' | null): Changes {
  const others = (name: string): string[] => address.list(name).filter((other) => other !== id)
  return Object.fromEntries((['include', 'exclude'] as const).map((name) => [name, as === name ? [...others(name), id] : others(name)]))
}

/** Return the variables that ask for the portfolio of the address. */
export function variables() {
  const [creators, category] = [candidates(), address.get('category')]
  return {
    budget: given('budget') ?? 0,
    creators: creators.length ? creators : null,
    brief: creators.length ? null : { goal: 'SALES' as const, category },
    costs: { sampleUsd: given('sample') ?? 0, feeUsd: given('fee'), commission: given('commission') },
    bounds: {
      minCreators: whole('least'),
      maxCreators: whole('most'),
      regionLimits: limits('regions').map(({ of, max }) => ({ region: of, max })),
      categoryLimits: limits('categories').map(({ of, max }) => ({ category: of, max })),
      include: address.list('include'),
      exclude: address.list('exclude'),
    },
    share: given('share') ?? 1,
    risk: given('risk') ?? 0,
    overlap: given('overlap') ?? 0,
  }
}
