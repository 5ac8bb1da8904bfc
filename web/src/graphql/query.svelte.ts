/** What a page asks, as state: the answer before stays in view until the next is there. */
import type { CombinedError, TypedDocumentNode } from '@urql/core'
import { untrack } from 'svelte'

import { feed } from '../live/feed.svelte'
import type { Kind } from '../live/kinds'
import { news } from '../live/news.svelte'
import { ask, passing } from './client'
import { shown } from './shown.svelte'

/** Milliseconds until what could not be read anew is tried again. */
export const LATER = 10_000

export interface Query<D> {
  readonly data: D | undefined
  readonly error: CombinedError | undefined
  readonly loading: boolean
  /** Whether the answer came by itself, after something had happened, and not because somebody asked. */
  readonly byItself: boolean
  /** Ask anew, past every answer that is kept. */
  refresh(): void
}

/** Ask whenever the variables change; null waits. What happens of the `live` kinds has it asked anew. Only within a component. */
export function query<D, V extends object>(
  document: TypedDocumentNode<D, V>,
  variables: () => V | null,
  { live = [] }: { live?: readonly Kind[] } = {},
): Query<D> {
  let data = $state.raw<D>()
  let error = $state.raw<CombinedError>()
  let loading = $state(true)
  let byItself = $state(false)
  let turn = 0
  let awaited = true // whether somebody asked for what was asked last
  // The text compares by value: an object made anew with the same content asks nothing.
  const wanted = $derived(JSON.stringify(variables()))

  async function run(text: string, again: boolean, happened?: ReadonlySet<Kind>): Promise<void> {
    const own = ++turn
    awaited = happened === undefined
    loading = true
    const answer = await ask(document, JSON.parse(text) as V, { again })
    if (own !== turn) return
    loading = false
    if (happened && !answer.data && answer.error && passing(answer.error)) {
      setTimeout(() => own === turn && hear(happened), LATER)
      return
    }
    const before = data
    data = answer.data ?? (answer.error ? undefined : data)
    error = answer.error
    byItself = happened !== undefined && data !== undefined
    if (happened && before && data) news.tell(happened, JSON.stringify(before) !== JSON.stringify(data))
  }

  /** Ask anew after something has happened: what is shown stays until the answer is there. What somebody waits for comes as they asked. */
  function hear(happened: ReadonlySet<Kind>): void {
    const text = untrack(() => wanted)
    if (text !== 'null') void run(text, false, untrack(() => loading) && awaited ? undefined : happened)
  }

  $effect(() => shown.add({ document, variables }))
  $effect(() => feed.listen(live, hear))
  $effect(() => {
    if (wanted !== 'null') void run(wanted, false)
    return () => void turn++
  })

  return {
    get data() {
      return data
    },
    get error() {
      return error
    },
    get loading() {
      return loading
    },
    get byItself() {
      return byItself
    },
    refresh: () => void (wanted !== 'null' && run(wanted, true)),
  }
}

/** Return what failed of several queries of one view, the first of them; asking anew asks all. */
export function together(...queries: readonly Query<unknown>[]): Pick<Query<unknown>, 'error' | 'refresh'> {
  return {
    get error() {
      return queries.find(({ error }) => error)?.error
    },
    refresh: () => queries.forEach((each) => each.refresh()),
  }
}
