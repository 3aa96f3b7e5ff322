/** Splits a file into its parts: each PEM block, or the file itself as DER. */
import type { Kind } from './read.ts'
import type { NotReadReason } from './not-read.ts'

export interface Block {
  readonly der: Uint8Array<ArrayBuffer>
  /** The kind in the label; null without one. */
  readonly kind: Kind | null
}
export type Part =
  { readonly block: Block } | { readonly notRead: NotReadReason } | { readonly damaged: string }

export const LARGEST_FILE = 16 * 1024 * 1024
/** What is read stays in memory, to be compared. */
export const MOST_OCTETS = 4 * LARGEST_FILE

const LABELS: Readonly<Record<string, Kind>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'CERTIFICATE REQUEST': 'request',
  'NEW CERTIFICATE REQUEST': 'request',
  'X509 CRL': 'list',
}

const BEGIN = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g

/** Returns every part of a file, in order; a damaged part is reported and hides no other. */
export function blocksOf(octets: Uint8Array<ArrayBuffer>): Part[] {
  if (octets.length > LARGEST_FILE) return [{ notRead: 'size' }]
  if (octets.length === 0) return [{ damaged: 'It is empty.' }]
  // All DER read here starts with a SEQUENCE, which is the digit 0 in ASCII: no PEM file starts with it.
  const text = new TextDecoder('latin1').decode(octets)
  const begins = [...text.matchAll(BEGIN)]
  if (octets[0] === 0x30 || begins.length === 0) return [{ block: { der: octets, kind: null } }]
  return begins.map((begin, i) =>
    pemPart(text.slice(begin.index + begin[0].length, begins[i + 1]?.index), begin[1]!),
  )
}

function pemPart(text: string, label: string): Part {
  if (label.endsWith('PRIVATE KEY')) return { notRead: 'privateKey' }
  const kind = LABELS[label]
  if (!kind)
    return label.includes('PKCS7') || label === 'CMS'
      ? { notRead: 'sealed' }
      : { damaged: `A block named “${label}” is none of the three kinds read here.` }
  const end = text.indexOf(`-----END ${label}-----`)
  if (end < 0) return { damaged: `A block named “${label}” has no end. Copy the whole of it.` }
  const der = fromBase64(text.slice(0, end))
  return der ? { block: { der, kind } } : { damaged: `What is in a block named “${label}” is not base64.` }
}

/** Returns the octets of base64 with any white space; null if it is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
