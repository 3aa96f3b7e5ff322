/** Names as OpenSSL prints them, compared with those of certificates. */
import { utf8, strictUtf8 } from '../../octets.ts'
import { attributeOidOf, type Name } from '../../x509/name.ts'
import { prepare } from '../../x509/name-matching.ts'

/** Longer names are compared with nothing. */
const LONGEST = 4096

/**
 * Returns what tells a printed name apart; null if it is not one. It may have been printed with `-nameopt` in either order,
 * with quotes or backslashes, or with slashes as OpenSSL 1.0 did.
 */
export function printedNameKey(text: string): string | null {
  if (text.length > LONGEST) return null
  const parts = text.startsWith('/') ? slashed(text) : separated(text)
  const pairs = parts.map(pairOf)
  return pairs.length === 0 || pairs.includes(null) ? null : eitherWay(pairs as string[])
}

/** Returns the same of a certificate's name. */
export const nameKeyAsPrinted = ({ rdns }: Name): string =>
  eitherWay(rdns.flat().map(({ oid, text, value }) => `${oid}=${prepare(text ?? strictUtf8(value) ?? '')}`))

/** The parts of a multi-valued RDN have no order, and the whole may be printed from either end. */
const eitherWay = (pairs: readonly string[]): string => JSON.stringify([...pairs].sort())

const slashed = (text: string): string[] =>
  text.slice(1).split(/\/(?=[A-Za-z][A-Za-z0-9.]{0,60}=|\d[\d.]{0,60}=)/)

/** Splits at commas and plus signs that are not within quotes, nor after a backslash. */
function separated(text: string): string[] {
  const parts: string[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '\\') at++
    else if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && (character === ',' || character === '+')) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return isQuoted ? [] : [...parts, text.slice(from)]
}

function pairOf(part: string): string | null {
  const at = part.indexOf('=')
  if (at < 1) return null
  const type = part.slice(0, at).trim()
  const oid = attributeOidOf(type)
  const value = unescaped(part.slice(at + 1).trim())
  return value === null ? null : `${oid ?? type}=${prepare(value)}`
}

const ESCAPE = /\\([0-9A-Fa-f]{2}|.)|"|[^\\"]+|\\/gsu

/** Octets above ASCII are printed in hexadecimal unless `-nameopt utf8` was given. */
function unescaped(text: string): string | null {
  const octets: number[] = []
  for (const [all, escaped] of text.matchAll(ESCAPE)) {
    if (all === '"') continue
    if (escaped?.length === 2 && /^[0-9A-Fa-f]{2}$/.test(escaped)) octets.push(Number.parseInt(escaped, 16))
    else octets.push(...utf8(escaped ?? all))
  }
  return strictUtf8(Uint8Array.from(octets))
}
