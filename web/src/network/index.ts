import { BUYERS, type Capability } from '../app/capability'

export const network: Capability = { path: '/network', title: 'network.title', roles: BUYERS, listed: true, page: () => import('./Network.svelte') }
