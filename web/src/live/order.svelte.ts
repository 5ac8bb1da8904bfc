/** Rows in the order in which they are shown: what comes by itself moves nothing before somebody asks for it. */
import { untrack } from 'svelte'

import { news } from './news.svelte'

export class Order<T> {
  shown = $state.raw<readonly T[]>([])
  /** Rows that are shown still, and are in the list no more. */
  gone = $state.raw<ReadonlySet<string>>(new Set())
  #next: readonly T[] | null = null
  readonly #id: (row: T) => string

  constructor(id: (row: T) => string) {
    this.#id = id
  }

  /** Show rows that somebody asked for, as they are. */
  take(rows: readonly T[]): void {
    untrack(() => {
      if (this.#next) news.clear()
      ;[this.shown, this.gone, this.#next] = [rows, new Set(), null]
    })
  }

  /** Show what rows say that came by themselves, each in the place of the one before; where that is not theirs, it is said. */
  keep(rows: readonly T[]): void {
    untrack(() => {
      const places = new Map(this.shown.map((row, index) => [this.#id(row), index]))
      const fresh = new Map(rows.map((row) => [this.#id(row), row]))
      const gone = new Set([...places.keys()].filter((id) => !fresh.has(id)))
      const moved = rows.filter((row, index) => places.get(this.#id(row)) !== index).length + gone.size
      this.shown = moved ? this.shown.map((row) => fresh.get(this.#id(row)) ?? row) : rows
      ;[this.gone, this.#next] = [gone, moved ? rows : null]
      news.moved(moved, () => this.#next && this.take(this.#next))
    })
  }

  /** Show rows that come after the others. */
  add(rows: readonly T[]): void {
    const listed = new Set(rows.map(this.#id))
    this.shown = this.#with(this.shown, rows)
    this.gone = new Set([...this.gone].filter((id) => !listed.has(id)))
    if (this.#next) this.#next = this.#with(this.#next, rows)
  }

  #with(before: readonly T[], rows: readonly T[]): readonly T[] {
    const there = new Set(before.map(this.#id))
    return [...before, ...rows.filter((row) => !there.has(this.#id(row)))]
  }
}
