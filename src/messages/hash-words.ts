/** A hash in the words that people read aloud and compare (`en-1`), the same in every language. */
import { ODD_WORDS } from './odd-words.ts'
import { SEAL_WORDS } from './seal-words.ts'

/** Returns a word for each octet: 32 for SHA-256. */
export const hashWords = (octets: Uint8Array): string[] =>
  Array.from(octets, (octet, i) => (i % 2 === 0 ? SEAL_WORDS : ODD_WORDS)[octet]!)

/** The file `words.txt` of a record: a word a line, the 256 for even places first. */
export const wordsText = (): string => [...SEAL_WORDS, ...ODD_WORDS].map((word) => `${word}\n`).join('')
