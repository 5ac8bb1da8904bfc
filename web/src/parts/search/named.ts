/** What a node is called. */

export const TYPES = ['Creator', 'Brand', 'Product', 'Category'] as const

export interface Named {
  __typename: string
  id: string
  handle?: string
  name?: string | null
  title?: string | null
}

/** Return its user name, name or title; its id where none is known. */
export const nameOf = (node: Named): string => node.handle ?? node.name ?? node.title ?? node.id

export const typeOf = (node: Named): (typeof TYPES)[number] | undefined => TYPES.find((type) => type === node.__typename)
