import type { Capability } from '../app/capability'

export const me: Capability = { path: '/me', title: 'me.title', roles: ['creator'], listed: true, page: () => import('./Me.svelte') }
