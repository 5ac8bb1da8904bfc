/** The fingers on a drawing, of which two change what is in view. */
import type { Pointer } from './camera.svelte'

export class Fingers {
  private readonly at = new Map<number, Pointer>()

  /** Whether two are down, which then neither move nor choose a node. */
  get two(): boolean {
    return this.at.size === 2
  }

  press(event: PointerEvent): void {
    if (event.pointerType !== 'touch') return
    if (event.isPrimary) this.at.clear() // an end that nobody was told of
    this.at.set(event.pointerId, spot(event))
  }

  /** Return where both were and are; null unless it is one of two. */
  move(event: PointerEvent): { from: [Pointer, Pointer]; to: [Pointer, Pointer] } | null {
    const before = this.at.get(event.pointerId)
    if (!before) return null
    this.at.set(event.pointerId, spot(event))
    const other = [...this.at].find(([id]) => id !== event.pointerId)?.[1]
    return this.two && other ? { from: [before, other], to: [spot(event), other] } : null
  }

  lift(event: PointerEvent): void {
    this.at.delete(event.pointerId)
  }
}

const spot = ({ clientX, clientY }: PointerEvent): Pointer => ({ clientX, clientY })
