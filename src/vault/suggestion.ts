import { random } from '../webcrypto/seal.ts'
import { WORDS } from './words.ts'

const BITS_PER_WORD = Math.log2(WORDS.length)
export const FEWEST_WORDS = 5

/** Returns random words and their bits of entropy; never fewer than five words. */
export function suggestPassphrase(count: number): { words: string; entropyBits: number } {
  const many = Math.max(FEWEST_WORDS, Math.min(24, Math.floor(count)))
  const octets = random(2 * many)
  const view = new DataView(octets.buffer)
  // 65,536 is a multiple of the list's length, so no word is likelier than another.
  const words = Array.from({ length: many }, (_, index) => WORDS[view.getUint16(2 * index) % WORDS.length])
  return { words: words.join(' '), entropyBits: Math.floor(many * BITS_PER_WORD) }
}
