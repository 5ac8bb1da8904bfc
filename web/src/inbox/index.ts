import type { Capability } from '../app/capability'

export const inbox: Capability = {
  path: '/samples',
  title: 'inbox.title',
  roles: ['brand', 'partner'],
  listed: true,
  page: () => import('./Inbox.svelte'),
}
