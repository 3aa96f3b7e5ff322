import { codePoint } from '../../plain-text.ts'

/** Text from certificates, made harmless: nothing in it is obeyed, and what cannot be seen is named. */

export type Piece =
  | { readonly kind: 'plain'; readonly text: string }
  /** Shown as ‹U+202E›. */
  | { readonly kind: 'hidden'; readonly text: string }
  /** A letter of another script that looks like a Latin one, in a word with Latin letters. */
  | { readonly kind: 'look-alike'; readonly text: string; readonly script: 'Cyrillic' | 'Greek' }

export interface SafeText {
  readonly pieces: readonly Piece[]
  /** Characters left out at the end. */
  readonly cut: number
}

// Controls, formats (bidi marks, zero-width), surrogates, private use, unassigned, line and paragraph separators.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/u
const WORD = /[\p{L}\p{M}\p{N}]+/gu
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u

/** Splits `text` into what can be shown as it is and what has to be named; at most `limit` characters. */
export function safeText(text: string, limit: number): SafeText {
  // Cut before the work, so that a name of a megabyte costs no more than a short one.
  const kept = text.length > limit ? text.slice(0, limit) : text
  // Most text has nothing to be named; lists of it are long.
  if (!HIDDEN.test(kept) && !FOREIGN.test(kept))
    return { pieces: kept === '' ? [] : [{ kind: 'plain', text: kept }], cut: text.length - kept.length }
  const suspects = lookAlikes(kept)
  const pieces: Piece[] = []
  let plain = ''
  let index = 0
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: 'plain', text: plain })
    plain = ''
  }
  for (const character of kept) {
    const piece = special(character, suspects.has(index))
    index += character.length
    if (!piece) {
      plain += character
      continue
    }
    flush()
    pieces.push(piece)
  }
  flush()
  return { pieces, cut: text.length - kept.length }
}

/** The same as one line of text, for titles and file names. */
export function safeLine(text: string, limit = 200): string {
  const { pieces, cut } = safeText(text, limit)
  return (
    pieces.map((piece) => (piece.kind === 'hidden' ? `‹${piece.text}›` : piece.text)).join('') +
    (cut > 0 ? '…' : '')
  )
}

function special(character: string, suspect: boolean): Piece | null {
  if (HIDDEN.test(character)) return { kind: 'hidden', text: codePoint(character) }
  if (!suspect) return null
  return {
    kind: 'look-alike',
    text: character,
    script: /\p{Script=Greek}/u.test(character) ? 'Greek' : 'Cyrillic',
  }
}

/** Indexes of Cyrillic and Greek letters in words that also have Latin ones. */
function lookAlikes(text: string): ReadonlySet<number> {
  const found = new Set<number>()
  if (!FOREIGN.test(text)) return found
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!/\p{Script=Latin}/u.test(word)) continue
    for (let i = 0; i < word.length; i++) if (FOREIGN.test(word[i]!)) found.add(index + i)
  }
  return found
}
