import { BUYERS, type Capability } from '../app/capability'

export const portfolio: Capability = {
  path: '/portfolio',
  title: 'portfolio.title',
  roles: BUYERS,
  listed: true,
  page: () => import('./Portfolio.svelte'),
}
