/**
 * The 10,000 most common passwords as stems, without the characters people add around them, in bands of how common
 * they are. `tools/common-passwords.ts` makes the data.
 */
import { COMMON } from './common-data.ts'
import { reversed } from './plain-forms.ts'

/** Where each band ends: 10², 10³ and 10⁴ guesses. */
export const BANDS = [100, 1_000, 10_000] as const
const LONGEST = 20
const SHORTEST = 4

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Reads a digit or sign that imitates a letter as that letter. */
export const withoutLeet = (character: string): string =>
  Object.hasOwn(LEET, character) ? LEET[character]! : character

/** Lower case, with non-letters at both ends removed and digits that imitate letters read as those letters. */
export function stemOf(password: string): string {
  const letters = /[a-z]/
  const characters = Array.from(password.toLowerCase())
  const first = characters.findIndex((character) => letters.test(character))
  const last = characters.findLastIndex((character) => letters.test(character))
  const inner = characters.slice(Math.max(0, first), last + 1).filter((character) => character !== ' ')
  return inner.map(withoutLeet).join('')
}

/** Whether it is a listed password, also backwards, or nothing but one with the usual characters added around it. */
export function isCommon(passphrase: string): boolean {
  const stem = stemOf(passphrase)
  return digitsOf(stem) !== null || digitsOf(reversed(stem)) !== null
}

/** Returns how many decimal digits the guesses have that reach this stem; null if it is not listed. */
export const digitsOf = (stem: string): number | null => listed().get(stem) ?? null

export const isListable = (stem: string): boolean => stem.length >= SHORTEST && stem.length <= LONGEST

/** Sorted, each without the letters it shares with the one before; their number comes first, as a letter. */
export function packedStems(stems: readonly string[]): string {
  let before = ''
  const packed = stems.toSorted().map((stem) => {
    let shared = 0
    while (shared < before.length && stem[shared] === before[shared]) shared++
    before = stem
    return String.fromCharCode(65 + shared) + stem.slice(shared)
  })
  return packed.join(' ').replaceAll(/[\\']/g, '\\$&')
}

function unpacked(band: string): string[] {
  let before = ''
  return band
    .split(' ')
    .map((packed) => (before = before.slice(0, packed.charCodeAt(0) - 65) + packed.slice(1)))
}

let once: Map<string, number> | null = null
const listed = (): Map<string, number> =>
  (once ??= new Map(COMMON.flatMap((band, i) => unpacked(band).map((stem) => [stem, i + 2] as const))))
