/** All of a view is in its address: what a page shows is read here, and written here. */

/** What belongs to the viewer rather than to a view goes along from address to address. */
const ALONG = ['lang', 'theme'] as const

export type Changes = Record<string, string | readonly string[] | null>

let here = $state.raw(new URL(location.href))

export const address = {
  get path(): string {
    return here.pathname
  },
  /** Whether the address says nothing of a view. */
  get bare(): boolean {
    return [...here.searchParams.keys()].every((name) => ALONG.some((other) => other === name))
  },
  /** The address of the view alone, without what belongs to the viewer. */
  get view(): string {
    const url = new URL(here)
    for (const name of ALONG) url.searchParams.delete(name)
    return url.pathname + url.search
  },
  /** What follows `#`, which no request carries. */
  get fragment(): string {
    return here.hash.slice(1)
  },
  /** Return a part of the path, from 0, as text. */
  part(index: number): string {
    const text = here.pathname.split('/')[index + 1] ?? ''
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  },
  /** Return a parameter's text; null where the address has none. */
  get: (name: string): string | null => here.searchParams.get(name),
  /** Return a parameter if it is one of the choices, else the first of them. */
  one<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const found = here.searchParams.get(name)
    return choices.find((choice) => choice === found) ?? choices[0]
  },
  list: (name: string): string[] => here.searchParams.get(name)?.split(',').filter(Boolean) ?? [],
  /** Return a whole number of 0 or more; null for anything else. */
  count(name: string): number | null {
    const found = here.searchParams.get(name)
    return found !== null && /^\d{1,15}$/.test(found) ? Number(found) : null
  },
  /** Return a number within bounds; null for anything else. */
  number(name: string, low: number, high: number): number | null {
    const text = here.searchParams.get(name)
    const value = text === null || text.trim() === '' ? NaN : Number(text)
    return value >= low && value <= high ? value : null
  },
}

/** Return the address of a page, in the viewer's language and theme. */
export function link(path: string, parameters: Changes = {}): string {
  const url = new URL(path, here.origin)
  for (const name of ALONG) write(url, name, here.searchParams.get(name))
  for (const [name, value] of Object.entries(parameters)) write(url, name, value)
  return url.pathname + url.search
}

/** Change parameters of the view; Back undoes it, unless it replaces the step before. */
export function set(changes: Changes, options: { replace?: boolean } = {}): void {
  const url = new URL(here)
  for (const [name, value] of Object.entries(changes)) write(url, name, value)
  go(url.pathname + url.search, options)
}

export function go(href: string, options: { replace?: boolean } = {}): void {
  const url = new URL(href, here.origin)
  if (url.href === here.href) return
  const other = url.pathname !== here.pathname
  if (options.replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  here = url
  if (other && !options.replace) scrollTo(0, 0)
}

/** Follow links within the explorer without loading it anew. */
export function follow(event: MouseEvent): void {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!anchor || !plain || event.defaultPrevented || anchor.target || anchor.hasAttribute('download') || 'outside' in anchor.dataset) return
  if (anchor.origin !== here.origin || anchor.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  go(anchor.href)
}

addEventListener('popstate', () => (here = new URL(location.href)))

function write(url: URL, name: string, value: string | readonly string[] | null): void {
  const text = typeof value === 'string' || value === null ? value : value.join(',')
  if (text) url.searchParams.set(name, text)
  else url.searchParams.delete(name)
}
