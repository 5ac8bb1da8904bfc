import type { Capability } from '../app/capability'

export const prospects: Capability = {
  path: '/invite',
  title: 'prospects.title',
  roles: ['brand', 'partner'],
  listed: true,
  page: () => import('./Prospects.svelte'),
}
