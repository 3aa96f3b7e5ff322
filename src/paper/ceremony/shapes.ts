/** Pieces that several sheets have: a hash to be read aloud, a line to write on. */
import { hexGroups } from '../../octets.ts'
import { html } from '../html.ts'
import { SHEET, wrapped } from './fit.ts'
import { wordsOf } from './leaves.ts'
import { drawn, FACES, type Piece } from './pieces.ts'

/** Returns a SHA-256 (hex) in large groups and, below it, all its words with their places. */
export function aloud(sha256: string): Piece[] {
  const groups = hexGroups(sha256)
  const words = wordsOf(sha256)
  return [
    drawn(
      html`<p class="hex">${groups.map((group) => html`<span>${group}</span>`)}</p>`,
      Math.ceil(groups.length / 8) * 20 + 9,
    ),
    drawn(
      html`<ol class="aloud">
        ${words.map((word, i) => html`<li><small>${i + 1}</small>${word}</li>`)}
      </ol>`,
      Math.ceil(words.length / 4) * 22 + 10,
    ),
  ]
}

/** Returns a line to write on, with what is to be written there; `box`: and a box to tick. */
export function toWrite(label: string, box: 'none' | 'open' | 'ticked' = 'none'): Piece {
  const lines = wrapped(label, SHEET.width * 0.6 - 16, FACES.text).length
  const mark = box === 'none' ? null : html`<span class="box">${box === 'ticked' ? 'X' : null}</span>`
  const markup = html`<p class="write">
    <span>${mark}<bdi>${label}</bdi></span>
  </p>`
  return drawn(markup, Math.max(24, lines * FACES.text.line + 6) + 1)
}

/** Returns a box to tick. */
export const toTick = (label: string, isTicked: boolean): Piece =>
  drawn(
    html`<p><span class="box">${isTicked ? 'X' : null}</span><bdi>${label}</bdi></p>`,
    wrapped(label, SHEET.width - 20, FACES.text).length * FACES.text.line + 6,
  )

/** Returns what is not to be overlooked between two steps. */
export const noReturn = (text: string): Piece => {
  const lines = wrapped(text, SHEET.width - 20, FACES.bold).length
  return drawn(html`<p class="no-return">${text}</p>`, lines * FACES.bold.line + 18)
}
