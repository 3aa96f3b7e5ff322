/**
 * How many guesses a passphrase costs somebody who tries first what people take: common passwords, what has been typed
 * before, rows of keys, years, the words of this trade. The cheapest way to write it in such pieces counts.
 */
import { digitsOf, withoutLeet } from './common.ts'
import { isRow } from './keyboard-rows.ts'
import { FAMILIAR, KNOWN_BY_HEART, NUMERALS } from './familiar-words.ts'

export interface Strength {
  /** Of the number of guesses; a character that belongs to nothing counts as one. */
  digits: number
  /** Whether the cheapest way has common words in it. */
  hasCommonWords: boolean
}

/** No more is looked at; a longer passphrase is at least as strong as its beginning. */
const LONGEST = 96
const LONGEST_WORD = 26
const COST = { row: 1.5, repeated: 1, numeral: 1, familiar: 2, year: 1.5, second: 0.5, further: 0.1 } as const
const YEAR = /^(19|20)\d\d$/

/** Case, accents, spaces and the signs between words cost nothing. */
export function strengthOf(passphrase: string): Strength {
  const raw = Array.from(plainForm(passphrase)).slice(0, LONGEST)
  const forms = [raw, raw.map(withoutLeet), raw.map((one) => (/[1!|]/.test(one) ? 'l' : withoutLeet(one)))]
  const best: Strength[] = [{ digits: 0, hasCommonWords: false }]
  for (let end = 1; end <= raw.length; end++) {
    let cheapest = added(best[end - 1]!, costOfOne(raw, end - 1), false)
    for (let start = Math.max(0, end - LONGEST_WORD); start <= end - 3; start++)
      cheapest = lesser(cheapest, withPiece(best[start]!, raw, forms, start, end))
    best.push(cheapest)
  }
  return best.at(-1)!
}

/** Lower case without accents; a sign between two letters separates words, as a space does. */
const plainForm = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=\p{L}{2})[-_.,;:/+&]+(?=\p{L}{2})/gu, '')
    .replaceAll(/\s+/gu, '')

const added = (to: Strength, digits: number, isWord: boolean): Strength => ({
  digits: to.digits + digits,
  hasCommonWords: to.hasCommonWords || isWord,
})

const lesser = (one: Strength, other: Strength): Strength => (other.digits < one.digits ? other : one)

function costOfOne(raw: readonly string[], at: number): number {
  if (raw[at] !== raw[at - 1]) return 1
  return raw[at] === raw[at - 2] ? COST.further : COST.second
}

function withPiece(
  before: Strength,
  raw: readonly string[],
  forms: readonly string[][],
  start: number,
  end: number,
): Strength {
  const piece = raw.slice(start, end).join('')
  const read = forms.map((form) => form.slice(start, end).join(''))
  const listed = Math.min(...read.map((word) => digitsOf(word) ?? Infinity))
  const other = Math.min(
    raw.slice(0, start).join('').includes(piece) ? COST.repeated : Infinity,
    isRow(piece) ? COST.row : Infinity,
    YEAR.test(piece) ? COST.year : Infinity,
    read.some((word) => NUMERALS.has(word)) ? COST.numeral : Infinity,
    read.some((word) => FAMILIAR.has(word) || KNOWN_BY_HEART.has(word)) ? COST.familiar : Infinity,
  )
  return listed <= other ? added(before, listed, true) : added(before, other, false)
}
