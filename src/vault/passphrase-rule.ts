/**
 * The rule for a passphrase that guards a CA: long, and none of those an attacker tries first. The one rule for vaults,
 * keys with a passphrase of their own, backups, and files that hold a CA's key.
 */
import { WORDS } from './words.ts'

export const PASSPHRASE_MINIMUM = 12
const FEWEST_WORDS = 5
/** More characters than this must remain once keyboard rows and dates are removed. */
const TOO_LITTLE = 3
/** Longer units that repeat are long enough by themselves. */
const LONGEST_UNIT = 64

export type PassphraseFault = 'short' | 'repeated' | 'row' | 'number'

/** Returns why its form is refused; null if it is not. */
export function faultOfForm(passphrase: string): PassphraseFault | null {
  if (isOfGenerator(passphrase)) return null
  const characters = Array.from(passphrase.normalize('NFC').toLowerCase())
  if (characters.length < PASSPHRASE_MINIMUM) return 'short'
  if (isRepeated(characters)) return 'repeated'
  if (restWithoutRows(characters) <= TOO_LITTLE) return 'row'
  return restWithoutNumbers(characters.join('')) <= TOO_LITTLE ? 'number' : null
}

/** Words from the generator's list, at least as many as it suggests, and not the same few repeated. */
export function isOfGenerator(passphrase: string): boolean {
  const words = passphrase.trim().split(/ +/)
  return words.length >= FEWEST_WORDS && new Set(words).size >= FEWEST_WORDS - 1 && words.every(isWord)
}

const known = new Set(WORDS)
const isWord = (word: string): boolean => known.has(word)

/** Few different characters, or one unit repeated, the last repetition possibly cut short. */
function isRepeated(characters: readonly string[]): boolean {
  if (new Set(characters).size < 4) return true
  const longest = Math.min(LONGEST_UNIT, Math.floor(characters.length / 2))
  for (let unit = 1; unit <= longest; unit++)
    if (characters.every((character, i) => i < unit || character === characters[i - unit])) return true
  return false
}

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'qsdfghjklm',
  'zxcvbnm',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '!@#$%^&*()',
  '!"§$%&/()=',
].flatMap((row) => [row, Array.from(row).toReversed().join('')])

/** Counts the characters outside runs of three neighbours on a keyboard, in the alphabet or among the digits. */
function restWithoutRows(characters: readonly string[]): number {
  const inRow = new Set<number>()
  for (let i = 0; i + 3 <= characters.length; i++) {
    const three = characters.slice(i, i + 3).join('')
    if (ROWS.some((row) => row.includes(three))) for (const at of [i, i + 1, i + 2]) inRow.add(at)
  }
  return characters.length - inRow.size
}

const MONTHS =
  /jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?/g

/** Counts the characters that are neither part of a number or date nor separators within it. */
const restWithoutNumbers = (text: string): number =>
  Array.from(text.replace(MONTHS, '').replace(/[\p{N}\p{P}\p{Z}\p{S}]/gu, '')).length
