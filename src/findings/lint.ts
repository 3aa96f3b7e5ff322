import type { Severity } from './severity.ts'

/** What lint/ says of one certificate: code → data. */
export interface LintFindingDetails {
  // lint/rfc5280/: demands of RFC 5280 §4 on one certificate
  'version-not-3': { version: number }
  'unique-id-in-v1': null
  'unique-id-present': { field: 'issuerUniqueID' | 'subjectUniqueID' }
  'serial-negative': null
  'serial-zero': null
  'serial-too-long': { octets: number }
  'signature-algorithm-mismatch': { inner: string; outer: string }
  'issuer-empty': null
  'ca-subject-empty': null
  'subject-and-san-missing': null
  'san-not-critical-empty-subject': null
  'san-critical-with-subject': null
  'email-not-in-san': { email: string }
  'name-string-type': { oid: string; type: string }
  'name-attribute-type': { oid: string; expected: string }
  'name-attribute-length': { oid: string; length: number; limit: number }
  'country-name-malformed': { value: string }
  'validity-time-type': { field: 'notBefore' | 'notAfter'; date: Date; type: 'UTCTime' | 'GeneralizedTime' }
  'validity-reversed': { notBefore: Date; notAfter: Date }
  'signature-algorithm-parameters': { oid: string; expected: 'NULL' | 'absent' | 'present' }
  'key-algorithm-parameters': { oid: string; expected: 'NULL' | 'absent' | 'present' }
  'ec-parameters-not-named': null
  'aki-critical': null
  'aki-missing': null
  'aki-issuer-serial-unpaired': { present: 'authorityCertIssuer' | 'authorityCertSerialNumber' }
  'ski-critical': null
  'ski-missing-in-ca': null
  'ski-missing': null
  'aki-ski-differ': null
  'aki-not-issuer-ski': null
  'key-usage-missing-in-ca': null
  'key-usage-not-critical': null
  'key-usage-empty': null
  'key-cert-sign-without-ca': null
  'encipher-only-without-key-agreement': { bit: 'encipherOnly' | 'decipherOnly' }
  'key-usage-key-type': { bit: string; keyType: string }
  'key-usage-enciphers-in-ca': { bit: 'keyEncipherment' | 'dataEncipherment' }
  'policy-repeated': { oid: string }
  'policies-empty': null
  'any-policy-qualifier': { oid: string }
  'policy-notice-reference': { policy: string }
  'explicit-text-type': { policy: string; type: string }
  'explicit-text-not-utf8': { policy: string; type: string }
  'explicit-text-length': { policy: string; length: number }
  'explicit-text-control-characters': { policy: string }
  'explicit-text-not-nfc': { policy: string }
  'policy-mapping-any-policy': { side: 'issuerDomainPolicy' | 'subjectDomainPolicy' }
  'policy-mappings-empty': null
  'policy-mappings-not-critical': null
  'policy-mapping-not-asserted': { oid: string }
  'policy-mappings-not-in-ca': null
  'san-empty': null
  'san-entry-empty': { kind: string }
  'san-dns-space': null
  'san-dns-malformed': { name: string }
  'san-dns-not-a-label': { name: string }
  'san-email-malformed': { name: string }
  'san-ip-length': { octets: number }
  'san-uri-relative': { name: string }
  'san-uri-malformed': { name: string }
  'san-uri-host': { name: string }
  'ian-critical': null
  'ian-malformed': { kind: string; name: string }
  'subject-directory-attributes-critical': null
  'subject-directory-attributes-empty': null
  'basic-constraints-not-critical': null
  'path-len-without-ca': { pathLen: number }
  'path-len-without-key-cert-sign': { pathLen: number }
  'name-constraints-not-in-ca': null
  'name-constraints-not-critical': null
  'name-constraints-empty': null
  'name-constraints-distance': { kind: string }
  'name-constraints-form': { kind: string }
  'name-constraints-ip-malformed': { octets: number }
  'name-constraints-name-malformed': { kind: string; name: string }
  'policy-constraints-empty': null
  'policy-constraints-not-critical': null
  'policy-constraints-not-in-ca': null
  'ext-key-usage-empty': null
  'any-eku-critical': null
  'eku-key-usage-inconsistent': { purpose: string; needs: string }
  'crl-distribution-points-critical': null
  'distribution-points-empty': { extension: 'cRLDistributionPoints' | 'freshestCRL' }
  'distribution-point-reasons-only': null
  'distribution-points-not-all-reasons': null
  'distribution-point-crl-issuer': { fault: 'is-issuer' | 'not-a-name' }
  'distribution-point-relative-name': null
  'distribution-point-relative-name-ambiguous': null
  'distribution-point-uri': { uri: string }
  'distribution-points-no-uri': null
  'inhibit-any-policy-not-critical': null
  'inhibit-any-policy-not-in-ca': null
  'freshest-crl-critical': null
  'authority-info-access-critical': null
  'subject-info-access-critical': null
  'info-access-empty': { extension: 'authorityInfoAccess' | 'subjectInfoAccess' }
  'access-location-uri': { uri: string }
  'ca-issuers-no-uri': null
  'subject-info-access-method': { method: 'caRepository' | 'timeStamping' }

