import type { Capability } from '../app/capability'

export const cypher: Capability = {
  path: '/cypher',
  title: 'cypher.title',
  roles: ['analyst', 'admin'],
  listed: true,
  page: () => import('./Cypher.svelte'),
}
