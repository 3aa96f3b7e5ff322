/**
 * How many guesses a passphrase costs somebody who tries first what people take: common passwords, what has been typed
 * before, rows of keys, years, the words of this trade and of the generator; forwards, backwards, with signs between
 * the letters, or two of them interleaved. The cheapest way to write it in such pieces counts.
 */
import { digitsOf, withoutLeet } from './common.ts'
import { FAMILIAR, HEX_WORDS, KNOWN_BY_HEART, NUMERALS } from './familiar-words.ts'
import { rowsIn } from './keyboard-rows.ts'
import { plainFormsOf, reversed, unravelled } from './plain-forms.ts'
import { WORDS } from './words.ts'

export interface Strength {
  /** Of the number of guesses; a character that belongs to nothing counts as one. */
  digits: number
  /** Whether the cheapest way has common words in it. */
  hasCommonWords: boolean
}

/** No more is looked at; a longer passphrase is at least as strong as its beginning. */
const LONGEST = 96
const LONGEST_WORD = 26
const COST = {
  row: 1.5,
  repeated: 1,
  short: 1,
  familiar: 2,
  ofGenerator: 3,
  year: 1.5,
  date: 4,
  second: 0.5,
  further: 0.1,
  backwards: 1,
  interleaved: 2,
} as const
/** A list that is in this page: someone who tries words tries these, each as one of a thousand. */
const GENERATOR: ReadonlySet<string> = new Set(WORDS)
const YEAR = /^(19|20)\d\d$/
const DATE = /^(\d\d?[-./]?\d\d?[-./]?(19|20)\d\d|(19|20)\d\d[-./]?\d\d?[-./]?\d\d?)$/

/** Case, accents, spaces and the signs between words cost nothing; signs anywhere else cost one for each kind at most. */
export function strengthOf(passphrase: string): Strength {
  return plainFormsOf(passphrase)
    .map(({ text, signs }) => {
      const cut = text.slice(0, LONGEST)
      const [even, odd] = unravelled(cut).map(cheapest) as [Strength, Strength]
      const interleaved = added(even, odd.digits + COST.interleaved, odd.hasCommonWords)
      return added(lesser(cheapest(cut), interleaved), signs, false)
    })
    .reduce(lesser)
}

function cheapest(text: string): Strength {
  const letters = Array.from(text, withoutLeet).join('')
  const forms = [text, letters, Array.from(text, (one, i) => (/[1!|]/.test(one) ? 'l' : letters[i])).join('')]
  const forwards = [...new Set(forms)]
  const backwards = forwards.map(reversed)
  const best: Strength[] = [{ digits: 0, hasCommonWords: false }]
  for (let end = 1; end <= text.length; end++) {
    let least = added(best[end - 1]!, costOfOne(text, end - 1), false)
    for (let start = Math.max(0, end - LONGEST_WORD); start <= end - 3; start++) {
      const earlier = text.slice(0, start)
      const piece = forwards.map((form) => form.slice(start, end))
      const turned = backwards.map((form) => form.slice(text.length - end, text.length - start))
      const back = costOfPiece(turned, earlier)
      const { digits, hasCommonWords } = lesser(
        costOfPiece(piece, earlier),
        added(back, COST.backwards, false),
      )
      least = lesser(least, added(best[start]!, digits, hasCommonWords))
    }
    best.push(least)
  }
  return best.at(-1)!
}

const added = (to: Strength, digits: number, isWord: boolean): Strength => ({
  digits: to.digits + digits,
  hasCommonWords: to.hasCommonWords || isWord,
})

const lesser = (one: Strength, other: Strength): Strength => (other.digits < one.digits ? other : one)

function costOfOne(text: string, at: number): number {
  if (text[at] !== text[at - 1]) return 1
  return text[at] === text[at - 2] ? COST.further : COST.second
}

/** `words`: the piece as it is, then as the letters that its digits and signs imitate. */
function costOfPiece(words: readonly string[], earlier: string): Strength {
  const piece = words[0]!
  const listed = Math.min(...words.map((word) => digitsOf(word) ?? Infinity))
  const other = Math.min(
    earlier.includes(piece) ? COST.repeated : Infinity,
    COST.row * (rowsIn(piece) ?? Infinity),
    YEAR.test(piece) ? COST.year : Infinity,
    DATE.test(piece) ? COST.date : Infinity,
    words.some((word) => NUMERALS.has(word) || HEX_WORDS.has(word)) ? COST.short : Infinity,
    words.some((word) => FAMILIAR.has(word) || KNOWN_BY_HEART.has(word)) ? COST.familiar : Infinity,
    words.some((word) => GENERATOR.has(word)) ? COST.ofGenerator : Infinity,
  )
  return { digits: Math.min(listed, other), hasCommonWords: listed <= other && listed < Infinity }
}
