/** Certificates in the text of a header: nothing is taken for one that the strict reader does not read. */
import { Reader } from '../../der/reader.ts'
import { isCodedError, offsetOf } from '../../errors.ts'
import { fromBase64 } from '../../octets.ts'
import { parseCertificate, parseCertificateFrom } from '../../x509/certificate.ts'
import { notTooMany, refusal } from './fault.ts'
import type { Decoded } from './percent.ts'
import type { Slice } from './slice.ts'

const NOT_BASE64 = /[^A-Za-z0-9+/]/

/** Returns the octets of standard base64 with its padding (RFC 4648 §4), without white space. */
export function strictBase64({ text, offset }: Slice): Uint8Array {
  const signs = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const wrong = NOT_BASE64.exec(text.slice(0, text.length - signs))
  if (wrong) throw refusal('header-character', { offset: offset + wrong.index, character: wrong[0] })
  const octets = text.length % 4 === 0 ? fromBase64(text) : null
  if (!octets) throw refusal('header-cut', { offset: offset + text.length, missing: 'base64' })
  return octets
}

/** Returns the octets of one certificate; `offset` is where its text begins. */
export function oneCertificate(octets: Uint8Array, offset: number): Uint8Array {
  return read(offset, () => parseCertificate(octets).der.slice())
}

/** Returns each of the certificates that follow one another without anything between them. */
export function concatenated(octets: Uint8Array, offset: number): Uint8Array[] {
  const reader = new Reader(octets)
  const found: Uint8Array[] = []
  while (!reader.atEnd) {
    notTooMany('certificates', found.length + 1)
    found.push(read(offset, () => parseCertificateFrom(reader).der.slice()))
  }
  return found
}

function read<T>(offset: number, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!isCodedError(error)) throw error
    throw refusal('header-certificate', { offset, reason: error.code, at: offsetOf(error) })
  }
}

export const base64Certificate = (slice: Slice): Uint8Array =>
  oneCertificate(strictBase64(slice), slice.offset)

const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'
const BLANKS = /[ \t\r\n]+/g

/**
 * Returns the certificates of PEM whose lines may end in anything that is white space, as proxies write it into headers.
 * Nothing else may be around them.
 */
export function pemCertificates({ text, place }: Decoded): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = nextVisible(text, 0); at < text.length; at = nextVisible(text, at)) {
    notTooMany('certificates', found.length + 1)
    if (!text.startsWith(BEGIN, at))
      throw refusal('header-character', { offset: place(at), character: text[at]! })
    const start = at + BEGIN.length
    const end = endOfBody(text, start, place)
    found.push(oneCertificate(body(text, start, end, place), place(at)))
    at = end + END.length
  }
  return found
}

function endOfBody(text: string, start: number, place: Decoded['place']): number {
  const end = text.indexOf('-----', start)
  if (end >= 0 && text.startsWith(END, end)) return end
  if (end >= 0 && !END.startsWith(text.slice(end, end + END.length)))
    throw refusal('header-character', { offset: place(end), character: '-' })
  throw refusal('header-cut', { offset: place(text.length), missing: 'armour' })
}

function nextVisible(text: string, at: number): number {
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++
  return at
}

function body(text: string, start: number, end: number, place: Decoded['place']): Uint8Array {
  const lines = text.slice(start, end)
  const wrong = /[^A-Za-z0-9+/= \t\r\n]/.exec(lines)
  if (wrong) throw refusal('header-character', { offset: place(start + wrong.index), character: wrong[0] })
  return strictBase64({ text: lines.replace(BLANKS, ''), offset: place(start) })
}

/** Text in which nothing is encoded. */
export const asItIs = (slice: Slice): Decoded => ({
  text: slice.text,
  place: (index) => slice.offset + Math.min(index, slice.text.length),
})
