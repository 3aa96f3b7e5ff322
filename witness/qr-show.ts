/** A file as QR codes, as large as the screen allows: one, or one after the other until it is closed. */
import { drawCode } from '../src/qr/draw.ts'
import { plainText, sequenceOf } from '../src/qr/sequence.ts'
import { button, element } from './element.ts'
import { show } from './qr-read.ts'
import { count } from './text.ts'

/** Octets in each code, and codes a second: what most cameras read. */
const SIZE = 418
const SPEED = 6

/** Returns a button that shows a text as codes. */
export const showByQr = (name: string, text: string): HTMLButtonElement =>
  button('Show it large as QR', () => void open(name, new TextEncoder().encode(text)))

async function open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const canvas = element('canvas', {})
  const at = element('p', {})
  const dialog = element(
    'dialog',
    { 'aria-label': `${name} as QR codes`, class: 'codes' },
    element('div', { role: 'img', 'aria-label': `QR code with ${name}` }, canvas),
    at,
  )
  let stop = (): void => undefined
  const text = plainText(bytes)
  if (text === null) stop = await play(name, bytes, canvas, at, dialog)
  else drawCode(canvas, text)
  dialog.append(button('Close', () => dialog.close()))
  show(dialog, () => stop())
}

async function play(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  canvas: HTMLCanvasElement,
  at: HTMLElement,
  dialog: HTMLElement,
): Promise<() => void> {
  const { frame, parts } = await sequenceOf({ name, bytes }, SIZE)
  let [number, isRunning] = [0, !matchMedia('(prefers-reduced-motion: reduce)').matches]
  const draw = (): void => {
    drawCode(canvas, frame(number))
    at.textContent = `Code ${(number + 1).toLocaleString('en')}. The file has ${count(parts, 'part')}.`
  }
  const next = (): void => {
    number += 1
    draw()
  }
  const timer = setInterval(() => isRunning && next(), 1000 / SPEED)
  const pause = button(isRunning ? 'Pause' : 'Start', () => {
    isRunning = !isRunning
    pause.textContent = isRunning ? 'Pause' : 'Go on'
  })
  dialog.append(
    pause,
    button('Next code', () => {
      if (!isRunning) next()
    }),
  )
  draw()
  return () => clearInterval(timer)
}
