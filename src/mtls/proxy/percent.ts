/** Percent-encoding (RFC 3986 §2.1), in the variants that proxies write. */
import { hexOctet, strictUtf8, utf8 } from '../../octets.ts'
import { refusal } from './fault.ts'
import type { Slice } from './slice.ts'

export interface PercentStyle {
  /** Characters that stay as they are, as a class of a regular expression. */
  readonly kept: RegExp
  readonly lowerCase?: boolean
  /** A space becomes a plus sign, as in forms. */
  readonly plus?: boolean
}

/** Returns text in which everything but the kept characters is written as %XX of its UTF-8. */
export function percentEncode(text: string, { kept, lowerCase = false, plus = false }: PercentStyle): string {
  let out = ''
  for (const character of text)
    if (kept.test(character)) out += character
    else if (plus && character === ' ') out += '+'
    else
      for (const octet of utf8(character))
        out += `%${lowerCase ? hexOctet(octet) : hexOctet(octet).toUpperCase()}`
  return out
}

/** Decoded text, and where each of its octets was. */
export interface Decoded {
  readonly text: string
  /** Returns the place in what was pasted of a character of `text`, if that is ASCII up to there. */
  readonly place: (index: number) => number
}

const HEX = /^[0-9A-Fa-f]{2}$/

/** Decodes %XX; a plus sign stays one unless it is a form's. Refuses a sign without two digits, and what is not UTF-8. */
export function percentDecode({ text, offset }: Slice, { plus = false } = {}): Decoded {
  const octets: number[] = []
  const places: number[] = []
  const add = (values: Iterable<number>, at: number): void => {
    for (const value of values) {
      octets.push(value)
      places.push(offset + at)
    }
  }
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at)!)
    if (character === '%') {
      add([escaped(text, at, offset)], at)
      at += 3
      continue
    }
    add(utf8(plus && character === '+' ? ' ' : character), at)
    at += character.length
  }
  const decoded = strictUtf8(Uint8Array.from(octets))
  if (decoded === null) throw refusal('header-percent', { offset })
  return { text: decoded, place: (index) => places[index] ?? offset + text.length }
}

function escaped(text: string, at: number, offset: number): number {
  const digits = text.slice(at + 1, at + 3)
  if (HEX.test(digits)) return parseInt(digits, 16)
  if (digits.length < 2 && /^[0-9A-Fa-f]?$/.test(digits))
    throw refusal('header-cut', { offset: offset + text.length, missing: 'percent' })
  throw refusal('header-percent', { offset: offset + at })
}
