/** Which ties of a network are shown, and which nodes with them. */
import type { Edge, Found } from './graph'
import type { Filter, Period, Place } from './view'

/** The days on which ties of known times begin first and end last; null where none has any. */
export function span(edges: readonly Edge[]): { first: string; last: string } | null {
  const days = edges.flatMap(({ firstAt, lastAt }) => (firstAt && lastAt ? [firstAt.slice(0, 10), lastAt.slice(0, 10)] : [])).sort()
  return days.length ? { first: days[0]!, last: days.at(-1)! } : null
}

/** Whether it is not known when a tie was active. */
export const timeless = ({ firstAt, lastAt }: Edge): boolean => !firstAt || !lastAt

/** Whether a tie was active within a period; one of unknown times was not, once a period is chosen. */
export function within({ firstAt, lastAt }: Edge, { since, until }: Period): boolean {
  if (!since && !until) return true
  return Boolean(firstAt && lastAt && (!since || lastAt.slice(0, 10) >= since) && (!until || firstAt.slice(0, 10) <= until))
}

/** Return what is shown of a network: the ties chosen, and the nodes that they tie; those to `keep` stay in any case. */
export function filtered(found: Found, filter: Filter, keep: ReadonlySet<string>): Found {
  const { kinds, trends, communities } = filter
  const chosen = found.nodes.filter(({ nodeId, community }) => keep.has(nodeId) || !communities.length || communities.includes(community))
  const ids = new Set(chosen.map(({ nodeId }) => nodeId))
  const edges = found.edges.filter(
    (edge) =>
      ids.has(edge.source) &&
      ids.has(edge.target) &&
      (!kinds.length || kinds.includes(edge.kind)) &&
      (!trends.length || (edge.trend !== null && trends.includes(edge.trend))) &&
      within(edge, filter),
  )
  if (edges.length === found.edges.length) return { ...found, nodes: chosen }
  const tied = new Set(edges.flatMap(({ source, target }) => [source, target]))
  return { ...found, edges, nodes: chosen.filter(({ nodeId }) => keep.has(nodeId) || tied.has(nodeId)) }
}

/** Return a network whose pinned nodes are where they were put. */
export function pinned(found: Found, pins: ReadonlyMap<string, Place>): Found {
  if (!pins.size) return found
  return { ...found, nodes: found.nodes.map((node) => ({ ...node, ...pins.get(node.nodeId) })) }
}
