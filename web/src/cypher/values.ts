/** Values of Cypher as text: nodes by their names, relationships by their type, everything else as JSON has it. */
import { language } from '../app/language.svelte'

type Named = Record<string, unknown>

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const NAMES = ['handle', 'name', 'title', 'id'] as const

export function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return value.toLocaleString(language.current, { maximumFractionDigits: 6 })
  if (typeof value === 'string') return INSTANT.test(value) ? instant(value) : value
  if (typeof value !== 'object') return String(value)
  if (isNode(value)) return `(${[label(value.labels), name(value.properties)].filter(Boolean).join(' ')})`
  if (isRelationship(value)) return `[${value.type}]`
  if (isPath(value)) return value.nodes.map((node, index) => (index ? `–[${value.relationships[index - 1]?.type ?? ''}]– ` : '') + shown(node)).join(' ')
  return JSON.stringify(value)
}

interface Node {
  labels: readonly string[]
  properties: Named
}

interface Relationship {
  type: string
}

const isNode = (value: object): value is Node => 'labels' in value && 'properties' in value
const isRelationship = (value: object): value is Relationship => 'type' in value && 'from' in value
const isPath = (value: object): value is { nodes: Node[]; relationships: Relationship[] } => 'nodes' in value && 'relationships' in value

const instant = (text: string): string => new Date(text).toLocaleString(language.current, { dateStyle: 'medium', timeStyle: 'medium' })
const label = (labels: readonly string[]): string => labels.map((one) => `:${one}`).join('')
const name = (properties: Named): string => String(NAMES.map((key) => properties[key]).find((found) => found !== undefined) ?? '')
