import type { Capability } from '../app/capability'

export const sales: Capability = {
  path: '/sales',
  title: 'sales.title',
  roles: ['brand', 'partner'],
  listed: true,
  page: () => import('./Sales.svelte'),
}
