import type { FindingCode } from '../findings.ts'
import type { Place } from './rule.ts'

type Places = readonly Place[]

/** Places at which a finding about the certificate itself refuses a path, by profile; none where it only tells. */
export interface Refusal {
  readonly path?: Places
  /** Where it differs from `path`. */
  readonly standard?: Places
  readonly rfc5280?: Places
  readonly webpki?: Places
}

const EVERYWHERE: Places = ['anchor', 'ca', 'target']
const BELOW_ANCHOR: Places = ['ca', 'target']
const TARGET: Places = ['target']
const ANCHOR: Places = ['anchor']

const always: Refusal = { path: BELOW_ANCHOR, rfc5280: EVERYWHERE, webpki: EVERYWHERE }
const everywhere: Refusal = { rfc5280: EVERYWHERE, webpki: EVERYWHERE }
/** A key that proves nothing; no matter of the path alone. */
const worthless: Refusal = { standard: EVERYWHERE, ...everywhere }
const belowAnchor: Refusal = { rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR }
const webpki = (places: Places): Refusal => ({ webpki: places })

/**
 * One column per profile and place. Severity is the rule's own and stands in FINDINGS; this table says whether a path
 * falls with it. What a path falls with in any profile (dates, signatures, constraints) is the path's own affair.
 */
export const REFUSALS: { readonly [C in FindingCode]?: Refusal } = {
  // x509/: two widely trusted roots break DER's rules above TLV; below the anchor they are refused where §4 is asked for.
  'der-named-bits-trailing-zeros': belowAnchor,
  'der-default-encoded': belowAnchor,
  'der-set-order': belowAnchor,
  'extension-unreadable': always,
  'extension-repeated': always,
  'rdn-empty': belowAnchor,
  'bit-string-not-octets': { path: BELOW_ANCHOR, rfc5280: BELOW_ANCHOR, webpki: BELOW_ANCHOR },
  // lint/rfc5280/: every MUST of §4, but for these. No CA's keyUsage: §6.3.3(f) asks for cRLSign only where there is one, and
  // four widely trusted roots have none. No mailbox in a subject without its copy in subjectAltName, and no notice text in
  // an old string type or too long: nobody acts on them. What trusted roots break refuses below the anchor alone, but for the
  // subjectKeyIdentifier that §4.2.1.2 wants in all CA certificates.
  'version-not-3': everywhere,
  'unique-id-in-v1': everywhere,
  'unique-id-present': everywhere,
  'serial-negative': everywhere,
  'serial-zero': belowAnchor,
  'serial-too-long': everywhere,
  'signature-algorithm-mismatch': everywhere,
  'issuer-empty': everywhere,
  'ca-subject-empty': everywhere,
  'subject-and-san-missing': everywhere,
  'san-not-critical-empty-subject': everywhere,
  'name-attribute-type': belowAnchor,
  'name-attribute-length': belowAnchor,
  'country-name-malformed': belowAnchor,
  'validity-time-type': belowAnchor,
  'validity-reversed': everywhere,
  'signature-algorithm-parameters': everywhere,
  'key-algorithm-parameters': everywhere,
  // RFC 5480 §2.1.1 forbids them, because a curve of one's own has made forged roots (CVE-2020-0601).
  'ec-parameters-not-named': { ...everywhere, path: BELOW_ANCHOR, standard: EVERYWHERE },
  'aki-critical': everywhere,
  'aki-missing': everywhere,
  'aki-issuer-serial-unpaired': everywhere,
  'ski-critical': everywhere,
  'ski-missing-in-ca': everywhere,
  'aki-ski-differ': everywhere,
  'aki-not-issuer-ski': everywhere,
  'key-usage-empty': everywhere,
  'key-cert-sign-without-ca': everywhere,
  'key-usage-key-type': everywhere,
  'policy-repeated': everywhere,
  'policies-empty': everywhere,
  'any-policy-qualifier': everywhere,
  'policy-mapping-any-policy': everywhere,
  'policy-mappings-empty': everywhere,
  'san-empty': everywhere,
  'san-entry-empty': everywhere,
  'san-dns-space': everywhere,
  'san-dns-malformed': everywhere,
  'san-dns-not-a-label': everywhere,
  'san-email-malformed': everywhere,
  'san-ip-length': everywhere,
  'san-uri-relative': everywhere,
  'san-uri-malformed': everywhere,
  'san-uri-host': everywhere,
  'ian-malformed': everywhere,
  'subject-directory-attributes-critical': everywhere,
  'subject-directory-attributes-empty': everywhere,
  'basic-constraints-not-critical': everywhere,
  'path-len-without-ca': everywhere,
  'path-len-without-key-cert-sign': everywhere,
  'name-constraints-not-in-ca': everywhere,
  // BR §7.1.2.5.2 takes back §4.2.1.10's demand "as an explicit exception from RFC 5280".
  'name-constraints-not-critical': { rfc5280: EVERYWHERE },
  'name-constraints-empty': everywhere,
  'name-constraints-distance': everywhere,
  'name-constraints-ip-malformed': everywhere,
  'name-constraints-name-malformed': everywhere,
  'policy-constraints-empty': everywhere,
  'policy-constraints-not-critical': everywhere,
  'ext-key-usage-empty': everywhere,
  'eku-key-usage-inconsistent': everywhere,
  'distribution-points-empty': everywhere,
  'distribution-point-reasons-only': everywhere,
  'distribution-points-not-all-reasons': everywhere,
  'distribution-point-crl-issuer': everywhere,
  'distribution-point-relative-name-ambiguous': everywhere,
  'distribution-point-uri': everywhere,
  'inhibit-any-policy-not-critical': everywhere,
  'freshest-crl-critical': everywhere,
  'authority-info-access-critical': everywhere,
  'subject-info-access-critical': everywhere,
  'info-access-empty': everywhere,
  'access-location-uri': everywhere,
  'tls-feature-not-inherited': everywhere,
  // lint/keys: what anybody can sign with, or nobody, proves nothing.
  'rsa-below-1024': worthless,
  'key-malformed': worthless,
  'key-not-on-curve': worthless,
  'rsa-exponent-unusable': worthless,
  'rsa-small-factor': worthless,
  'rsa-close-primes': worthless,
  'rsa-weak-generator': worthless,
  // lint/webpki/: not refused are demands whose breach changes nothing of what is proved: criticality of keyUsage, cRLSign of a
  // CA, policies; and who may own a name or an address, which a certificate does not show.
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
  'br-digital-signature-missing': webpki(TARGET),
  'br-aki-missing': webpki(BELOW_ANCHOR),
  'br-aki-key-identifier-missing': webpki(EVERYWHERE),
  'br-aki-issuer-and-serial': webpki(EVERYWHERE),
  'br-aki-mismatch': webpki(EVERYWHERE),
  'br-name-constraints-empty': webpki(EVERYWHERE),
  'br-name-constraints-kind': webpki(['ca']),
  'br-policy-any': webpki(TARGET),
}
