import { BUYERS, type Capability } from '../app/capability'

export const creator: Capability = {
  path: '/creators/:id',
  title: 'creator.title',
  roles: BUYERS,
  listed: false,
  page: () => import('./Creator.svelte'),
}
