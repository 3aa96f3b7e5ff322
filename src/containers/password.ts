import { bmpPassword } from './legacy/key-derivation.ts'
import { utf8 } from '../octets.ts'

/** A password in the forms that the schemes use: characters, and for PKCS#12 the octets of RFC 7292 §B.1. */
export interface Password {
  readonly text: string
  readonly bmp: Uint8Array
}

export const passwordOf = (text: string): Password => ({ text, bmp: bmpPassword(text) })

/** As typed, in NFC and in NFD: which one is right depends on the program that wrote the file. */
export const spellings = (text: string): string[] => [
  ...new Set([text, text.normalize('NFC'), text.normalize('NFD')]),
]

/** Old files have few iterations; forms that only old tools wrote are not worth many. */
const FEW_ROUNDS = 100_000

/**
 * Returns every form of a password that a PKCS#12 may have been written with. "No password" is two zeros or no octets
 * at all; OpenSSL before 1.1.0 used each octet of UTF-8 as a character.
 */
export function pkcs12Passwords(text: string, iterations: number): Password[] {
  if (text === '') return [passwordOf(text), { text, bmp: new Uint8Array() }]
  const forms = spellings(text).map(passwordOf)
  if (iterations > FEW_ROUNDS || /^[\0-\x7f]*$/.test(text)) return forms
  return [...forms, ...spellings(text).map((each) => ({ text: each, bmp: bmpPassword(octetsAsText(each)) }))]
}

const octetsAsText = (text: string): string => String.fromCharCode(...utf8(text))
