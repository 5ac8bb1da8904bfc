/** Changes by a control that come in quick succession, such as of a key that is held: one entry of the address, and one step of Back. */
import { address } from '../app/address.svelte'

/** Milliseconds without a change after which it is written. */
const REST = 300

type Write = (replace: boolean) => void

export class Stroke {
  private write: Write | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  /** The address before, which somebody may leave meanwhile. */
  private before = ''
  /** The address that this wrote last: only this one is replaced. */
  private own: string | null = null

  /** Keep what writes a change until the stroke is settled; only the last one counts. */
  keep(write: Write): void {
    if (!this.write) this.before = address.view
    this.write = write
    clearTimeout(this.timer)
  }

  /** Settle it as soon as nothing changes any more. */
  soon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.settle(), REST)
  }

  settle(): void {
    const write = this.write
    this.drop()
    if (!write || address.view !== this.before) return
    write(this.before === this.own)
    if (address.view !== this.before) this.own = address.view
  }

  /** Settle it; what changes next is another step. */
  end(): void {
    this.settle()
    this.own = null
  }

  drop(): void {
    clearTimeout(this.timer)
    this.write = null
  }
}
