import type { LIST_ROWS } from '../../findings/list.ts'
import type { SentencesOf } from '../words-of.ts'
import { reasonInWords } from './crl-reasons.ts'
import { moment, number } from './format.ts'

const PARAMETERS = { NULL: 'NULL', absent: 'left out', present: 'present' } as const
const entry = (serialNumber: string): string => `the entry for serial number ${serialNumber}`

/** What is wrong with a revocation list, named by the certificate it covers, as in findings.ts. */
export const listSentences: SentencesOf<typeof LIST_ROWS> = {
  'crl-signature-algorithm-parameters': ({ expected }, certificate) =>
    `${certificate}: in a revocation list of its issuer the parameters of the signature algorithm must be ${PARAMETERS[expected]}.`,
  'crl-version-unknown': ({ version }, certificate) =>
    `${certificate}: a revocation list of its issuer is of version ${number(version)}, which does not exist.`,
  'crl-scope-empty': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer has an issuingDistributionPoint that limits nothing; that extension must be left out.`,
  'crl-entries-empty': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer has an empty list of entries; the field must be left out.`,
  'crl-number-negative': ({ field }, certificate) =>
    `${certificate}: ${field} of a revocation list of its issuer is negative.`,
  'crl-number-too-long': ({ octets }, certificate) =>
    `${certificate}: the number of a revocation list of its issuer has ${number(octets)} octets; programs must read at most 20.`,
  'crl-dates-reversed': ({ thisUpdate, nextUpdate }, certificate) =>
    `${certificate}: a revocation list of its issuer ends on ${moment(nextUpdate)}, before it begins on ${moment(thisUpdate)}.`,
  'crl-uri': ({ extension, uri }, certificate) =>
    `${certificate}: “${uri}” in ${extension} of a revocation list of its issuer is not a usable address.`,
  'crl-entry-imperfect': ({ serialNumber, offset, more }, certificate) =>
    `${certificate}: in a revocation list of its issuer, ${entry(serialNumber)} has a date or an extension that cannot be read or occurs twice, at offset ${number(offset)}${more > 0 ? `, and so have ${number(more)} more` : ''}; it counts as revoked without that.`,
  'crl-entry-repeated': ({ serialNumber }, certificate) =>
    `${certificate}: a revocation list of its issuer names serial number ${serialNumber} twice.`,
  'crl-entry-after-list': ({ revocationDate, thisUpdate }, certificate) =>
    `${certificate}: a revocation list of its issuer is of ${moment(thisUpdate)} and holds a revocation of ${moment(revocationDate)}, which is later.`,
  'crl-entry-long-ago': ({ revocationDate }, certificate) =>
    `${certificate}: a revocation list of its issuer holds a revocation of ${moment(revocationDate)}, before such lists existed.`,
  'crl-entry-criticality': ({ serialNumber }, certificate) =>
    `${certificate}: in a revocation list of its issuer, ${entry(serialNumber)} has an extension with the wrong criticality; only certificateIssuer is critical.`,
  'crl-entry-reason-unspecified': ({ serialNumber }, certificate) =>
    `${certificate}: in a revocation list of its issuer, ${entry(serialNumber)} gives the reason “unspecified”, which should be left out instead.`,
  'br-crl-aki-issuer-and-serial': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer names the issuer’s certificate by name and serial number, which public CAs must not do.`,
  'br-crl-too-long': ({ days, limit }, certificate) =>
    `${certificate}: a revocation list of its issuer is in force for ${number(days)} days; for a public CA the limit is ${number(limit)}.`,
  'br-crl-reason': ({ serialNumber, reason }, certificate) =>
    `${certificate}: in a revocation list of its issuer, ${entry(serialNumber)} gives the reason “${reasonInWords(reason)}”, which public CAs must not give.`,
}

const REISSUE =
  'Ask the CA to sign its lists again with software that follows RFC 5280; what this list names is revoked anyway.'

/** How to fix it. */
export const listFixes: { readonly [C in keyof typeof LIST_ROWS]: () => string } = {
  'crl-signature-algorithm-parameters': () => REISSUE,
  'crl-version-unknown': () => REISSUE,
  'crl-scope-empty': () => REISSUE,
  'crl-entries-empty': () => REISSUE,
  'crl-number-negative': () => REISSUE,
  'crl-number-too-long': () => REISSUE,
  'crl-dates-reversed': () => REISSUE,
  'crl-uri': () => REISSUE,
  'crl-entry-imperfect': () => REISSUE,
  'crl-entry-repeated': () => REISSUE,
  'crl-entry-after-list': () => 'Ask the CA whether its clock or the entry is wrong.',
  'crl-entry-long-ago': () => 'Ask the CA for the date; it matters only for validating old signatures.',
  'crl-entry-criticality': () => REISSUE,
  'crl-entry-reason-unspecified': () => REISSUE,
  'br-crl-aki-issuer-and-serial': () => 'For a private CA this does not matter.',
  'br-crl-too-long': () =>
    'For a private CA this is its own choice; a public one signs a new list at least every seven days.',
  'br-crl-reason': () => 'For a private CA this does not matter.',
}
