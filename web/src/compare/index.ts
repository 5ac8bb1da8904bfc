import { BUYERS, type Capability } from '../app/capability'

export const compare: Capability = { path: '/compare', title: 'compare.title', roles: BUYERS, listed: true, page: () => import('./Compare.svelte') }
