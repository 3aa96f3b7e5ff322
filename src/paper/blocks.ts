/** What is put on paper: blocks that are never cut, packed into sheets of our own, since browsers number pages unlike. */

import type { CertificateFacts } from '../border/views.ts'
import { messages } from '../messages/messages.ts'

/** The columns of a table on paper; `widths` are shares of the sheet's width. */
export interface PaperTable {
  readonly columns: readonly string[]
  readonly widths: readonly number[]
}

export type Block =
  | { readonly kind: 'heading' | 'text' | 'quiet' | 'octets'; readonly text: string }
  /** One value of a field; `term` is empty below its first value. */
  | { readonly kind: 'fact'; readonly term: string; readonly value: string; readonly mono?: boolean }
  | { readonly kind: 'row'; readonly table: PaperTable; readonly cells: readonly string[] }
  /** A SHA-256 (hex) in groups and as a code to scan; `key` is the SHA-256 of the key, drawn as its seal. */
  | {
      readonly kind: 'identity'
      readonly label: string
      readonly sha256: string
      readonly key: Uint8Array | null
    }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Lines for two people to sign on. */
  | { readonly kind: 'signatures' }

export const tableOf = (block: Block | undefined): PaperTable | null =>
  block?.kind === 'row' ? block.table : null

export interface PaperDocument {
  readonly title: string
  /** The CA it is about; empty if none. */
  readonly authority: string
  readonly blocks: readonly Block[]
}

/** Returns how people compare a certificate: its hash and the seal of its key. */
export const certificateIdentity = ({
  fingerprint,
  spkiHash,
}: Pick<CertificateFacts, 'fingerprint' | 'spkiHash'>): Block => ({
  kind: 'identity',
  label: messages().ui.parts.sha256,
  sha256: fingerprint,
  key: spkiHash,
})

/** A block as it was measured, in any one unit. */
export interface Measured {
  readonly height: number
  /** The table whose head is repeated on every sheet with rows of it, and the height of that head. */
  readonly table: PaperTable | null
  readonly headHeight: number
  /** It is never the last on a sheet: it is the heading of what follows. */
  readonly leads: boolean
}

/** Returns the numbers of the blocks on each sheet; one that is higher than a sheet has a sheet of its own. */
export function packed(blocks: readonly Measured[], capacity: number): number[][] {
  const sheets: number[][] = []
  let sheet: number[] = []
  for (let next = 0; next < blocks.length; next++) {
    if (sheet.length > 0 && heightOf(blocks, [...sheet, ...withNext(blocks, next)]) > capacity) {
      sheets.push(sheet)
      sheet = []
    }
    sheet.push(next)
  }
  if (sheet.length > 0) sheets.push(sheet)
  return sheets
}

/** A heading is taken with the block that follows it. */
function withNext(blocks: readonly Measured[], at: number): number[] {
  const run = [at]
  while (blocks[run.at(-1)!]?.leads && run.at(-1)! + 1 < blocks.length) run.push(run.at(-1)! + 1)
  return run
}

function heightOf(blocks: readonly Measured[], numbers: readonly number[]): number {
  let above: PaperTable | null = null
  let height = 0
  for (const number of numbers) {
    const block = blocks[number]!
    height += block.height + (block.table !== null && block.table !== above ? block.headHeight : 0)
    above = block.table
  }
  return height
}

/** Returns a field with all its values, each a block, so that a long one goes on on the next sheet. */
export const factBlocks = (term: string, values: readonly string[], mono = false): Block[] =>
  values.map((value, i) => ({ kind: 'fact', term: i === 0 ? term : '', value, ...(mono && { mono }) }))

/** Lines of PEM in one block. */
const LINES = 6

/** Returns text that is copied exactly, a few lines in each block. */
export function octetBlocks(text: string): Block[] {
  const lines = text.trimEnd().split('\n')
  return Array.from({ length: Math.ceil(lines.length / LINES) }, (_, i) => ({
    kind: 'octets' as const,
    text: lines.slice(i * LINES, (i + 1) * LINES).join('\n'),
  }))
}
