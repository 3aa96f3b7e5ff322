/**
 * The common passwords as a Bloom filter over their stems, without the characters people add around them: none is
 * missed, and one in a hundred other words is a false positive. `tools/common-passwords.ts` makes the data.
 */
import { fromBase64 } from '../octets.ts'
import { COMMON } from './common-data.ts'

const HASHES = 7
/** Length of the longest stem in the filter; a longer one is not common. */
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

/** Lower case, with non-letters at both ends removed and digits that imitate letters read as those letters. */
export function stemOf(password: string): string {
  const letters = /[a-z]/
  const characters = Array.from(password.toLowerCase())
  const first = characters.findIndex((character) => letters.test(character))
  const last = characters.findLastIndex((character) => letters.test(character))
  const inner = characters.slice(Math.max(0, first), last + 1).filter((character) => character !== ' ')
  return inner.map((character) => (Object.hasOwn(LEET, character) ? LEET[character]! : character)).join('')
}

/** Whether it is a listed password, or nothing but one with the usual characters added around it. */
export function isCommon(passphrase: string): boolean {
  const stem = stemOf(passphrase)
  if (!isListable(stem)) return false
  const bits = decoded()
  return placesOf(stem, 8 * bits.length).every((place) => (bits[place >> 3]! >> (place & 7)) & 1)
}

export const isListable = (stem: string): boolean => stem.length >= SHORTEST && stem.length <= LONGEST

/** Returns the positions of its bits in a filter of `size` bits. */
export function placesOf(stem: string, size: number): number[] {
  const [one, other] = [hashOf(stem, 0x811c9dc5), hashOf(stem, 0x1b873593) | 1]
  return Array.from({ length: HASHES }, (_, i) => (one + Math.imul(i, other)) >>> 0).map(
    (hash) => hash % size,
  )
}

/** FNV-1a over the characters, with MurmurHash3's final mix. */
function hashOf(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

let bitsOnce: Uint8Array | null = null
const decoded = (): Uint8Array => (bitsOnce ??= fromBase64(COMMON)!)
