import type { Capability } from '../app/capability'
import { ROLES } from '../app/session.svelte'

export const methodology: Capability = {
  path: '/methodology',
  title: 'methodology.title',
  roles: ROLES,
  listed: true,
  page: () => import('./Methodology.svelte'),
}
