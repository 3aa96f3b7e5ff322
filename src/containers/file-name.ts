import type { Certificate } from '../x509/certificate.ts'
import type { Name } from '../x509/name.ts'
import { serialOf } from '../x509/serial-number.ts'

const COMMON_NAME = '2.5.4.3'
const LONGEST = 40
/** Eight octets tell certificates of one issuer apart, and a reader can compare them. */
const SERIAL_DIGITS = 16

/**
 * A file name that says what is inside: `issuer_subject_serial.kind.extension`, or `subject_…` of what signed itself. Letters and digits of every
 * script stay; all else, what a shell, a path or a reader's eye could trip over, becomes a hyphen.
 */
export function exportFileName(certificate: Certificate, kind: string, extension: string): string {
  const names = new Set([nameOf(certificate.issuer), nameOf(certificate.subject)])
  return `${[...names, serialOf(certificate).slice(0, SERIAL_DIGITS)].join('_')}.${kind}.${extension}`
}

/** The last common name, or the last attribute that is text: people call a certificate so. */
function nameOf(name: Name): string {
  const texts = name.rdns.flat().filter(({ text }) => text !== null && text.trim() !== '')
  const called = texts.findLast(({ oid }) => oid === COMMON_NAME) ?? texts.at(-1)
  return sanitize(called?.text ?? '') || 'unnamed'
}

export function sanitize(text: string): string {
  const kept = text.normalize('NFC').replace(/[^\p{L}\p{N}.]+/gu, '-')
  return Array.from(kept)
    .slice(0, LONGEST)
    .join('')
    .replace(/^[-.]+|[-.]+$/g, '')
}
