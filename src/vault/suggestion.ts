import { random } from '../webcrypto/seal.ts'
import { WORDS } from './words.ts'

const BITS_PER_WORD = Math.log2(WORDS.length)
export const FEWEST_WORDS = 5

interface Suggestion {
  readonly words: string
  readonly entropyBits: number
  /** Two places of words, from 0, asked for once they are written down. */
  readonly asked: readonly [number, number]
}

/**
 * Returns random words, no two of them the same, their bits of entropy and two of their places; never fewer than five
 * words. A word that is there twice could be refused as a repetition, and costs less than half a bit to leave out.
 */
export function suggestPassphrase(count: number): Suggestion {
  const many = Math.max(FEWEST_WORDS, Math.min(24, Math.floor(count)))
  const view = new DataView(random(2 * many + 4).buffer)
  // 65,536 is a multiple of the list's length, so no word is likelier than another.
  const words = Array.from({ length: many }, (_, index) => WORDS[view.getUint16(2 * index) % WORDS.length])
  if (new Set(words).size < many) return suggestPassphrase(count)
  // Nothing is protected by the places: that some are likelier by a thousandth does not matter.
  const first = view.getUint16(2 * many) % many
  const second = (first + 1 + (view.getUint16(2 * many + 2) % (many - 1))) % many
  return {
    words: words.join(' '),
    entropyBits: Math.round(many * BITS_PER_WORD),
    asked: first < second ? [first, second] : [second, first],
  }
}
