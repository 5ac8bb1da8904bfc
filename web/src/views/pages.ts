/** The pages whose views can be saved: those whose address holds all of it. */
import type { Key } from '../app/language.svelte'

export const PAGES = {
  FIND: { path: '/find', title: 'find.title' },
  COMPARE: { path: '/compare', title: 'compare.title' },
  NETWORK: { path: '/network', title: 'network.title' },
  PORTFOLIO: { path: '/portfolio', title: 'portfolio.title' },
  SALES: { path: '/sales', title: 'sales.title' },
  SAMPLES: { path: '/samples', title: 'inbox.title' },
  BRIEFS: { path: '/briefs', title: 'briefs.title' },
} as const satisfies Record<string, { path: string; title: Key }>
export type Page = keyof typeof PAGES

/** Return the page that begins with a path; null where it has no view to save. A brief is below the page of briefs. */
export function pageOf(path: string): Page | null {
  const names = Object.keys(PAGES) as Page[]
  return names.find((name) => path === PAGES[name].path || (name === 'BRIEFS' && path.startsWith('/briefs/'))) ?? null
}
