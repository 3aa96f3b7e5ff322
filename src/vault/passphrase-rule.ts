/**
 * The rule for a passphrase that guards a CA: long, and none of those an attacker tries first. The one rule for vaults,
 * keys with a passphrase of their own, backups, and files that hold a CA's key.
 */
import { isCommon } from './common.ts'
import { isRow, rowsIn } from './keyboard-rows.ts'
import { plainFormsOf, reversed } from './plain-forms.ts'
import { strengthOf } from './strength.ts'
import { WORDS } from './words.ts'

export const PASSPHRASE_MINIMUM = 12
const FEWEST_WORDS = 5
/** As many guesses as so many digits have, or characters that belong to nothing. */
const LEAST_STRENGTH = 10
/** More characters than this must remain once keyboard rows and dates are removed. */
const TOO_LITTLE = 3
/** No more characters are looked at. */
const LONGEST = 512
/** Of fewer letters alone nothing is said. */
const FEWEST_LETTERS = 8
/** With more kinds of signs, they do not just separate. */
const KINDS_OF_SEPARATORS = 2
/** Longer units that repeat are long enough by themselves. */
const LONGEST_UNIT = 64

type PassphraseWeakness = 'repeated' | 'row' | 'number' | 'listed' | 'common' | 'guessable'

/** Returns why it is refused; null if it is not. */
export function faultOf(passphrase: string): 'short' | PassphraseWeakness | null {
  const words = passphrase
    .trim()
    .toLowerCase()
    .split(/[\s\p{P}]+/u)
  if (areNeighbours(words)) return 'listed'
  if (isOfGenerator(words)) return null
  const characters = Array.from(passphrase.normalize('NFC').toLowerCase()).slice(0, LONGEST)
  if (characters.length < PASSPHRASE_MINIMUM) return 'short'
  const text = characters.join('')
  const forms = [text, ...withoutSeparators(text)]
  if (forms.some(isRepeated)) return 'repeated'
  if (forms.some((text) => restWithoutRows(text) <= TOO_LITTLE)) return 'row'
  if (restWithoutNumbers(text) <= TOO_LITTLE) return 'number'
  if (forms.some(isCommon)) return 'common'
  const { digits, hasCommonWords } = strengthOf(text)
  if (digits < LEAST_STRENGTH) return hasCommonWords ? 'common' : 'guessable'
  return forms.some((text) => isRepeated(withoutNumber(text))) ? 'repeated' : null
}

const withoutSeparators = (passphrase: string): string[] =>
  plainFormsOf(passphrase)
    .filter(({ text, signs }) => signs <= KINDS_OF_SEPARATORS && text.length >= FEWEST_LETTERS)
    .map(({ text }) => text)

/** Without a year or another short number at either end. */
const withoutNumber = (text: string): string => {
  const rest = text.replace(/^\d{1,4}(?!\d)|(?<!\d)\d{1,4}$/g, '')
  return rest.length >= FEWEST_LETTERS ? rest : text
}

/** Fewer characters protect a file as little as none. */
const FILE_MINIMUM = 8
const LEAST_FOR_FILE = 6

/** Whether a file under this passphrase is as good as plain: too short, a common password, or guessed in a moment. */
export function isWorthless(passphrase: string): boolean {
  const characters = Array.from(passphrase.normalize('NFC'))
  if (characters.length < FILE_MINIMUM) return true
  return isCommon(passphrase) || strengthOf(passphrase).digits < LEAST_FOR_FILE
}

/** Words from the generator's list, at least as many as it suggests, and not the same few repeated. */
const isOfGenerator = (words: readonly string[]): boolean =>
  words.length >= FEWEST_WORDS &&
  new Set(words).size >= FEWEST_WORDS - 1 &&
  words.every((word) => PLACES.has(word))

const PLACES: ReadonlyMap<string, number> = new Map(WORDS.map((word, at) => [word, at]))

/** Words of the generator of which most are next to the one before in its list, or repeat it. */
function areNeighbours(words: readonly string[]): boolean {
  const places = words.map((word) => PLACES.get(word) ?? NaN)
  const beside = places.filter((place, i) => i > 0 && Math.abs(place - places[i - 1]!) <= 1)
  return words.length >= 3 && 2 * beside.length > words.length - 1
}

/** Few different characters, or one unit repeated, the last repetition possibly cut short, or once backwards. */
function isRepeated(text: string): boolean {
  const characters = Array.from(text)
  if (new Set(characters).size < 4 || text === reversed(text)) return true
  const longest = Math.min(LONGEST_UNIT, Math.floor(characters.length / 2))
  for (let unit = 1; unit <= longest; unit++)
    if (characters.every((character, i) => i < unit || character === characters[i - unit])) return true
  return false
}

/** Counts the characters outside runs of three neighbours on a keyboard, in the alphabet or among the digits. */
function restWithoutRows(text: string): number {
  const characters = Array.from(text)
  const inRow = new Set<number>()
  const mark = (at: number, length: number): void => {
    for (let i = at; i < at + length; i++) inRow.add(i)
  }
  for (let i = 0; i + 3 <= characters.length; i++) {
    if (isRow(characters.slice(i, i + 3).join(''))) mark(i, 3)
    const six = characters.slice(i, i + 6)
    if (six.length === 6 && rowsIn(six.join('')) !== null) mark(i, 6)
  }
  return characters.length - inRow.size
}

const MONTHS =
  /jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?/g

/** Counts the characters that are neither part of a number or date nor separators within it. */
const restWithoutNumbers = (text: string): number =>
  Array.from(text.replace(MONTHS, '').replace(/[\p{N}\p{P}\p{Z}\p{S}]/gu, '')).length
