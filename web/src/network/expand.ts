/** A network with what its expanded nodes bring in; what was there keeps its place. */
import type { ResultOf } from '../graphql/tada'
import type { Edge, Found, Node } from './graph'
import { around } from './place'
import type { Neighbours } from './queries'
import type { Expansion, Place } from './view'

type Brought = NonNullable<ResultOf<typeof Neighbours>['neighbours']>

/** The whole network; `totals` tell how many neighbours expanded nodes have. */
export interface Whole {
  found: Found
  totals: ReadonlyMap<string, number>
}

/** Return a network with its expansions, in their order: one may expand what an earlier one brought in. */
export function expanded(base: Found, brought: Brought | null | undefined, expansions: readonly Expansion[]): Whole {
  const nodes = new Map(base.nodes.map((node) => [node.nodeId, node]))
  const totals = new Map<string, number>()
  for (const { id, around: place } of expansions) {
    const [parent, own] = [nodes.get(id), brought?.of.find(({ nodeId }) => nodeId === id)]
    if (!parent || !own || totals.has(id)) continue
    totals.set(id, own.total)
    const fresh = own.new.filter(({ nodeId }) => !nodes.has(nodeId))
    const places = around(place ?? parent, fresh.length, [...nodes.values()])
    for (const [index, node] of fresh.entries()) {
      const rest = { distance: parent.distance + 1, weight: 0, community: null, core: null }
      nodes.set(node.nodeId, { ...node, ...rest, ...places[index]! })
    }
  }
  const there = new Set(base.nodes.map(({ nodeId }) => nodeId))
  const edges = brought?.edges.filter(({ source, target }) => nodes.has(source) && nodes.has(target) && !(there.has(source) && there.has(target)))
  return { found: { ...base, nodes: weighed([...nodes.values()], there, edges ?? []), edges: [...base.edges, ...(edges ?? [])] }, totals }
}

/**
 * Return the expansions without one and what only it had led to, which nodes go with it, and where others must be pinned to stay where they are.
 *
 * What is not answered yet, or was not, stays.
 */
export function collapsed(base: Found, brought: Brought | null | undefined, expansions: readonly Expansion[], id: string) {
  const rest = expansions.filter((expansion) => expansion.id !== id)
  const { found, totals } = expanded(base, brought, rest)
  const whole = expanded(base, brought, expansions)
  const before = new Map(whole.found.nodes.map((node) => [node.nodeId, node]))
  const moved = new Map<string, Place>()
  for (const { nodeId, x, y } of found.nodes) {
    const old = before.get(nodeId)
    if (old && (old.x !== x || old.y !== y)) moved.set(nodeId, { x: old.x, y: old.y })
  }
  const there = new Set(found.nodes.map(({ nodeId }) => nodeId))
  const gone = new Set([...before.keys()].filter((nodeId) => !there.has(nodeId)))
  return { expansions: rest.filter((each) => totals.has(each.id) || !whole.totals.has(each.id)), gone, moved }
}

/** Give those who came in the weight of their ties. */
function weighed(nodes: readonly Node[], there: ReadonlySet<string>, edges: readonly Edge[]): Node[] {
  const weights = new Map<string, number>()
  for (const { source, target, weight } of edges) for (const id of [source, target]) weights.set(id, (weights.get(id) ?? 0) + weight)
  return nodes.map((node) => (there.has(node.nodeId) ? node : { ...node, weight: weights.get(node.nodeId) ?? 0 }))
}
