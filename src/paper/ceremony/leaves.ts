/** Pieces of a ceremony's paper, packed into numbered sheets that are bound to the plan. */
import { hashWords } from '../../messages/hash-words.ts'
import { messages } from '../../messages/messages.ts'
import { safeLine } from '../../messages/safe-text.ts'
import { hexOctets } from '../../octets.ts'
import { packed } from '../blocks.ts'
import { documentPage, html, type Markup } from '../html.ts'
import { SHEET, wrapped } from './fit.ts'
import { FACES, type Piece, type Table } from './pieces.ts'
import { SHEET_STYLE } from './style.ts'
import type { Told } from './told.ts'

/** One file of paper: its name without ending, what it is called, and what is on it. */
export interface Part {
  readonly file: string
  readonly name: string
  readonly pieces: readonly Piece[]
}

/** Of the plan's words, on every sheet. */
const BINDING_WORDS = 4
/** Of the ceremony's title, where it is only to be recognized. */
const TITLE = 70
/** Below the lines of the head. */
const HEAD = 16
/** Space of tables below their last row. */
const BELOW_TABLE = 4

/** Returns the words of a SHA-256 in hexadecimal; none if it is no hash. */
export const wordsOf = (sha256: string): string[] => hashWords(hexOctets(sha256) ?? new Uint8Array(0))

/** Returns each part as a page of its own; their sheets are numbered as one set. */
export const pagesOf = (told: Told, parts: readonly Part[]): { file: string; page: string }[] =>
  setsOf(told, parts).map(({ file, name, leaves }) => ({ file, page: pageOf(told, name, leaves) }))

/** Returns all parts as one page, to be printed at once. */
export const pageOfAll = (told: Told, parts: readonly Part[]): string =>
  pageOf(
    told,
    told.words.all,
    setsOf(told, parts).flatMap(({ leaves }) => leaves),
  )

/** The sheets of each part, with their numbers. */
function setsOf(told: Told, parts: readonly Part[]): (Part & { leaves: Markup[] })[] {
  const sets = parts.map(({ pieces, name }) => leavesOf(pieces, SHEET.height - headHeight(told, name)))
  const total = sets.reduce((sum, leaves) => sum + leaves.length, 0)
  let before = 0
  return parts.map((part, i) => {
    const leaves = sets[i]!.map((leaf) =>
      leafMarkup(told, part.name, messages().ui.paper.sheet(++before, total), leaf),
    )
    return { ...part, leaves }
  })
}

const pageOf = (told: Told, name: string, leaves: readonly Markup[]): string =>
  documentPage({
    language: messages().tag,
    title: headLine(told, name),
    body: html`${leaves}`,
    style: SHEET_STYLE,
  })

function leavesOf(pieces: readonly Piece[], capacity: number): Piece[][] {
  const measured = pieces.map((piece) => ({
    ...piece,
    headHeight: piece.headHeight + (piece.table ? BELOW_TABLE : 0),
  }))
  return packed(measured, capacity).map((numbers) => numbers.map((number) => pieces[number]!))
}

/** What a page and the heads of its sheets are called. */
function headLine({ kind, words, plan }: Told, name: string): string {
  const title = `${name} · ${safeLine(plan.title, TITLE)}`
  return kind === 'rehearsal' ? words.ofRehearsal(title) : title
}

function headHeight(told: Told, name: string): number {
  const face = { ...FACES.bold, line: FACES.text.line }
  // Beside it is the number of the sheet.
  const lines = wrapped(headLine(told, name), SHEET.width - 110, face).length
  return (
    lines * face.line +
    15 +
    10 * wrapped(told.words.planHash(told.planSha256), SHEET.width, PLAN_FACE).length +
    HEAD
  )
}
const PLAN_FACE = { size: 7, line: 10, mono: true }

function leafMarkup(told: Told, name: string, number: string, pieces: readonly Piece[]): Markup {
  const { words, planSha256, kind } = told
  return html`<section class="leaf">
    ${kind === 'rehearsal' ? html`<p class="mark" aria-hidden="true">${words.mark}</p>` : null}
    <header>
      <p>
        <strong><bdi>${headLine(told, name)}</bdi></strong
        ><span class="of">${number}</span>
      </p>
      <p class="bound"><span>${wordsOf(planSha256).slice(0, BINDING_WORDS).join(' ')}</span></p>
      <p class="hash">${words.planHash(planSha256)}</p>
    </header>
    ${runsOf(pieces).map((run) => (run.table ? tableMarkup(run.table, run.pieces) : run.pieces.map(({ markup }) => markup)))}
  </section>`
}

/** Rows of one table that follow each other. */
function runsOf(pieces: readonly Piece[]): { table: Table | null; pieces: Piece[] }[] {
  const runs: { table: Table | null; pieces: Piece[] }[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last && last.table === piece.table) last.pieces.push(piece)
    else runs.push({ table: piece.table, pieces: [piece] })
  }
  return runs
}

function tableMarkup({ look, columns, widths }: Table, rows: readonly Piece[]): Markup {
  const all = widths.reduce((sum, share) => sum + share, 0)
  const head =
    columns.length === 0
      ? null
      : html`<thead>
          <tr>
            ${columns.map((text) => html`<th scope="col">${text}</th>`)}
          </tr>
        </thead>`
  return html`<table class="${look}">
    <colgroup>
      ${widths.map((share) => html`<col width="${String((100 * share) / all)}%" />`)}
    </colgroup>
    ${head}
    <tbody>
      ${rows.map(({ markup }) => markup)}
    </tbody>
  </table>`
}
