/** The words for a hash that is read aloud in full. Written for this page only; the lists are data that both pages share. */
import { ODD_WORDS } from '../src/messages/odd-words.ts'
import { SEAL_WORDS } from '../src/messages/seal-words.ts'

/** Returns a word for each octet, from two lists by turns. */
export function allWordsOf(sha256: Uint8Array): string[] {
  const words: string[] = []
  sha256.forEach((octet, i) => words.push((i % 2 === 0 ? SEAL_WORDS : ODD_WORDS)[octet]!))
  return words
}

/** Returns all words of a hash, in lines of `length`. */
export function wordLines(sha256: Uint8Array, length: number): string[] {
  const words = allWordsOf(sha256)
  const lines: string[] = []
  for (let at = 0; at < words.length; at += length) lines.push(words.slice(at, at + length).join(' '))
  return lines
}
