/** Categories, as a choice among them shows them. */

interface Category {
  id: string
  name: string | null
  parent: { id: string } | null
  rated: boolean
}

/** Return the categories that can be asked about, each below its parent, as deep as it is. */
export function indented(all: readonly Category[]): { id: string; label: string }[] {
  const known = new Set(all.map(({ id }) => id))
  const below = (parent: string | null, depth: number): { id: string; label: string }[] =>
    all
      .filter((category) => category.rated && (category.parent && known.has(category.parent.id) ? category.parent.id : null) === parent)
      .flatMap(({ id, name }) => [{ id, label: `${'\u2003'.repeat(depth)}${name ?? id}` }, ...below(id, depth + 1)])
  return below(null, 0)
}
