/** The capabilities of the explorer, in the order of the navigation. */
import { admin } from '../admin'
import { brief, briefs } from '../briefs'
import { compare } from '../compare'
import { creator } from '../creator'
import { cypher } from '../cypher'
import { find } from '../find'
import { inbox } from '../inbox'
import { me } from '../me'
import { methodology } from '../methodology'
import { network } from '../network'
import { portfolio } from '../portfolio'
import { prospects } from '../prospects'
import { sales } from '../sales'
import type { Capability } from './capability'

export const CAPABILITIES: readonly Capability[] = [
  me,
  find,
  creator,
  compare,
  briefs,
  brief,
  network,
  portfolio,
  sales,
  prospects,
  inbox,
  cypher,
  admin,
  methodology,
]
