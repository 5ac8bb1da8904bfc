/** The rows of the ranking: pages of them, read on as the viewer goes on. */
import type { CombinedError, OperationResult } from '@urql/core'

import { ask, passing } from '../graphql/client'
import { shown } from '../graphql/shown.svelte'
import type { ResultOf, VariablesOf } from '../graphql/tada'
import { Order } from '../live/order.svelte'
import type { Row } from './columns'
import { CreatorsFound } from './queries'

export const PAGE = 50

export type Wanted = Omit<VariablesOf<typeof CreatorsFound>, 'first' | 'after'>

/** What came of reading anew; `later` where the service could not be reached, `over` where something else is shown by then. */
export type Outcome = 'same' | 'differs' | 'refused' | 'later' | 'over'

export class Rows {
  readonly #order = new Order<Row>(({ id }) => id)
  total = $state<number | null>(null)
  error = $state.raw<CombinedError>()
  loading = $state(false)
  #cursor: string | null = null
  #more = true
  #turn = 0
  #beginning = false
  #wanted: Wanted | null = null

  get rows(): readonly Row[] {
    return this.#order.shown
  }

  constructor() {
    $effect(() => shown.add({ document: CreatorsFound, variables: () => ({ ...this.#wanted, first: PAGE }) }))
  }

  /** Begin another list; the rows before stay until it is there. */
  async begin(wanted: Wanted): Promise<void> {
    this.#wanted = wanted
    ;[this.#cursor, this.#more, this.#beginning] = [null, true, true]
    await this.#read(++this.#turn, true)
  }

  /** Read the next page, if there is one. */
  async more(): Promise<void> {
    if (!this.loading && this.#more && !this.error) await this.#read(this.#turn, false)
  }

  async again(): Promise<void> {
    if (this.#wanted) await this.begin(this.#wanted)
  }

  /** Take no answer any more. */
  end(): void {
    this.#turn++
  }

  /** Read what is shown anew, since something has happened: no row moves for it. What somebody waits for comes as they asked. */
  async refresh(): Promise<Outcome> {
    if (!this.#wanted || this.#beginning || this.total === null || this.error) {
      const [begun, own] = [this.again(), this.#turn]
      await begun
      return own === this.#turn ? (this.error ? 'refused' : 'same') : 'over'
    }
    const [turn, before] = [++this.#turn, JSON.stringify(this.rows)]
    this.loading = true
    const found = await this.#pages(turn, this.#wanted)
    if (turn !== this.#turn) return 'over'
    this.loading = false
    if (!found.last) return this.#failed(found.error)
    ;[this.total, this.#cursor, this.#more] = [found.last.totalCount, found.last.pageInfo.endCursor, found.last.pageInfo.hasNextPage]
    this.#order.keep(found.rows)
    return JSON.stringify(this.rows) === before ? 'same' : 'differs'
  }

  /** Leave what is shown where it may be read later; else nobody is to see it any more. */
  #failed(error: CombinedError | undefined): Outcome {
    if (!error || passing(error)) return 'later'
    this.error = error
    this.#order.take([])
    return 'refused'
  }

  /** Return as many rows as are shown, from the first on, with the last page; without one, why they cannot be read. */
  async #pages(turn: number, wanted: Wanted) {
    const rows: Row[] = []
    for (let after: string | null = null; ; ) {
      const answer: OperationResult<ResultOf<typeof CreatorsFound>> = await ask(CreatorsFound, { ...wanted, first: PAGE, after })
      const last = answer.data?.creators
      if (!last || turn !== this.#turn) return { rows, last: null, error: answer.error }
      rows.push(...last.nodes)
      if (rows.length >= this.rows.length || !last.pageInfo.hasNextPage) return { rows, last, error: undefined }
      after = last.pageInfo.endCursor
    }
  }

  async #read(turn: number, first: boolean): Promise<void> {
    if (!this.#wanted) return
    this.loading = true
    const { data, error } = await ask(CreatorsFound, { ...this.#wanted, first: PAGE, after: this.#cursor })
    if (turn !== this.#turn) return
    ;[this.loading, this.#beginning] = [false, false]
    const found = data?.creators
    this.error = found ? undefined : error
    if (!found) {
      if (first) this.#order.take([])
      return
    }
    this.total = found.totalCount
    this.#cursor = found.pageInfo.endCursor
    this.#more = found.pageInfo.hasNextPage
    if (first) this.#order.take(found.nodes)
    else this.#order.add(found.nodes)
  }
}
