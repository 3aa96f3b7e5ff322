/** What the sheets of a ceremony are put together from: pieces of known height, which are never cut. */
import { safeLine } from '../../messages/safe-text.ts'
import type { Measured, PaperTable } from '../blocks.ts'
import { html, type Markup } from '../html.ts'
import { SHEET, wrapped, type Face } from './fit.ts'

export interface Piece extends Measured {
  readonly markup: Markup
  readonly table: Table | null
}

/** A table; one without columns is a list of facts. */
export interface Table extends PaperTable {
  readonly look: 'grid' | 'facts'
  /** Height of each row at least, for what is written by hand: 0, or one that the style knows. */
  readonly room: number
}

/** One line of a cell. `box`: a box to tick before it. */
export interface CellLine {
  readonly text: string
  readonly mono?: boolean
  readonly strong?: boolean
  readonly box?: 'open' | 'ticked'
}
/** A text is one line, and breaks where its newlines are. */
export type Cell = string | readonly (string | CellLine)[]

export const FACES = {
  title: { size: 15, line: 20, bold: true },
  heading: { size: 11.5, line: 15, bold: true },
  text: { size: 9, line: 12.5 },
  mono: { size: 8, line: 12.5, mono: true },
  bold: { size: 9, line: 12.5, bold: true },
} as const satisfies Record<string, Face>

/** Longer than any text that a plan or a transcript may hold. */
const LONGEST = 4_000
/** Of a piece, in lines: a longer text goes on in another. */
const MOST_LINES = 16
const PADDING = { inline: 7, block: 4.5 }
const BOX = 16
/** Space of a paragraph, above and below. */
const AROUND = { plain: 4, strong: 4, item: 12, statement: 16 }

/** Text from a plan or a person, as what it is, on lines of its own. */
const linesIn = (text: string): string[] => text.split(/\r\n|\n/).map((line) => safeLine(line, LONGEST))

/** Returns a table of these columns and shares of the sheet's width. */
export const grid = (columns: readonly string[], widths: readonly number[], room = 0): Table => ({
  ...{ columns, widths, room },
  look: 'grid',
})

/** Returns a list of terms and what they are. */
export const facts = (): Table => ({ columns: [], widths: [27, 73], look: 'facts', room: 0 })

export const heading = (text: string, level: 1 | 2 = 2): Piece => {
  const face = level === 1 ? FACES.title : FACES.heading
  const safe = safeLine(text, LONGEST)
  const height = wrapped(safe, SHEET.width, face).length * face.line + (level === 1 ? 8 : 14)
  const markup = level === 1 ? html`<h1><bdi>${safe}</bdi></h1>` : html`<h2><bdi>${safe}</bdi></h2>`
  return { markup, height, table: null, headHeight: 0, leads: true }
}

/** Returns a text as paragraphs. `strong`: it is not to be overlooked; `item`: what follows is about it. */
export function paragraphs(text: string, look: 'plain' | 'strong' | 'statement' | 'item' = 'plain'): Piece[] {
  const face = look === 'plain' ? FACES.text : FACES.bold
  const width = SHEET.width - (look === 'plain' ? 0 : 16)
  return linesIn(text).flatMap((line) =>
    chunks(wrapped(line, width, face)).map((lines) => ({
      markup: html`<p class="${look}"><bdi>${lines.join('')}</bdi></p>`,
      height: lines.length * face.line + AROUND[look],
      ...{ table: null, headHeight: 0, leads: look === 'item' },
    })),
  )
}

/** Returns something of our own that has a height of its own. */
export const drawn = (markup: Markup, height: number): Piece => ({
  ...{ markup, height, table: null, headHeight: 0, leads: false },
})

