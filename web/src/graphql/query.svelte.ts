/** What a page asks, as state: the answer before stays in view until the next is there. */
import type { CombinedError, TypedDocumentNode } from '@urql/core'

import { ask } from './client'
import { shown } from './shown.svelte'

export interface Query<D> {
  readonly data: D | undefined
  readonly error: CombinedError | undefined
  readonly loading: boolean
  /** Ask anew, past every answer that is kept. */
  refresh(): void
}

/** Ask whenever the variables change; null waits. Only within a component. */
export function query<D, V extends object>(document: TypedDocumentNode<D, V>, variables: () => V | null): Query<D> {
  let data = $state.raw<D>()
  let error = $state.raw<CombinedError>()
  let loading = $state(true)
  let turn = 0
  // The text compares by value: an object made anew with the same content asks nothing.
  const wanted = $derived(JSON.stringify(variables()))

  async function run(text: string, again: boolean): Promise<void> {
    const own = ++turn
    loading = true
    const answer = await ask(document, JSON.parse(text) as V, { again })
    if (own !== turn) return
    data = answer.data ?? (answer.error ? undefined : data)
    error = answer.error
    loading = false
  }

  $effect(() => shown.add({ document, variables }))
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
