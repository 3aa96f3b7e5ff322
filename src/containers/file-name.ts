import { commonNameOf, firstNameOf, lastText } from '../x509/calling-name.ts'
import type { Certificate } from '../x509/certificate.ts'
import { isSelfIssued } from '../x509/roles.ts'
import { serialOf } from '../x509/serial-number.ts'

const LONGEST = 40
/** Eight octets distinguish certificates of one issuer, and a reader can compare them. */
const SERIAL_DIGITS = 16

/**
 * Returns a file name that says what is inside: `issuer_subject_serial.kind.extension`, or `subject_…` if self-issued.
 * Letters and digits of every script are kept; everything else, which could confuse a shell, a path or a reader,
 * becomes a hyphen.
 */
export const exportFileName = (certificate: Certificate, kind: string, extension: string): string =>
  `${exportStem(certificate)}.${kind}.${extension}`

/** Returns the names at the start of it. */
export function exportStem(certificate: Certificate): string {
  const issuer = { subject: certificate.issuer, subjectAltName: null }
  const names = new Set(isSelfIssued(certificate) ? [] : [nameOf(issuer)]).add(nameOf(certificate))
  return [...names, serialOf(certificate).slice(0, SERIAL_DIGITS)].join('_')
}

/** The first name of the subject with characters other than hyphens. */
function nameOf(certificate: Pick<Certificate, 'subject' | 'subjectAltName'>): string {
  const texts = [commonNameOf(certificate), firstNameOf(certificate), lastText(certificate.subject)]
  return texts.map((text) => sanitize(text ?? '')).find((text) => text !== '') ?? 'unnamed'
}

export function sanitize(text: string): string {
  const kept = text.normalize('NFC').replace(/(?:[^\p{L}\p{N}.]|\p{Default_Ignorable_Code_Point})+/gu, '-')
  return Array.from(kept)
    .slice(0, LONGEST)
    .join('')
    .replace(/^[-.]+|[-.]+$/g, '')
}

/** Returns the name of a scheduled list: first day, authority, number. */
export const listFileName = (
  name: string,
  { thisUpdate, number }: { readonly thisUpdate: Date; readonly number: string | null },
): string => `${thisUpdate.toISOString().slice(0, 10)}_${sanitize(name) || 'list'}_${number ?? 'list'}.crl`
