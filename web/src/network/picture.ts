/** A drawing as a file of its own: what style sheets give it here, it carries itself. */
const CARRIED = ['fill', 'stroke', 'stroke-opacity', 'opacity', 'paint-order', 'text-anchor', 'font-family'] as const

/** Return an SVG document that looks like a drawing of the page. */
export function standalone(drawing: SVGSVGElement): Blob {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const own = drawing.querySelectorAll('*')
  for (const [index, element] of copy.querySelectorAll('*').entries()) {
    const style = getComputedStyle(own[index]!)
    for (const name of CARRIED) element.setAttribute(name, style.getPropertyValue(name))
    for (const name of ['class', 'style']) element.removeAttribute(name)
  }
  const ground = copy.insertBefore(document.createElementNS(copy.namespaceURI, 'rect'), copy.firstChild)
  for (const [name, value] of Object.entries({ x: '-2', y: '-2', width: '4', height: '4', fill: getComputedStyle(document.body).backgroundColor }))
    ground.setAttribute(name, value)
  for (const name of ['class', 'aria-hidden']) copy.removeAttribute(name)
  copy.setAttribute('width', '1200')
  copy.setAttribute('height', '1200')
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' })
}
