/** Which names are written into a drawing: those of the first, and none that would lie on one before it. */
import type { Node } from './graph'

/** Of a letter, about, in units of the drawing. */
const LETTER = { width: 0.028, height: 0.055 }

export function legible(wanted: readonly Node[], radius: (node: Node) => number, unit: number): Node[] {
  const kept: { x: number; y: number; wide: number }[] = []
  return wanted.filter((node) => {
    const own = { x: node.x, y: node.y - radius(node), wide: (node.label.length * LETTER.width * unit) / 2 }
    const hidden = kept.some(({ x, y, wide }) => Math.abs(own.x - x) < own.wide + wide && Math.abs(own.y - y) < LETTER.height * unit)
    if (!hidden) kept.push(own)
    return !hidden
  })
}