/** Returns a row of a table; what is too long for one row goes on in the next. `room`: its height at least. */
export function row(table: Table, cells: readonly Cell[], room = table.room): Piece[] {
  const laid = cells.map((cell, i) => cellLines(cell, widthIn(table, i)))
  const count = Math.max(1, ...laid.map((lines) => Math.ceil(lines.length / MOST_LINES)))
  const head = headHeightOf(table)
  return Array.from({ length: count }, (_, part) => {
    const shown = laid.map((lines) => lines.slice(part * MOST_LINES, (part + 1) * MOST_LINES))
    const inner = Math.max(...shown.map((lines) => lines.length)) * FACES.text.line + PADDING.block
    return {
      markup: rowMarkup(table, shown, part === 0 ? room : 0),
      height: Math.max(inner, part === 0 ? room : 0) + 1,
      ...{ table, headHeight: head, leads: false },
    }
  })
}

/** Returns a term and what it is. */
export const fact = (table: Table, term: string, value: Cell): Piece[] => row(table, [term, value])

/** Of a group that is kept on one sheet: a higher one is divided. */
const HIGHEST_GROUP = 320

/** Returns pieces that are on one sheet, unless they are too many. */
export function together(pieces: readonly Piece[]): Piece[] {
  const height = pieces.reduce((sum, piece) => sum + piece.height, 0)
  if (height > HIGHEST_GROUP) return [...pieces]
  return pieces.map((piece, i) => ({ ...piece, leads: i < pieces.length - 1 }))
}

interface Laid {
  readonly text: string
  readonly of: CellLine
  /** It begins a line of the cell, and does not go on with one. */
  readonly first: boolean
}

function cellLines(cell: Cell, width: number): Laid[] {
  const lines = (typeof cell === 'string' ? [cell] : cell).map((line) =>
    typeof line === 'string' ? { text: line } : line,
  )
  return lines.flatMap((of) =>
    linesIn(of.text).flatMap((text) => {
      const face = of.mono === true ? FACES.mono : of.strong === true ? FACES.bold : FACES.text
      const room = width - (of.box ? BOX : 0)
      return wrapped(text, room, face).map((part, i) => ({ text: part, of, first: i === 0 }))
    }),
  )
}

const widthIn = ({ widths }: Table, column: number): number => {
  const all = widths.reduce((sum, share) => sum + share, 0)
  return (SHEET.width * widths[column]!) / all - PADDING.inline
}

function headHeightOf(table: Table): number {
  const lines = table.columns.map((text, i) => wrapped(text, widthIn(table, i), FACES.bold).length)
  return table.columns.length === 0 ? 4 : Math.max(...lines) * FACES.bold.line + PADDING.block + 6
}

function rowMarkup({ look }: Table, cells: readonly (readonly Laid[])[], room: number): Markup {
  const filled = cells.map((lines) => joined(lines))
  if (look === 'facts')
    return html`<tr>
      <th scope="row">${filled[0]!}</th>
      ${filled.slice(1).map((cell) => html`<td>${cell}</td>`)}
    </tr>`
  return html`<tr class="${room > 0 ? `room-${room}` : 'plain'}">
    ${filled.map((cell) => html`<td>${cell}</td>`)}
  </tr>`
}

/** Puts the parts of a line together again: the browser breaks it where it has to. */
function joined(lines: readonly Laid[]): Markup[] {
  const whole: { text: string; of: CellLine; first: boolean }[] = []
  for (const line of lines) {
    const last = whole.at(-1)
    if (last?.of === line.of && !line.first) last.text += line.text
    else whole.push({ ...line })
  }
  return whole.map(({ text, of, first }) => {
    const box = of.box && first ? html`<span class="box">${of.box === 'ticked' ? 'X' : null}</span>` : null
    const look = of.mono === true ? 'mono' : of.strong === true ? 'bold' : 'text'
    return html`<span class="${look}">${box}<bdi>${text}</bdi></span>`
  })
}

function chunks(lines: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(lines.length / MOST_LINES) }, (_, i) =>
    lines.slice(i * MOST_LINES, (i + 1) * MOST_LINES),
  )
}