  // lint/key-size: how long a key of RSA is
  'rsa-below-1024': { bits: number }
  'tls-feature-not-inherited': { feature: number }
  'rsa-below-2048': { bits: number }

  // lint/key-sanity: the key that is to be certified
  'key-malformed': { algorithm: string }
  'key-not-on-curve': null
  'key-kind-unchecked': { algorithm: string }
  'rsa-exponent-unusable': { exponent: string }
  'rsa-exponent-small': { exponent: string }
  'rsa-small-factor': { factor: string }
  'rsa-close-primes': null
  'rsa-weak-generator': null
  'rsa-bits-odd': { bits: number }
  'rsa-long': { bits: number }

  // lint/traps/: what breaks certificates elsewhere
  'san-dns-trailing-dot': { name: string }
  'san-dns-ip-address': { name: string }
  'san-repeated': { kind: string; name: string }
  'server-without-san': null
  'server-without-digital-signature': null
  'mail-cannot-encrypt': null
  'key-usage-beyond-purposes': { bit: string; purposes: string }
  /** `asName`: as it would be written in subjectAltName; null where it cannot be. */
  'cn-not-in-san': { commonName: string; asName: string | null }
  'aki-issuer-and-serial': null
  'intermediate-eku-without-client': null
  'root-with-eku': null
  'root-without-common-name': null
  'self-issued-without-ca': null
  'ca-without-crl-sign': null
  'validity-over-825-days': { days: number }
  'validity-one-second-over': { days: number }
  'validity-backdated': { notBefore: Date; at: Date }
  'validity-never-ends': null
  'browser-unsupported-key': { keyType: string }
  'name-constraints-leading-dot': { name: string }
  'name-constraints-both-addresses': null
  'name-constraints-incomplete': { unconstrained: string }
  'serial-low-entropy': { octets: number }
  'subject-very-long': { octets: number }
  'name-outer-space': { oid: string }
  'name-hidden-characters': { oid: string; codePoint: number }
  'name-garbled': { oid: string; text: string; fault: 'entity' | 'encoding' | 'filler' }
  'name-attribute-repeated': { oid: string; text: string | null }
  'country-not-iso': { value: string; meant: string | null }
  'address-https': { address: string }
  'access-location-repeated': { address: string }
  'cps-address': { address: string }
  'san-dns-reserved-label': { name: string }
  'issuer-name-not-copied': null
  'outlives-issuer': { notAfter: Date; issuerNotAfter: Date }
  'begins-before-issuer': { notBefore: Date; issuerNotBefore: Date }
  'issuer-key-reused': null
  'hash-weaker-than-curve': { keyType: string; oid: string }
  'time-stamping-eku-not-alone': null
  'time-stamping-eku-not-critical': null
  'ocsp-signer-without-no-check': null
  'ocsp-no-check-critical': null
}

export const LINT_FINDINGS: Record<
  keyof LintFindingDetails,
  { readonly section: string; readonly severity: Severity }
