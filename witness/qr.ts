/** A text as a QR code, drawn with the methods of the document: the page's policy allows no markup in strings. */
import encodeQr from 'qr'

const SVG = 'http://www.w3.org/2000/svg'

/** Returns the code with its quiet zone; null if the text is too long for one. */
export function qrCode(text: string, label: string): SVGSVGElement | null {
  const rows = rowsOf(text)
  if (!rows) return null
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  svg.setAttribute('shape-rendering', 'crispEdges')
  const path = document.createElementNS(SVG, 'path')
  const squares = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  path.setAttribute('d', squares.join(''))
  svg.append(path)
  return svg
}

function rowsOf(text: string): boolean[][] | null {
  try {
    return encodeQr(text, 'raw', { ecc: 'low', border: 4 })
  } catch {
    return null
  }
}
