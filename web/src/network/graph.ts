/** A brand's network as it was answered, and what can be told of it without asking again. */
import type { ResultOf } from '../graphql/tada'
import type { Around } from './queries'

export type Found = NonNullable<NonNullable<ResultOf<typeof Around>['brand']>['network']>
export type Node = Found['nodes'][number]
export type Edge = Found['edges'][number]

export interface Tie {
  edge: Edge
  other: Node
}

/** What would be gone without a node: how many others could no longer be reached, and which share of the brand's sales. */
export interface Loss {
  apart: Node[]
  share: number | null
}

const COLOURS = 8

/** Return the colour of a community, one for all small ones; its name tells it apart where colours do not. */
export const colour = (community: number | null): string =>
  community !== null && community < COLOURS ? `var(--group-${community})` : 'var(--peer)'

const ORDER = ['COLLABORATED', 'MENTIONED', 'CO_PROMOTED']

export class Graph {
  readonly nodes: Map<string, Node>
  private readonly ties = new Map<string, Tie[]>()

  constructor(readonly found: Found) {
    this.nodes = new Map(found.nodes.map((node) => [node.nodeId, node]))
    for (const edge of found.edges) {
      this.tie(edge.source, edge.target, edge)
      this.tie(edge.target, edge.source, edge)
    }
    for (const ties of this.ties.values()) ties.sort(stronger)
  }

  /** The brand around which the network is. */
  get brand(): Node | undefined {
    return this.found.nodes.find(({ distance }) => distance === 0)
  }

  /** Return a node's ties: work first, then mentions, then products in common, the strongest of each kind first. */
  of(id: string): Tie[] {
    return this.ties.get(id) ?? []
  }

  /** Return with how many others a node works, or is in mentions: whom these ties lead to can be brought in anywhere. */
  neighbours(id: string): number {
    return new Set(this.of(id).flatMap(({ edge, other }) => (edge.kind === 'CO_PROMOTED' ? [] : other.nodeId))).size
  }

  without(id: string): Loss {
    const [reached, left] = [this.reached(), this.reached(id)]
    const total = this.found.measures.concentration?.gmvUsd
    const own = this.of(id).find(({ edge, other }) => other.distance === 0 && edge.kind === 'COLLABORATED')
    const share = total && own && own.edge.gmvUsd !== null ? own.edge.gmvUsd / total : null
    return { apart: this.found.nodes.filter(({ nodeId }) => nodeId !== id && reached.has(nodeId) && !left.has(nodeId)), share }
  }

  /** Return whom the brand reaches, through all others or all but one. */
  private reached(without?: string): Set<string> {
    const start = this.brand ? [this.brand.nodeId] : []
    const reached = new Set(start)
    for (let at = start.pop(); at !== undefined; at = start.pop()) {
      for (const { other } of this.of(at)) {
        if (other.nodeId === without || reached.has(other.nodeId)) continue
        reached.add(other.nodeId)
        start.push(other.nodeId)
      }
    }
    return reached
  }

  private tie(from: string, to: string, edge: Edge): void {
    const other = this.nodes.get(to)
    if (!other) return
    const ties = this.ties.get(from)
    if (ties) ties.push({ edge, other })
    else this.ties.set(from, [{ edge, other }])
  }
}

const stronger = (one: Tie, two: Tie): number =>
  ORDER.indexOf(one.edge.kind) - ORDER.indexOf(two.edge.kind) || two.edge.weight - one.edge.weight || one.other.label.localeCompare(two.other.label)
