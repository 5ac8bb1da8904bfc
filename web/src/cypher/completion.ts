/** What may follow at a place of a query: labels, types of relationships and properties of the graph, else words of Cypher. */

export interface Model {
  labels: readonly string[]
  types: readonly string[]
  properties: readonly string[]
}

export interface Completion {
  /** Where the word begins that a choice replaces. */
  from: number
  choices: readonly string[]
}

/** Asks the graph for its model; the service takes it like any other query. */
export const MODEL = `CALL db.labels() YIELD label RETURN 'labels' AS kind, collect(label) AS names
UNION ALL CALL db.relationshipTypes() YIELD relationshipType RETURN 'types' AS kind, collect(relationshipType) AS names
UNION ALL CALL db.propertyKeys() YIELD propertyKey RETURN 'properties' AS kind, collect(propertyKey) AS names`

const WORDS =
  'MATCH|OPTIONAL MATCH|WHERE|RETURN|WITH|UNWIND|ORDER BY|LIMIT|SKIP|DISTINCT|AS|AND|OR|NOT|IN|IS NULL|IS NOT NULL|CONTAINS|STARTS WITH|ENDS WITH|CASE|WHEN|THEN|ELSE|END|EXISTS|COUNT|collect(|count(|sum(|avg(|min(|max(|coalesce(|round(|datetime(|percentileCont(|size(|labels(|type('.split(
    '|',
  )
const SHOWN = 8
const WORD = /(?:([:|&!])\s*|(\.))?(\w*)$/

/** Read the model out of the answer to `MODEL`; names that begin with `_` are the service's own. */
export function model(rows: readonly unknown[]): Model {
  const found = new Map(rows.map((row) => row as [string, string[]]))
  const names = (kind: string): string[] => (found.get(kind) ?? []).filter((name) => !name.startsWith('_')).sort()
  return { labels: names('labels'), types: names('types'), properties: names('properties') }
}

/** Return what may stand at the end of `before`, the text up to the caret; null for nothing to choose from. */
export function completion(before: string, of: Model): Completion | null {
  const [, mark, dot, word = ''] = WORD.exec(before) ?? []
  if (!mark && !dot && word.length < 2) return null
  const names = dot ? of.properties : mark ? (inRelationship(before) ? of.types : of.labels) : WORDS
  const lower = word.toLowerCase()
  const choices = names.filter((name) => name.toLowerCase().startsWith(lower) && name !== word).slice(0, SHOWN)
  return choices.length ? { from: before.length - word.length, choices } : null
}

/** Tell whether the bracket that is still open is one of a relationship. */
function inRelationship(before: string): boolean {
  return before.lastIndexOf('[') > Math.max(before.lastIndexOf(']'), before.lastIndexOf('('))
}
