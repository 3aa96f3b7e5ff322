import type { FindingCode, FindingDetails } from '../../findings.ts'
import { number } from './format.ts'

/** What is wrong, with which certificate, and the value that mattered. One entry per code; a section per area. */
export const findings: { [C in FindingCode]: (detail: FindingDetails[C], certificate: string) => string } = {
  // x509/
  'der-named-bits-trailing-zeros': ({ oid }, certificate) =>
    `${certificate}: the named bits of ${oid} end in zero bits, which DER leaves out.`,
  'der-default-encoded': ({ field }, certificate) =>
    `${certificate}: ${field} is written out although it has its default value, which DER leaves out.`,
  'der-set-order': ({ field }, certificate) =>
    `${certificate}: the members of the SET in ${field} are not in DER order.`,
  'extension-unreadable': ({ oid, offset }, certificate) =>
    `${certificate}: the value of extension ${oid} cannot be read; the fault is at offset ${number(offset)}.`,
  'extension-repeated': ({ oid }, certificate) =>
    `${certificate}: extension ${oid} stands more than once; only the first is looked at.`,
  'rdn-empty': ({ field }, certificate) => `${certificate}: ${field} holds a name part with nothing in it.`,
  'string-type-broken': ({ field, oid, type }, certificate) =>
    `${certificate}: ${oid === '' ? 'a value' : `the value of ${oid}`} in ${field} holds characters that ${type} does not allow.`,
  'bit-string-not-octets': ({ field, unusedBits }, certificate) =>
    `${certificate}: ${field} leaves ${number(unusedBits)} bits of its last octet unused; it must be whole octets.`,
  // ca/, lint/
  // validate/
}

/** What would mend it, where that is known. Not exhaustive: a finding without an entry shows no advice. */
export const mends: { [C in FindingCode]?: (detail: FindingDetails[C], certificate: string) => string } = {
  // x509/
  'extension-unreadable': () =>
    'Have the certificate issued again by software that writes this extension as its standard says.',
  // ca/, lint/
  // validate/
}
