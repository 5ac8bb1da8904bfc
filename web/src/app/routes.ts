/** The capabilities of the explorer, in the order of the navigation. */
import { find } from '../find'
import { methodology } from '../methodology'
import type { Capability } from './capability'

export const CAPABILITIES: readonly Capability[] = [find, methodology]
