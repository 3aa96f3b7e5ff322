import type { FindingCode } from '../findings.ts'
import type { Place } from './rule.ts'

type Places = readonly Place[]

/** Places at which a finding about the certificate itself refuses a path, by profile; none where it only tells. */
export interface Refusal {
  readonly path?: Places
  readonly rfc5280?: Places
  readonly webpki?: Places
}

const EVERYWHERE: Places = ['anchor', 'ca', 'target']
const BELOW_ANCHOR: Places = ['ca', 'target']
const TARGET: Places = ['target']
const ANCHOR: Places = ['anchor']

const always: Refusal = { path: BELOW_ANCHOR, rfc5280: EVERYWHERE, webpki: EVERYWHERE }
const webpki = (places: Places): Refusal => ({ webpki: places })

/**
 * One column per profile and place. Severity is the rule's own and stands in FINDINGS; this table says whether a path
 * falls with it. What a path falls with in any profile (dates, signatures, constraints) is the path's own affair.
 */
export const REFUSALS: { readonly [C in FindingCode]?: Refusal } = {
  // x509/: two widely trusted roots break DER's rules above TLV; below the anchor they are refused where §4 is asked for.
  'der-named-bits-trailing-zeros': { rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR },
  'der-default-encoded': { rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR },
  'der-set-order': { rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR },
  'extension-unreadable': always,
  'extension-repeated': always,
  'rdn-empty': { rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR },
  'bit-string-not-octets': { rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR },
  // lint/webpki/
  'br-key-algorithm': webpki(EVERYWHERE),
  'br-rsa-size': webpki(EVERYWHERE),
  'br-rsa-exponent': webpki(EVERYWHERE),
  'br-signature-algorithm': webpki(BELOW_ANCHOR),
  'br-signature-hash-for-curve': webpki(BELOW_ANCHOR),
  'br-version': webpki(BELOW_ANCHOR),
  'br-unique-id': webpki(BELOW_ANCHOR),
  'br-issuer-name-bytes': webpki(BELOW_ANCHOR),
  'br-san-missing': webpki(TARGET),
  'br-san-critical': webpki(TARGET),
  'br-san-kind': webpki(TARGET),
  'br-dns-name': webpki(TARGET),
  'br-wildcard-of-top-level': webpki(TARGET),
  'br-common-name-repeated': webpki(TARGET),
  'br-common-name-not-in-san': webpki(TARGET),
  'br-eku-missing': webpki(TARGET),
  'br-eku-server-auth-missing': webpki(TARGET),
  'br-eku-any': webpki(TARGET),
  'br-eku-forbidden': webpki(TARGET),
  'br-eku-critical': webpki(BELOW_ANCHOR),
  'br-eku-in-root': webpki(ANCHOR),
  'br-ca-eku-forbidden': webpki(['ca']),
  'br-target-is-ca': webpki(TARGET),
  'br-target-key-usage': webpki(TARGET),
  'br-key-usage-not-critical': webpki(BELOW_ANCHOR),
  'br-ca-key-usage': webpki(['ca']),
  'br-aki-missing': webpki(BELOW_ANCHOR),
  'br-aki-key-identifier-missing': webpki(EVERYWHERE),
  'br-aki-issuer-and-serial': webpki(EVERYWHERE),
  'br-aki-mismatch': webpki(EVERYWHERE),
  'br-name-constraints-empty': webpki(EVERYWHERE),
  'br-name-constraints-kind': webpki(['ca']),
  'br-policy-any': webpki(TARGET),
}
