/**
 * One holder's share of a quorum as sixteen words of the list in `words.ts`, ten bits each:
 *
 *   set (10) · holder (4) · secret (128) · checksum (18)
 *
 * The first word is the same for all shares of a set. The checksum is the first bits of SHA-256 over the label below and
 * the 142 bits before it, right-aligned in 18 octets. The words themselves, in lower case with single spaces, are what
 * keys are derived from and what is hashed for the record, so that other programs need nothing but the words.
 */
import { CodedError } from '../../errors.ts'
import { bigIntOf, concat, utf8 } from '../../octets.ts'
import { random, sha256, type Bytes } from '../../webcrypto/seal.ts'
import { WORDS } from '../words.ts'

export const SHARE_WORDS = 16
/** Names the list of words: another list gets another name. */
const LIST = 'en1'
const BITS = { word: 10n, holder: 4n, secret: 128n, check: 18n } as const
const CHECKED_OCTETS = 18
/** Crockford's base 32: nothing in it is taken for something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS_OF_SET = 8
const LONGEST_TEXT = 2_000
const FIRST_LINE = 'ROOTCELLAR SHARE 1'
const NUMBERS = new Map(WORDS.map((word, number) => [word, number]))

/** What one holder has. `holder` counts from 1. */
export interface Share {
  readonly setId: string
  readonly holder: number
  readonly words: string
}

/** A share as it was typed or read: its own words name the set by one word alone, a file by its whole id. */
export interface TypedShare {
  readonly setWord: string
  readonly setId: string | null
  readonly holder: number
  readonly words: string
}

/** A word that was typed; `nearest`: what may be meant, where it is not on the list. */
export interface TypedWord {
  readonly isKnown: boolean
  readonly nearest: string | null
}

/** Returns an id for a new set: the list of words, and forty random bits. */
export function newSetId(): string {
  const letters = Array.from(random(LETTERS_OF_SET), (octet) => LETTERS[octet % LETTERS.length]!)
  return `${LIST}-${letters.join('')}`
}

export const isSetId = (text: unknown): text is string =>
  typeof text === 'string' && new RegExp(`^${LIST}-[${LETTERS}]{${String(LETTERS_OF_SET)}}$`).test(text)

/** The first word of each share of a set. */
export function setWordOf(setId: string): string {
  const [first, second] = setId.slice(LIST.length + 1)
  return WORDS[LETTERS.indexOf(first!) * LETTERS.length + LETTERS.indexOf(second!)]!
}

/** Returns a new share with 128 random bits. */
export async function newShare(setId: string, holder: number): Promise<Share> {
  const secret = random(Number(BITS.secret) / 8)
  const front = (BigInt(NUMBERS.get(setWordOf(setId))!) << BITS.holder) | BigInt(holder)
  const checked = (front << BITS.secret) | bigIntOf(secret)
  secret.fill(0)
  const all = (checked << BITS.check) | (await checksumOf(checked))
  const words = Array.from({ length: SHARE_WORDS }, (_, place) => WORDS[wordAt(all, place)]!)
  return { setId, holder, words: words.join(' ') }
}

/**
 * Reads a share from its words, numbered or not, or from the text of `shareText`. Rejects with 'share-text-invalid',
 * 'share-words-count', 'share-word-unknown' and 'share-mistyped'; no error holds a word of it.
 */
export async function readShare(text: string): Promise<TypedShare> {
  if (text.length > LONGEST_TEXT) throw new CodedError('share-text-invalid', { line: 1 })
  const file = text.trimStart().startsWith(FIRST_LINE) ? fileOf(text) : { setId: null, words: text }
  const words = wordsIn(file.words)
  const { holder, setWord } = await partsOf(words)
  return { setWord, setId: file.setId, holder, words: words.join(' ') }
}

/** The share as a text for a file or a QR code. */
export const shareText = ({ setId, holder, words }: Share, of: number, threshold: number): string =>
  `${FIRST_LINE}\nset ${setId}\nholder ${String(holder)} of ${String(of)}, ${String(threshold)} open it\n${words}\n`

/** Says of each word that was typed whether it is on the list. */
export const typedWords = (text: string): readonly TypedWord[] =>
  text.length > LONGEST_TEXT || text.trimStart().startsWith(FIRST_LINE)
    ? []
    : wordsIn(text).map((word) =>
        NUMBERS.has(word) ? { isKnown: true, nearest: null } : { isKnown: false, nearest: nearestTo(word) },
      )

/** In lower case, without numbers and signs between them. */
const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []

function fileOf(text: string): { setId: string; words: string } {
  const lines = text.trim().split(/\r?\n/)
  const invalid = (line: number) => new CodedError('share-text-invalid', { line })
  if (lines[0]?.trim() !== FIRST_LINE) throw invalid(1)
  const setId = /^set (\S+)\s*$/.exec(lines[1] ?? '')?.[1]
  if (!isSetId(setId)) throw invalid(2)
  if (!/^holder [1-9] of [2-9], [2-9] open it\s*$/.test(lines[2] ?? '')) throw invalid(3)
  return { setId, words: lines.slice(3).join(' ') }
}

async function partsOf(words: readonly string[]): Promise<Pick<TypedShare, 'setWord' | 'holder'>> {
  const unknown = words.findIndex((word) => !NUMBERS.has(word))
  if (unknown !== -1) throw new CodedError('share-word-unknown', { place: unknown + 1 })
  if (words.length !== SHARE_WORDS)
    throw new CodedError('share-words-count', { found: words.length, expected: SHARE_WORDS })
  const all = words.reduce((sum, word) => (sum << BITS.word) | BigInt(NUMBERS.get(word)!), 0n)
  const checked = all >> BITS.check
  const holder = Number((checked >> BITS.secret) & 15n)
  const isWhole = (all & ((1n << BITS.check) - 1n)) === (await checksumOf(checked))
  if (!isWhole || holder < 1 || holder > 9) throw new CodedError('share-mistyped', null)
  return { setWord: words[0]!, holder }
}

async function checksumOf(checked: bigint): Promise<bigint> {
  const octets = Uint8Array.from({ length: CHECKED_OCTETS }, (_, place) =>
    Number((checked >> BigInt(8 * (CHECKED_OCTETS - 1 - place))) & 255n),
  )
  const hash: Bytes = await sha256(concat([utf8(`rootcellar share ${LIST}`), octets]))
  octets.fill(0)
  return bigIntOf(hash.subarray(0, 3)) >> (24n - BITS.check)
}

const wordAt = (all: bigint, place: number): number =>
  Number((all >> (BITS.word * BigInt(SHARE_WORDS - 1 - place))) & ((1n << BITS.word) - 1n))

/** Typing mistakes are one letter, or two that changed places. */
const FARTHEST = 2

function nearestTo(typed: string): string | null {
  let best = { word: null as string | null, distance: FARTHEST + 1 }
  for (const word of WORDS) {
    if (Math.abs(word.length - typed.length) > FARTHEST) continue
    const distance = distanceOf(word, typed)
    if (distance < best.distance) best = { word, distance }
  }
  return best.word
}

/** How many letters are changed, added or left out (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < other.length; j++)
      next.push(Math.min(row[j]! + (one[i] === other[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1))
    row = next
  }
  return row[other.length]!
}
