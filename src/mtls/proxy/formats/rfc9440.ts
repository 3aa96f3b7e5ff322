import { toBase64 } from '../../../octets.ts'
import { oneCertificate, strictBase64 } from '../certificates.ts'
import { notTooMany, refusal } from '../fault.ts'
import type { HeaderFormat, HeaderRow } from '../format.ts'
import { sliceOf, type Slice } from '../slice.ts'

const byteSequence = (der: Uint8Array): string => `:${toBase64(der)}:`

/** White space that a list may have around its commas (RFC 8941 §4.2.1), and any field at its ends. */
const BLANK = ' \t'
const skipBlank = ({ text }: Slice, at: number): number => {
  while (at < text.length && BLANK.includes(text[at]!)) at++
  return at
}

/** Reads one byte sequence (RFC 8941 §3.3.5) at an index; returns the certificate, and the index after it. */
function readSequence(value: Slice, at: number): { der: Uint8Array; next: number } {
  const { text, offset } = value
  if (at >= text.length) throw refusal('header-cut', { offset: offset + at, missing: 'colon' })
  if (text[at] !== ':') throw refusal('header-character', { offset: offset + at, character: text[at]! })
  const end = text.indexOf(':', at + 1)
  if (end < 0) throw refusal('header-cut', { offset: offset + text.length, missing: 'colon' })
  const der = oneCertificate(strictBase64(sliceOf(value, at + 1, end)), offset + at + 1)
  return { der, next: end + 1 }
}

/** Refuses anything after a value: no parameters are defined for these fields. */
function finished({ text, offset }: Slice, at: number): void {
  if (at < text.length) throw refusal('header-character', { offset: offset + at, character: text[at]! })
}

export function readItem(value: Slice): Uint8Array {
  const { der, next } = readSequence(value, skipBlank(value, 0))
  finished(value, skipBlank(value, next))
  return der
}

/** Reads a list of byte sequences (RFC 8941 §4.2.1); a comma at the end is an error. */
export function readList(value: Slice): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = skipBlank(value, 0); ;) {
    notTooMany('certificates', found.length + 1)
    const { der, next } = readSequence(value, at)
    found.push(der)
    const after = skipBlank(value, next)
    if (value.text[after] !== ',') {
      finished(value, after)
      return found
    }
    at = skipBlank(value, after + 1)
  }
}

export const certificateItem: Pick<HeaderRow, 'write' | 'read'> = {
  write: ({ client }) => byteSequence(client.certificate.der),
  read: (value) => [{ certificates: [readItem(value)], facts: [] }],
}
export const certificateList: Pick<HeaderRow, 'write' | 'read' | 'chain' | 'list'> = {
  chain: true,
  list: true,
  write: ({ chain }) => (chain.length === 0 ? null : chain.map(byteSequence).join(', ')),
  read: (value) => [{ certificates: readList(value), facts: [] }],
}

/** RFC 9440 §2: the client's certificate, and what it sent after it, in that order. */
export const rfc9440: HeaderFormat = {
  id: 'rfc9440',
  program: 'RFC 9440',
  versions: [],
  basis: 'documented',
  strips: 'default',
  names: 'fixed',
  rows: [
    { name: 'Client-Cert', variable: '', ...certificateItem },
    { name: 'Client-Cert-Chain', variable: '', ...certificateList },
  ],
  setting: '',
  stripping: '',
}
