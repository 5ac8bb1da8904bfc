/** Numbers, money, shares and dates, as the viewer's language writes them. */
import { language } from '../app/language.svelte'

const EMPTY = '–'
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language.current + JSON.stringify(options)
  const found = made.get(key) ?? new Intl.NumberFormat(language.current, options)
  made.set(key, found)
  return found as Intl.NumberFormat
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language.current + JSON.stringify(options)
  const found = made.get(key) ?? new Intl.DateTimeFormat(language.current, { timeZone: 'UTC', ...options })
  made.set(key, found)
  return found as Intl.DateTimeFormat
}

type Number_ = number | string | null | undefined

const formatted = (value: Number_, options: Intl.NumberFormatOptions): string =>
  value === null || value === undefined ? EMPTY : numbers(options).format(Number(value))

export const whole = (value: Number_): string => formatted(value, { maximumFractionDigits: 0 })
/** Return which of so many something is, where that number is known. */
export const outOf = (at: Number_, count: Number_): string => (at == null || count == null ? whole(at) : `${whole(at)} / ${whole(count)}`)
export const score = (value: Number_): string => formatted(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
export const points = (value: Number_): string => formatted(value, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' })
export const decimal = (value: Number_): string => formatted(value, { maximumSignificantDigits: 3 })
export const short = (value: Number_): string => formatted(value, { notation: 'compact', maximumSignificantDigits: 3 })

/** Return an amount of data in the unit that suits it. */
export function size(bytes: Number_): string {
  const value = Number(bytes)
  const [unit, divisor] = value < 1e3 ? (['byte', 1] as const) : value < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const)
  return formatted(value / divisor, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumSignificantDigits: 3 })
}

/** Return a share in whole percent; what is almost all or almost nothing is not said to be all or nothing. */
export function percent(share: Number_): string {
  const [value, options] = [Number(share), { style: 'percent', maximumFractionDigits: 0 } as const]
  if (share !== null && value > 0.995 && value < 1) return `> ${formatted(0.99, options)}`
  if (share !== null && value > 0 && value < 0.005) return `< ${formatted(0.01, options)}`
  return formatted(share, options)
}

export const percentFine = (share: Number_): string => formatted(share, { style: 'percent', maximumFractionDigits: 1 })
export const growth = (share: Number_): string => formatted(share, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' })
export const usd = (value: Number_): string =>
  formatted(value, { style: 'currency', currency: 'USD', maximumFractionDigits: 0, signDisplay: 'negative' })
/** Return US dollars with cents where they matter: below a hundred. */
export const usdFine = (value: Number_): string => {
  const digits = Math.abs(Number(value)) < 100 ? 2 : 0
  const options = { style: 'currency', currency: 'USD', minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' } as const
  return formatted(value, options)
}
export const usdShort = (value: Number_): string =>
  formatted(value, { style: 'currency', currency: 'USD', notation: 'compact', maximumSignificantDigits: 3 })

/** Return the range that is published in place of an exact amount. */
export function usdRange(range: { low: number | null; high: number | null } | null | undefined): string {
  if (!range) return EMPTY
  return range.high === null ? `≥ ${usdShort(range.low)}` : `${usdShort(range.low ?? 0)}–${usdShort(range.high)}`
}

export function money(value: { amount: number; currency: string | null } | null | undefined): string {
  if (!value) return EMPTY
  return value.currency ? numbers({ style: 'currency', currency: value.currency }).format(value.amount) : decimal(value.amount)
}

export const day = (at: string | null | undefined): string => (at ? dates({ dateStyle: 'medium' }).format(new Date(at)) : EMPTY)
export const moment = (at: string | null | undefined): string =>
  at ? dates({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)) : EMPTY

/** Return a region's name, as the viewer's language has it. */
export function region(code: string | null | undefined): string {
  if (!code) return EMPTY
  return new Intl.DisplayNames(language.current, { type: 'region', fallback: 'code' }).of(code) ?? code
}

export function languageName(code: string | null | undefined): string {
  if (!code) return EMPTY
  return new Intl.DisplayNames(language.current, { type: 'language', fallback: 'code' }).of(code) ?? code
}

/** Return a name of the service (`shoppable_per_week`) as words. */
export function words(name: string): string {
  const text = name.replaceAll('_', ' ')
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
