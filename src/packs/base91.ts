import { utf8 } from '../octets.ts'

/**
 * Octets as text that any HTML file may hold: 13 bits in two of 91 characters, 8 % shorter than base64.
 */
const ALPHABET = Array.from({ length: 94 }, (_, place) => String.fromCharCode(0x21 + place))
  // What HTML gives a meaning.
  .filter((letter) => !'"&<'.includes(letter))
const BASE = ALPHABET.length
const VALUE = new Int8Array(256).fill(-1)
for (const [value, letter] of ALPHABET.entries()) VALUE[letter.charCodeAt(0)] = value

const PAIR = 13
/** Of a last character on its own. */
const SINGLE = 6

function lettersOf(octets: number): number {
  const rest = (8 * octets) % PAIR
  return 2 * Math.floor((8 * octets) / PAIR) + (rest === 0 ? 0 : rest <= SINGLE ? 1 : 2)
}

export function toBase91(octets: Uint8Array): string {
  const out: string[] = []
  let [bits, held] = [0, 0]
  const pair = (): void => {
    out.push(ALPHABET[Math.floor(bits / BASE)]!, ALPHABET[bits % BASE]!)
  }
  for (const octet of octets) {
    const free = PAIR - held
    if (free > 8) {
      bits = (bits << 8) | octet
      held += 8
    } else {
      const left = 8 - free
      bits = (bits << free) | (octet >> left)
      pair()
      bits = octet & ((1 << left) - 1)
      held = left
    }
  }
  if (held > SINGLE) {
    bits <<= PAIR - held
    pair()
  } else if (held > 0) out.push(ALPHABET[bits << (SINGLE - held)]!)
  return out.join('')
}

/** Returns null for what toBase91 does not write. The page waits for it: nothing is allocated or called per letter. */
export function fromBase91(text: string): Uint8Array<ArrayBuffer> | null {
  // Octets of a letter beyond ASCII have no value.
  const letters = utf8(text)
  const pairs = letters.length >> 1
  const out = new Uint8Array((pairs * PAIR + (letters.length & 1) * SINGLE) >> 3)
  let [bits, held, length] = [0, 0, 0]
  for (let at = 0; at < letters.length; at += 2) {
    const isPair = at + 1 < letters.length
    const width = isPair ? PAIR : SINGLE
    const high = VALUE[letters[at]!]!
    const low = isPair ? VALUE[letters[at + 1]!]! : 0
    const value = isPair ? high * BASE + low : high
    if (high < 0 || low < 0 || value >= 1 << width) return null
    bits = (bits << width) | value
    for (held += width; held >= 8;) {
      held -= 8
      out[length++] = bits >> held
    }
    bits &= (1 << held) - 1
  }
  return bits === 0 && letters.length === lettersOf(out.length) ? out : null
}
