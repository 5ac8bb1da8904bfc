/** Which part of a drawing is in view: all of it, or as much as remains in view when somebody comes closer. */
import { bounded } from './place'
import type { Place } from './view'

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

  /** Return the place of the drawing at a pointer. */
  place(event: MouseEvent, box: DOMRect): Place {
    const width = Math.min(box.width, box.height)
    return {
      x: this.centre.x + ((event.clientX - box.left - box.width / 2) / width) * 2 * this.half,
      y: this.centre.y + ((event.clientY - box.top - box.height / 2) / width) * 2 * this.half,
    }
  }
}
