import type { Capability } from '../app/capability'

export const briefs: Capability = {
  path: '/briefs',
  title: 'briefs.title',
  roles: ['brand', 'partner'],
  listed: true,
  page: () => import('./Briefs.svelte'),
}

export const brief: Capability = {
  path: '/briefs/:id',
  title: 'briefs.title',
  roles: ['brand', 'partner'],
  listed: false,
  page: () => import('./Brief.svelte'),
}
