/** What the address says of the network: how far it goes, what is expanded, which ties are shown, and where nodes were put. */
import { address, set } from '../app/address.svelte'
import { bounded, FURTHEST } from './place'

export const DEPTHS = ['1', '2', '3'] as const
export const SIZES = ['100', '50', '250'] as const
export const ACTIVE = ['any', 'D90', 'D28', 'D7'] as const
export const KINDS = ['COLLABORATED', 'MENTIONED', 'CO_PROMOTED'] as const
export const TRENDS = ['NEW', 'GROWING', 'STEADY', 'FADING', 'DORMANT'] as const

/** As many nodes as can be expanded at once. */
export const MOST = 20

export interface Place {
  x: number
  y: number
}

/** A node that brings in its neighbours: around where it was then, unless it was where the service places it. */
export interface Expansion {
  id: string
  around: Place | null
}

/** Where a node is while it is being moved, and the address does not say so yet. */
export interface Moved extends Place {
  id: string
}

/** Days, as `2026-01-31`; null without a limit. */
export interface Period {
  since: string | null
  until: string | null
}

/** Which ties and nodes are shown; an empty list stands for all. A community of null is none. */
export interface Filter extends Period {
  kinds: readonly string[]
  trends: readonly string[]
  communities: readonly (number | null)[]
}

export interface View extends Filter {
  depth: (typeof DEPTHS)[number]
  size: (typeof SIZES)[number]
  active: (typeof ACTIVE)[number]
  expansions: readonly Expansion[]
  pins: ReadonlyMap<string, Place>
}

/** Which nodes are expanded, how many neighbours each has, and how that is changed. */
export interface Expansions {
  ids: ReadonlySet<string>
  totals: ReadonlyMap<string, number>
  toggle: (id: string) => void
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const PLACED = /^(.+)@(-?\d{1,5})~(-?\d{1,5})$/
/** The service refuses a whole list for one id of another kind. */
const EXPANDABLE = /^(Creator|Brand):./
const NONE = 'none'

export function view(): View {
  return {
    depth: address.one('depth', DEPTHS),
    size: address.one('size', SIZES),
    active: address.one('active', ACTIVE),
    expansions: expansionsOf(address.get('expand') ?? ''),
    pins: pinsOf(address.get('pins') ?? ''),
    since: day('since'),
    until: day('until'),
    kinds: KINDS.filter((kind) => address.list('kinds').includes(kind)),
    trends: TRENDS.filter((trend) => address.list('trends').includes(trend)),
    communities: address.list('groups').flatMap((text) => (text === NONE ? null : /^\d{1,4}$/.test(text) ? Number(text) : [])),
  }
}

/** What is not kept when other nodes come. */
export const FORGOTTEN = { node: null, expand: null, pins: null, groups: null, since: null, until: null } as const

export function setFilter(changed: Partial<Filter>, options: { replace?: boolean } = {}): void {
  const { communities, ...rest } = changed
  set({ ...rest, ...(communities ? { groups: communities.map((number) => (number === null ? NONE : String(number))) } : {}) }, options)
}

export const setExpansions = (expansions: readonly Expansion[], pins: ReadonlyMap<string, Place>): void =>
  set({ expand: expansions.map(({ id, around }) => written(id, around)), pins: list(pins) })

/** Put a node somewhere; null where the service places it. */
export function pin(pins: ReadonlyMap<string, Place>, id: string, place: Place | null, options: { replace?: boolean } = {}): void {
  const next = new Map(pins)
  next.delete(id)
  if (place) next.set(id, place)
  set({ pins: list(next) }, options)
}

export const unpinAll = (): void => set({ pins: null })

const list = (pins: ReadonlyMap<string, Place>): string[] => [...pins].map(([id, place]) => written(id, place))

function day(name: string): string | null {
  const text = address.get(name)
  const time = text && DAY.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : text // the 31st of February is read as of March
}

/** A place is written in thousandths; what separates places and entries is escaped in ids. */
function written(id: string, place: Place | null): string {
  const escaped = id.replace(/[%,@~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return place ? `${escaped}@${Math.round(place.x * 1e3)}~${Math.round(place.y * 1e3)}` : escaped
}

/** Make something of a text, and the same until the text is another: all that depends on it stays as it is. */
function steady<T>(make: (text: string) => T): (text: string) => T {
  let last: { text: string; made: T } | null = null
  return (text) => (last?.text === text ? last : (last = { text, made: make(text) })).made
}

const entries = (text: string): Expansion[] => text.split(',').filter(Boolean).flatMap(read)

const expansionsOf = steady((text): readonly Expansion[] => {
  const unique = new Map(entries(text).flatMap((each) => (EXPANDABLE.test(each.id) ? [[each.id, each]] : [])))
  return [...unique.values()].slice(0, MOST)
})

const pinsOf = steady((text): ReadonlyMap<string, Place> => new Map(entries(text).flatMap(({ id, around }) => (around ? [[id, around]] : []))))

/** Return an entry, within what is ever drawn; none where its text is not readable. */
function read(text: string): Expansion[] {
  const [, escaped, x, y] = PLACED.exec(text) ?? []
  try {
    const id = decodeURIComponent(escaped ?? text)
    return [{ id, around: escaped ? bounded({ x: Number(x) / 1e3, y: Number(y) / 1e3 }, FURTHEST) : null }]
  } catch {
    return []
  }
}
