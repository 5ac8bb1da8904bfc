/** The rows of the ranking: pages of them, read on as the viewer goes on. */
import type { CombinedError } from '@urql/core'

import { ask } from '../graphql/client'
import { shown } from '../graphql/shown.svelte'
import type { VariablesOf } from '../graphql/tada'
import type { Row } from './columns'
import { CreatorsFound } from './queries'

export const PAGE = 50

export type Wanted = Omit<VariablesOf<typeof CreatorsFound>, 'first' | 'after'>

export class Rows {
  rows = $state.raw<readonly Row[]>([])
  total = $state<number | null>(null)
  error = $state.raw<CombinedError>()
  loading = $state(false)
  #cursor: string | null = null
  #more = true
  #turn = 0
  #wanted: Wanted | null = null

  constructor() {
    $effect(() => shown.add({ document: CreatorsFound, variables: () => ({ ...this.#wanted, first: PAGE }) }))
  }

  /** Begin another list; the rows before stay until it is there. */
  async begin(wanted: Wanted): Promise<void> {
    this.#wanted = wanted
    ;[this.#cursor, this.#more] = [null, true]
    await this.#read(++this.#turn, true)
  }

  /** Read the next page, if there is one. */
  async more(): Promise<void> {
    if (!this.loading && this.#more && !this.error) await this.#read(this.#turn, false)
  }

  async again(): Promise<void> {
    if (this.#wanted) await this.begin(this.#wanted)
  }

  async #read(turn: number, first: boolean): Promise<void> {
    if (!this.#wanted) return
    this.loading = true
    const { data, error } = await ask(CreatorsFound, { ...this.#wanted, first: PAGE, after: this.#cursor })
    if (turn !== this.#turn) return
    this.loading = false
    const found = data?.creators
    this.error = found ? undefined : error
    if (!found) {
      if (first) this.rows = []
      return
    }
    this.total = found.totalCount
    this.#cursor = found.pageInfo.endCursor
    this.#more = found.pageInfo.hasNextPage
    this.rows = first ? found.nodes : [...this.rows, ...found.nodes]
  }
}
