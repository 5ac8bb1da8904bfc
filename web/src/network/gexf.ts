/** What is drawn as GEXF 1.2, which Gephi and NetworkX read: with places, sizes, colours and weights. */
import type { Edge, Graph, Node } from './graph'

const GEXF = 'http://www.gexf.net/1.2draft'
const VIZ = `${GEXF}/viz`
/** As in the files of the service: Gephi draws a node about ten wide. */
const SPREAD = 1000
/** What no XML may contain. */
export const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

type Attributes = Record<string, string | number>

const NODE = { kind: 'string', region: 'string', distance: 'integer', weight: 'double', community: 'integer', core: 'integer' } as const
const EDGE = { kind: 'string', times: 'integer', gmvUsd: 'double', firstAt: 'string', lastAt: 'string', trend: 'string' } as const

/** How a node is drawn: its colour as red, green and blue, and its radius. */
export interface Looks {
  colour: readonly number[]
  size: number
}

export function gexf(graph: Graph, looks: (node: Node) => Looks): Blob {
  const file = document.implementation.createDocument(GEXF, 'gexf')
  const add = (parent: Element, name: string, attributes: Attributes = {}, space = GEXF): Element => {
    const element = parent.appendChild(file.createElementNS(space, space === VIZ ? `viz:${name}` : name))
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value).replace(FORBIDDEN, '\ufffd'))
    return element
  }
  const root = file.documentElement
  root.setAttribute('version', '1.2')
  add(add(root, 'meta'), 'creator').textContent = 'creatorgraph'
  const content = add(root, 'graph', { defaultedgetype: 'directed', mode: 'static' })
  for (const [kind, fields] of [['node', NODE], ['edge', EDGE]] as const) {
    const declared = add(content, 'attributes', { class: kind })
    for (const [title, type] of Object.entries(fields)) add(declared, 'attribute', { id: title, title, type })
  }
  const values = (parent: Element, fields: object, of: Node | Edge): void => {
    const list = add(parent, 'attvalues')
    for (const [name, value] of Object.entries(of)) if (name in fields && value !== null) add(list, 'attvalue', { for: name, value })
  }
  const nodes = add(content, 'nodes')
  for (const node of graph.found.nodes) {
    const element = add(nodes, 'node', { id: node.nodeId, label: node.label })
    const { colour, size } = looks(node)
    values(element, NODE, node)
    add(element, 'color', { r: colour[0] ?? 0, g: colour[1] ?? 0, b: colour[2] ?? 0 }, VIZ)
    add(element, 'position', { x: node.x * SPREAD, y: node.y * SPREAD, z: 0 }, VIZ)
    add(element, 'size', { value: size * SPREAD }, VIZ)
  }
  const edges = add(content, 'edges')
  for (const [index, edge] of graph.found.edges.entries()) {
    const { source, target, weight, kind } = edge
    values(add(edges, 'edge', { id: `e${index}`, source, target, weight, label: kind }), EDGE, edge)
  }
  return new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', new XMLSerializer().serializeToString(file)], { type: 'application/xml' })
}
