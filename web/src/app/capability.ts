/** What a capability gives to the shell: where it is, what it is called, for whom, and its page. */
import type { Component } from 'svelte'

import type { Key } from './language.svelte'
import type { Role } from './session.svelte'

export interface Capability {
  /** The path, with `:name` for a part that varies. */
  path: string
  title: Key
  roles: readonly Role[]
  /** Whether the navigation names it. */
  listed: boolean
  page: () => Promise<{ default: Component<Record<string, never>> }>
}

export const BUYERS = ['admin', 'analyst', 'partner', 'brand'] as const satisfies readonly Role[]

/** Tell whether a path is one of the capability's. */
export function fits(capability: Capability, path: string): boolean {
  const [pattern, found] = [capability.path.split('/'), path.replace(/(.)\/$/, '$1').split('/')]
  return pattern.length === found.length && pattern.every((part, index) => (part.startsWith(':') ? found[index] !== '' : part === found[index]))
}
