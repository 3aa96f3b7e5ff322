import { codePoint, UNSEEN } from '../plain-text.ts'
import { takenFor } from './look-alikes.ts'

/** Text from certificates, made harmless: nothing in it is interpreted, and invisible characters are spelled out. */

const SCRIPTS = ['Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Lisu', 'Coptic'] as const
/** 'other': a form of a Latin letter. */
export type Script = (typeof SCRIPTS)[number] | 'other'

export type Piece =
  | { readonly kind: 'plain'; readonly text: string }
  /** Shown as ‹U+202E›. */
  | { readonly kind: 'hidden'; readonly text: string }
  /** A letter of another script, or another form of one, that is mistaken for a Latin one. */
  | { readonly kind: 'look-alike'; readonly text: string; readonly script: Script }

export interface SafeText {
  readonly pieces: readonly Piece[]
  /** Number of characters cut off at the end. */
  readonly cut: number
}

// More marks on one letter than any language has; UTS 39 §5.4 allows four.
const PILE = /\p{M}{5,}/u
const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** Ligatures and small capitals, Roman numerals, letters of mathematics and in full width, and a click drawn as an l. */
const FORMS = String.raw`\u0131\u017F\u01C0\u01C4-\u01CC\u01F1-\u01F3\u0251\u0261\u0262\u0269\u026A\u0274\u0280\u028F\u0299\u029C\u029F\u1D00\u1D04-\u1D07\u1D0A-\u1D0D\u1D0F\u1D18\u1D1B\u1D1C\u1D20-\u1D22\u2102-\u2125\u2128-\u2134\u2139-\u2149\u2160-\u217F\uA730\uA731\uFB00-\uFB06\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\u{1D400}-\u{1D7FF}`
const FORM = new RegExp(`[${FORMS}]`, 'u')
const NOT_LATIN = /(?![\0-\x7F]|\p{Script=Latin})[\p{L}\p{N}]/u
const FOREIGN = new RegExp(`${NOT_LATIN.source}|[${FORMS}]`, 'u')
const SCRIPT_OF = SCRIPTS.map((script) => ({ script, has: new RegExp(`\\p{Script=${script}}`, 'u') }))

/** Splits `text` into what can be shown as it is and what has to be spelled out; at most `limit` characters. */
export function safeText(text: string, limit: number): SafeText {
  // Cut first, so that a name of a megabyte costs no more than a short one.
  const kept = text.length > limit ? text.slice(0, limit) : text
  // Fast path: most text has nothing to spell out, and lists of it are long.
  if (!UNSEEN.test(kept) && !FOREIGN.test(kept) && !PILE.test(kept))
    return { pieces: kept === '' ? [] : [{ kind: 'plain', text: kept }], cut: text.length - kept.length }
  const suspects = lookAlikes(kept)
  const pieces: Piece[] = []
  let plain = ''
  let index = 0
  let marks = 0
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: 'plain', text: plain })
    plain = ''
  }
  for (const character of kept) {
    marks = /\p{M}/u.test(character) ? marks + 1 : 0
    const piece = special(character, suspects.has(index), marks)
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

/** Returns the same as one line of text, for titles and file names. */
export function safeLine(text: string, limit = 200): string {
  const { pieces, cut } = safeText(text, limit)
  return (
    pieces.map((piece) => (piece.kind === 'hidden' ? `‹${piece.text}›` : piece.text)).join('') +
    (cut > 0 ? '…' : '')
  )
}

function special(character: string, suspect: boolean, marks: number): Piece | null {
  if (UNSEEN.test(character) || marks > 4) return { kind: 'hidden', text: codePoint(character) }
  if (!suspect) return null
  const script = SCRIPT_OF.find(({ has }) => has.test(character))?.script ?? 'other'
  return { kind: 'look-alike', text: character, script }
}

const isOfScript = (letter: string): boolean => SCRIPT_OF.some(({ has }) => has.test(letter))
const isTaken = (letter: string): boolean => takenFor(letter) !== null

/**
 * Returns the indexes of letters of other scripts in words that also have Latin ones, of every letter in words made
 * entirely of letters mistaken for Latin ones, and of Latin letters in another form. Of scripts that are not listed
 * above, only a letter that is mistaken for a Latin one counts, and only in a word that has others.
 */
function lookAlikes(text: string): ReadonlySet<number> {
  const found = new Set<number>()
  if (!FOREIGN.test(text)) return found
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const mixed = /\p{Script=Latin}/u.test(word)
    const whole = [...word].every((letter) => isTaken(letter) || /[\p{M}\p{N}]/u.test(letter))
    let at = index
    for (const letter of word) {
      const isOther =
        NOT_LATIN.test(letter) && (isOfScript(letter) ? mixed || whole : mixed && isTaken(letter))
      if (FORM.test(letter) || isOther) found.add(at)
      at += letter.length
    }
  }
  return found
}
