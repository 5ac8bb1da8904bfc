import { BUYERS, type Capability } from '../app/capability'

export const find: Capability = { path: '/find', title: 'find.title', roles: BUYERS, listed: true, page: () => import('./Find.svelte') }
