/** A drawing as a file of its own: what style sheets give it here, it carries itself. */
import { FORBIDDEN } from './gexf'

const CARRIED = ['fill', 'stroke', 'stroke-opacity', 'opacity', 'paint-order', 'text-anchor', 'font-family'] as const
const SIDE = 1200
/** Pixels of an image for each of its points. */
const DENSITY = 2

/** Return an SVG document that looks like a drawing of the page. */
export const svg = (drawing: SVGSVGElement): Blob => new Blob([standalone(drawing)], { type: 'image/svg+xml' })

/** Return an image of a drawing, for what takes no SVG. */
export async function png(drawing: SVGSVGElement): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(drawing))}`
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE * DENSITY, height: SIDE * DENSITY })
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the image could not be made'))), 'image/png'))
}

function standalone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const own = drawing.querySelectorAll('*')
  for (const [index, element] of copy.querySelectorAll('*').entries()) {
    const style = getComputedStyle(own[index]!)
    for (const name of CARRIED) element.setAttribute(name, style.getPropertyValue(name))
    for (const name of ['class', 'style']) element.removeAttribute(name)
  }
  const { x, y, width, height } = drawing.viewBox.baseVal
  const ground = copy.insertBefore(document.createElementNS(copy.namespaceURI, 'rect'), copy.firstChild)
  for (const [name, value] of Object.entries({ x, y, width, height, fill: getComputedStyle(document.body).backgroundColor }))
    ground.setAttribute(name, String(value))
  for (const name of ['class', 'aria-hidden']) copy.removeAttribute(name)
  copy.setAttribute('width', String(SIDE))
  copy.setAttribute('height', String(SIDE))
  return new XMLSerializer().serializeToString(copy).replace(FORBIDDEN, '\ufffd')
}
