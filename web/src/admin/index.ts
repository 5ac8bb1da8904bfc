import type { Capability } from '../app/capability'

export const admin: Capability = {
  path: '/admin',
  title: 'admin.title',
  roles: ['admin'],
  listed: true,
  page: () => import('./Admin.svelte'),
}
