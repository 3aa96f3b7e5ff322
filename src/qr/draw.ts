/** Text as a QR code on a canvas, one pixel for each square: the style sheet makes it large. */
import encodeQr from 'qr'

/** Squares of paper around a code (ISO/IEC 18004 §6.3.8). */
const BORDER = 4

/** Draws the code, black on white in every colour scheme, and returns how many squares a side it has, the paper around it included. */
export function drawCode(canvas: HTMLCanvasElement, text: string): number {
  const rows = encodeQr(text, 'raw', { ecc: 'low', border: BORDER })
  const { length } = rows
  if (canvas.width !== length) canvas.width = length
  if (canvas.height !== length) canvas.height = length
  const context = canvas.getContext('2d')
  if (!context) return length
  const picture = context.createImageData(length, length)
  rows.forEach((row, y) =>
    row.forEach((isDark, x) => picture.data.set(isDark ? DARK : LIGHT, 4 * (y * length + x))),
  )
  context.putImageData(picture, 0, 0)
  return length
}

const DARK = [0, 0, 0, 255]
const LIGHT = [255, 255, 255, 255]
