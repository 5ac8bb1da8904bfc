/** What the open page asks, for whoever wants the same from a program. */
import type { DocumentNode } from '@0no-co/graphql.web'
import { untrack } from 'svelte'

export interface Shown {
  document: DocumentNode & { documentId?: string }
  variables: () => unknown
}

let asked = $state.raw<readonly Shown[]>([])

export const shown = {
  get all(): readonly Shown[] {
    return asked
  },
  /** Add what is asked, until the returned function is called; in an effect it depends on nothing. */
  add(one: Shown): () => void {
    asked = untrack(() => [...asked, one])
    return () => (asked = untrack(() => asked.filter((other) => other !== one)))
  },
}

/** Return a document's text; the build has put it beside the page. */
export async function text({ document }: Shown): Promise<string> {
  if (document.definitions.length) return (await import('@0no-co/graphql.web')).print(document)
  const { default: texts } = await import('virtual:documents')
  return texts[document.documentId?.replace('sha256:', '') ?? ''] ?? ''
}
