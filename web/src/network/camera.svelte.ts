/** Which part of a drawing is in view: all of it, or as much as remains in view when somebody comes closer. */
import { bounded } from './place'
import type { Place } from './view'

/** Where a pointer is on the screen. */
export type Pointer = Pick<MouseEvent, 'clientX' | 'clientY'>

export const CLOSEST = 12

export class Camera {
  zoom = $state(1)
  private wanted = $state.raw<Place>({ x: 0, y: 0 })
  /** Within the drawing, which may have become smaller since. */
  readonly centre = $derived.by(() => bounded(this.wanted, this.extent() - this.half))

  /** `extent` is how far the drawing goes from its middle. */
  constructor(private readonly extent: () => number) {}

  /** How far the view goes from its middle. */
  get half(): number {
    return this.extent() / this.zoom
  }

  scale(by: number, towards = this.centre): void {
    const next = Math.min(Math.max(this.zoom * by, 1), CLOSEST)
    const kept = this.zoom / next
    this.move(towards.x + (this.centre.x - towards.x) * kept, towards.y + (this.centre.y - towards.y) * kept, next)
  }

  move(x: number, y: number, zoom = this.zoom): void {
    this.wanted = bounded({ x, y }, this.extent() - this.extent() / zoom)
    this.zoom = zoom
  }

  /** Follow two fingers: what lies between them stays between them, and is magnified as they part. */
  pinch(from: readonly [Pointer, Pointer], to: readonly [Pointer, Pointer], box: DOMRect): void {
    const middle = this.place(between(...from), box)
    this.scale(apart(...to) / Math.max(apart(...from), 1), middle)
    const now = this.place(between(...to), box)
    this.move(this.centre.x + middle.x - now.x, this.centre.y + middle.y - now.y)
  }

  /** Return the place of the drawing at a pointer. */
  place(event: Pointer, box: DOMRect): Place {
    const width = Math.min(box.width, box.height)
    return {
      x: this.centre.x + ((event.clientX - box.left - box.width / 2) / width) * 2 * this.half,
      y: this.centre.y + ((event.clientY - box.top - box.height / 2) / width) * 2 * this.half,
    }
  }
}

const apart = (one: Pointer, two: Pointer): number => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY)
const between = (one: Pointer, two: Pointer): Pointer => ({ clientX: (one.clientX + two.clientX) / 2, clientY: (one.clientY + two.clientY) / 2 })