> = {
  'version-not-3': { section: 'RFC 5280 §4.1.2.9', severity: 'error' },
  'unique-id-in-v1': { section: 'RFC 5280 §4.1.2.8', severity: 'error' },
  'unique-id-present': { section: 'RFC 5280 §4.1.2.8', severity: 'error' },
  'serial-negative': { section: 'RFC 5280 §4.1.2.2', severity: 'error' },
  'serial-zero': { section: 'RFC 5280 §4.1.2.2', severity: 'error' },
  'serial-too-long': { section: 'RFC 5280 §4.1.2.2', severity: 'error' },
  'signature-algorithm-mismatch': { section: 'RFC 5280 §4.1.1.2', severity: 'error' },
  'issuer-empty': { section: 'RFC 5280 §4.1.2.4', severity: 'error' },
  'ca-subject-empty': { section: 'RFC 5280 §4.1.2.6', severity: 'error' },
  'subject-and-san-missing': { section: 'RFC 5280 §4.1.2.6', severity: 'error' },
  'san-not-critical-empty-subject': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-critical-with-subject': { section: 'RFC 5280 §4.2.1.6', severity: 'warning' },
  'email-not-in-san': { section: 'RFC 5280 §4.1.2.6', severity: 'error' },
  'name-string-type': { section: 'RFC 5280 §4.1.2.6', severity: 'warning' },
  'name-attribute-type': { section: 'RFC 5280 Appendix A.1', severity: 'error' },
  'name-attribute-length': { section: 'RFC 5280 Appendix A.1', severity: 'error' },
  'country-name-malformed': { section: 'RFC 5280 Appendix A.1', severity: 'error' },
  'validity-time-type': { section: 'RFC 5280 §4.1.2.5', severity: 'error' },
  'validity-reversed': { section: 'RFC 5280 §4.1.2.5', severity: 'error' },
  'signature-algorithm-parameters': {
    section: 'RFC 5280 §4.1.1.2, RFC 4055, 5758, 8410, 9881',
    severity: 'error',
  },
  'key-algorithm-parameters': { section: 'RFC 5280 §4.1.2.7, RFC 3279, 5480, 8410, 9881', severity: 'error' },
  'ec-parameters-not-named': { section: 'RFC 5480 §2.1.1', severity: 'error' },
  'aki-critical': { section: 'RFC 5280 §4.2.1.1', severity: 'error' },
  'aki-missing': { section: 'RFC 5280 §4.2.1.1', severity: 'error' },
  'aki-issuer-serial-unpaired': { section: 'RFC 5280 §4.2.1.1', severity: 'error' },
  'ski-critical': { section: 'RFC 5280 §4.2.1.2', severity: 'error' },
  'ski-missing-in-ca': { section: 'RFC 5280 §4.2.1.2', severity: 'error' },
  'ski-missing': { section: 'RFC 5280 §4.2.1.2', severity: 'warning' },
  'aki-ski-differ': { section: 'RFC 5280 §4.2.1.1', severity: 'error' },
  'aki-not-issuer-ski': { section: 'RFC 5280 §4.2.1.1', severity: 'error' },
  'key-usage-missing-in-ca': { section: 'RFC 5280 §4.2.1.3', severity: 'error' },
  'key-usage-not-critical': { section: 'RFC 5280 §4.2.1.3', severity: 'warning' },
  'key-usage-empty': { section: 'RFC 5280 §4.2.1.3', severity: 'error' },
  'key-cert-sign-without-ca': { section: 'RFC 5280 §4.2.1.9', severity: 'error' },
  'encipher-only-without-key-agreement': { section: 'RFC 5280 §4.2.1.3', severity: 'warning' },
  'key-usage-key-type': { section: 'RFC 5280 §4.2.1.3, RFC 4055, 8410, 8813, 9881', severity: 'error' },
  'key-usage-enciphers-in-ca': { section: 'RFC 3279 §2.3.1', severity: 'warning' },
  'policy-repeated': { section: 'RFC 5280 §4.2.1.4', severity: 'error' },
  'policies-empty': { section: 'RFC 5280 §4.2.1.4', severity: 'error' },
  'any-policy-qualifier': { section: 'RFC 5280 §4.2.1.4', severity: 'error' },
  'policy-notice-reference': { section: 'RFC 5280 §4.2.1.4', severity: 'warning' },
  'explicit-text-type': { section: 'RFC 6818 §3', severity: 'error' },
  'explicit-text-not-utf8': { section: 'RFC 6818 §3', severity: 'warning' },
  'explicit-text-length': { section: 'RFC 5280 §4.2.1.4', severity: 'error' },
  'explicit-text-control-characters': { section: 'RFC 5280 §4.2.1.4', severity: 'warning' },
  'explicit-text-not-nfc': { section: 'RFC 6818 §3', severity: 'warning' },
  'policy-mapping-any-policy': { section: 'RFC 5280 §4.2.1.5', severity: 'error' },
  'policy-mappings-empty': { section: 'RFC 5280 §4.2.1.5', severity: 'error' },
  'policy-mappings-not-critical': { section: 'RFC 5280 §4.2.1.5', severity: 'warning' },
  'policy-mapping-not-asserted': { section: 'RFC 5280 §4.2.1.5', severity: 'warning' },
  'policy-mappings-not-in-ca': { section: 'RFC 5280 §4.2.1.5', severity: 'warning' },
  'san-empty': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-entry-empty': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-dns-space': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-dns-malformed': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-dns-not-a-label': { section: 'RFC 5280 §7.2', severity: 'error' },
  'san-email-malformed': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-ip-length': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-uri-relative': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-uri-malformed': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'san-uri-host': { section: 'RFC 5280 §4.2.1.6', severity: 'error' },
  'ian-critical': { section: 'RFC 5280 §4.2.1.7', severity: 'warning' },
  'ian-malformed': { section: 'RFC 5280 §4.2.1.7', severity: 'error' },
  'subject-directory-attributes-critical': { section: 'RFC 5280 §4.2.1.8', severity: 'error' },
  'subject-directory-attributes-empty': { section: 'RFC 5280 §4.2.1.8', severity: 'error' },
  'basic-constraints-not-critical': { section: 'RFC 5280 §4.2.1.9', severity: 'error' },
  'path-len-without-ca': { section: 'RFC 5280 §4.2.1.9', severity: 'error' },
  'path-len-without-key-cert-sign': { section: 'RFC 5280 §4.2.1.9', severity: 'error' },
  'name-constraints-not-in-ca': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraints-not-critical': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraints-empty': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraints-distance': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraints-form': { section: 'RFC 5280 §4.2.1.10', severity: 'warning' },
  'name-constraints-ip-malformed': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraints-name-malformed': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'policy-constraints-empty': { section: 'RFC 5280 §4.2.1.11', severity: 'error' },
  'policy-constraints-not-critical': { section: 'RFC 5280 §4.2.1.11', severity: 'error' },
  'policy-constraints-not-in-ca': { section: 'RFC 5280 §4.2.1.11', severity: 'warning' },
  'ext-key-usage-empty': { section: 'RFC 5280 §4.2.1.12', severity: 'error' },
  'any-eku-critical': { section: 'RFC 5280 §4.2.1.12', severity: 'warning' },
  'eku-key-usage-inconsistent': { section: 'RFC 5280 §4.2.1.12', severity: 'error' },
  'crl-distribution-points-critical': { section: 'RFC 5280 §4.2.1.13', severity: 'warning' },
  'distribution-points-empty': { section: 'RFC 5280 §4.2.1.13', severity: 'error' },
  'distribution-point-reasons-only': { section: 'RFC 5280 §4.2.1.13', severity: 'error' },
  'distribution-points-not-all-reasons': { section: 'RFC 5280 §4.2.1.13', severity: 'error' },
  'distribution-point-crl-issuer': { section: 'RFC 5280 §4.2.1.13', severity: 'error' },
  'distribution-point-relative-name': { section: 'RFC 5280 §4.2.1.13', severity: 'warning' },
  'distribution-point-relative-name-ambiguous': { section: 'RFC 5280 §4.2.1.13', severity: 'error' },
  'distribution-point-uri': { section: 'RFC 5280 §4.2.1.13', severity: 'error' },
  'distribution-points-no-uri': { section: 'RFC 5280 §4.2.1.13', severity: 'warning' },
  'inhibit-any-policy-not-critical': { section: 'RFC 5280 §4.2.1.14', severity: 'error' },
  'inhibit-any-policy-not-in-ca': { section: 'RFC 5280 §4.2.1.14', severity: 'warning' },
  'freshest-crl-critical': { section: 'RFC 5280 §4.2.1.15', severity: 'error' },
  'authority-info-access-critical': { section: 'RFC 5280 §4.2.2.1', severity: 'error' },
  'subject-info-access-critical': { section: 'RFC 5280 §4.2.2.2', severity: 'error' },
  'info-access-empty': { section: 'RFC 5280 §4.2.2.1', severity: 'error' },
  'access-location-uri': { section: 'RFC 5280 §4.2.2.1', severity: 'error' },
  'ca-issuers-no-uri': { section: 'RFC 5280 §4.2.2.1', severity: 'warning' },
  'subject-info-access-method': { section: 'RFC 5280 §4.2.2.2', severity: 'warning' },
  'tls-feature-not-inherited': { section: 'RFC 7633 §4.2.2', severity: 'error' },
  'rsa-below-1024': { section: 'NIST SP 800-131A §3', severity: 'error' },
  'rsa-below-2048': { section: 'NIST SP 800-131A §3', severity: 'warning' },
  'key-malformed': { section: 'RFC 5280 §4.1.2.7', severity: 'error' },
  'key-not-on-curve': { section: 'NIST SP 800-56A §5.6.2.3', severity: 'error' },
  'key-kind-unchecked': { section: 'judgement', severity: 'warning' },
  'rsa-exponent-unusable': { section: 'NIST SP 800-56B §6.2.2', severity: 'error' },
  'rsa-exponent-small': { section: 'FIPS 186-5 §5.1', severity: 'warning' },
  'rsa-small-factor': { section: 'CA/B BR §6.1.6', severity: 'error' },
  'rsa-close-primes': { section: 'CVE-2022-26320', severity: 'error' },
  'rsa-weak-generator': { section: 'CVE-2017-15361', severity: 'error' },
  'rsa-bits-odd': { section: 'CA/B BR §6.1.5', severity: 'notice' },
  'rsa-long': { section: 'judgement', severity: 'notice' },

  'san-dns-trailing-dot': { section: 'RFC 1034 §3.5; BR 7.1.2.7.12', severity: 'error' },
  'san-dns-ip-address': { section: 'RFC 5280 §4.2.1.6; RFC 1123 §2.1', severity: 'error' },
  'san-repeated': { section: 'judgement', severity: 'notice' },
  'server-without-san': { section: 'RFC 9525 §6.3; BR 7.1.2.7.12', severity: 'warning' },
  'server-without-digital-signature': { section: 'RFC 8446 §4.4.2.2', severity: 'warning' },
  'mail-cannot-encrypt': { section: 'RFC 8550 §4.4.2', severity: 'notice' },
  'key-usage-beyond-purposes': { section: 'RFC 5280 §4.2.1.12', severity: 'notice' },
  'cn-not-in-san': { section: 'BR 7.1.4.3', severity: 'warning' },
  'aki-issuer-and-serial': { section: 'Mozilla Root Store Policy 5.2', severity: 'warning' },
  'intermediate-eku-without-client': { section: 'judgement', severity: 'warning' },
  'root-with-eku': { section: 'BR 7.1.2.1.2', severity: 'warning' },
  'root-without-common-name': { section: 'judgement', severity: 'notice' },
  'self-issued-without-ca': { section: 'judgement', severity: 'notice' },
  'ca-without-crl-sign': { section: 'BR 7.1.2.10.7', severity: 'warning' },
  'validity-over-825-days': { section: 'Apple HT210176', severity: 'warning' },
  'validity-one-second-over': { section: 'BR 6.3.2', severity: 'notice' },
  'validity-backdated': { section: 'BR 7.1.2.7', severity: 'warning' },
  'validity-never-ends': { section: 'RFC 5280 §4.1.2.5', severity: 'notice' },
  'browser-unsupported-key': { section: 'judgement', severity: 'warning' },
  'name-constraints-leading-dot': { section: 'RFC 5280 §4.2.1.10', severity: 'warning' },
  'name-constraints-both-addresses': { section: 'judgement', severity: 'notice' },
  'name-constraints-incomplete': { section: 'BR 7.1.2.5.2', severity: 'notice' },
  'serial-low-entropy': { section: 'BR 7.1', severity: 'warning' },
  'subject-very-long': { section: 'judgement', severity: 'notice' },
  'name-outer-space': { section: 'RFC 5280 §7.1', severity: 'notice' },
  'name-hidden-characters': { section: 'judgement', severity: 'warning' },
  'name-garbled': { section: 'BR 7.1.4.2', severity: 'warning' },
  'name-attribute-repeated': { section: 'BR 7.1.4.2', severity: 'notice' },
  'country-not-iso': { section: 'ISO 3166-1; BR 7.1.4.2', severity: 'warning' },
  'address-https': { section: 'RFC 5280 §8', severity: 'warning' },
  'access-location-repeated': { section: 'judgement', severity: 'notice' },
  'cps-address': { section: 'RFC 5280 §4.2.1.4', severity: 'warning' },
  'san-dns-reserved-label': { section: 'RFC 5890 §2.3.1', severity: 'warning' },
  'issuer-name-not-copied': { section: 'RFC 5280 §4.1.2.4', severity: 'error' },
  'outlives-issuer': { section: 'judgement', severity: 'warning' },
  'begins-before-issuer': { section: 'judgement', severity: 'notice' },
  'issuer-key-reused': { section: 'judgement', severity: 'error' },
  'hash-weaker-than-curve': { section: 'BR 7.1.3.2.2', severity: 'notice' },
  'time-stamping-eku-not-alone': { section: 'RFC 3161 §2.3', severity: 'error' },
  'time-stamping-eku-not-critical': { section: 'RFC 3161 §2.3', severity: 'error' },
  'ocsp-signer-without-no-check': { section: 'RFC 6960 §4.2.2.2.1', severity: 'warning' },
  'ocsp-no-check-critical': { section: 'RFC 6960 §4.2.2.2.1', severity: 'warning' },
}
