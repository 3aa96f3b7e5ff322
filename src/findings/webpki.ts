import type { Severity } from './severity.ts'

/** What lint/webpki/ says by the CA/B Forum's Baseline Requirements for TLS: code → data. */
export interface WebpkiFindingDetails {
  'br-key-algorithm': { algorithm: string }
  'br-rsa-size': { bits: number }
  'br-rsa-exponent': { exponent: string }
  'br-signature-algorithm': { oid: string }
  'br-signature-hash-for-curve': { expected: string }
  'br-version': { version: number }
  'br-unique-id': null
  'br-serial-short': { octets: number }
  'br-validity-too-long': { days: number; limit: number }
  'br-issuer-name-bytes': null
  'br-san-missing': null
  'br-san-critical': null
  'br-san-kind': { kind: string }
  'br-dns-name': { name: string; fault: 'address' | 'wildcard' | 'label' | 'a-label' }
  'br-internal-name': { name: string }
  'br-wildcard-of-top-level': { name: string }
  'br-reserved-address': { address: string }
  'br-common-name-repeated': { count: number }
  'br-common-name-below-wildcard': { commonName: string }
  'br-common-name-not-in-san': { commonName: string }
  'br-eku-missing': null
  'br-eku-server-auth-missing': null
  'br-eku-any': null
  'br-eku-forbidden': { oid: string }
  'br-eku-critical': null
  'br-eku-in-root': null
  'br-ca-eku-forbidden': { oid: string }
  'br-target-is-ca': null
  'br-target-key-usage': { bit: string }
  'br-key-usage-not-critical': null
  'br-ca-key-usage': { missing: string }
  'br-aki-missing': null
  'br-aki-key-identifier-missing': null
  'br-aki-issuer-and-serial': null
  'br-aki-mismatch': null
  'br-name-constraints-empty': null
  'br-name-constraints-kind': { kind: string }
  'br-policy-missing': null
  'br-policy-any': null
  'br-policy-qualifier': { oid: string }
  'br-address-not-http': { extension: string; address: string }
  'br-ca-eku-missing': null
  'br-ca-policies': { fault: 'missing' | 'none-reserved' | 'several-reserved' | 'any-not-alone' }
  'br-distribution-point-field': { field: 'reasons' | 'cRLIssuer' | 'nameRelativeToCRLIssuer' }
  'br-crl-address-missing': null
  'br-digital-signature-missing': null
  'br-basic-constraints-not-critical': null
  'br-responder-extension': {
    extension: 'nameConstraints' | 'subjectAltName' | 'certificatePolicies' | 'cRLDistributionPoints'
  }
  'br-responder-key-usage': null
  'br-responder-eku': { oid: string }
  'br-policies-several': { count: number }
  'br-policy-not-first': null
  'br-subject-attribute': { validation: 'DV' | 'IV' | 'OV' | 'EV'; oid: string }
  'br-subject-attribute-missing': { validation: 'DV' | 'IV' | 'OV' | 'EV'; missing: string }
  'br-ca-subject': { missing: string }
  'br-organizational-unit-in-ca': null
  'br-access-method': { oid: string }
  'br-cps-address': { address: string }
  'br-eku-other': { oid: string }
  'br-root-path-len': { pathLen: number }
  'br-name-constraints-reserved': { address: string }
  'br-name-constraints-directory-excluded': null
  'sct-list-malformed': { fault: 'empty' | 'encoding' }
  'precertificate-with-timestamps': null
  'chrome-client-auth': null
}

export const WEBPKI_FINDINGS: Record<
  keyof WebpkiFindingDetails,
  { readonly section: string; readonly severity: Severity }
> = {
  'br-key-algorithm': { section: 'CA/B BR §7.1.3.1', severity: 'error' },
  'br-rsa-size': { section: 'CA/B BR §6.1.5', severity: 'error' },
  'br-rsa-exponent': { section: 'CA/B BR §6.1.6', severity: 'error' },
  'br-signature-algorithm': { section: 'CA/B BR §7.1.3.2', severity: 'error' },
  'br-signature-hash-for-curve': { section: 'CA/B BR §7.1.3.2.2', severity: 'error' },
  'br-version': { section: 'CA/B BR §7.1.1', severity: 'error' },
  'br-unique-id': { section: 'CA/B BR §7.1.2', severity: 'error' },
  'br-serial-short': { section: 'CA/B BR §7.1', severity: 'warning' },
  'br-validity-too-long': { section: 'CA/B BR §6.3.2', severity: 'warning' },
  'br-issuer-name-bytes': { section: 'CA/B BR §7.1.4.1', severity: 'error' },
  'br-san-missing': { section: 'CA/B BR §7.1.2.7.12', severity: 'error' },
  'br-san-critical': { section: 'CA/B BR §7.1.2.7.12', severity: 'error' },
  'br-san-kind': { section: 'CA/B BR §7.1.2.7.12', severity: 'error' },
  'br-dns-name': { section: 'CA/B BR §7.1.2.7.12', severity: 'error' },
  'br-internal-name': { section: 'CA/B BR §4.2.2', severity: 'error' },
  'br-wildcard-of-top-level': { section: 'CA/B BR §3.2.2.6', severity: 'error' },
  'br-reserved-address': { section: 'CA/B BR §4.2.2', severity: 'warning' },
  'br-common-name-repeated': { section: 'CA/B BR §7.1.4.2', severity: 'error' },
  'br-common-name-below-wildcard': { section: 'CA/B BR §7.1.4.3', severity: 'error' },
  'br-common-name-not-in-san': { section: 'CA/B BR §7.1.4.3', severity: 'error' },
  'br-eku-missing': { section: 'CA/B BR §7.1.2.7.10', severity: 'error' },
  'br-eku-server-auth-missing': { section: 'CA/B BR §7.1.2.7.10', severity: 'error' },
  'br-eku-any': { section: 'CA/B BR §7.1.2.7.10', severity: 'error' },
  'br-eku-forbidden': { section: 'CA/B BR §7.1.2.7.10', severity: 'error' },
  'br-eku-critical': { section: 'CA/B BR §7.1.2.7.6', severity: 'error' },
  'br-eku-in-root': { section: 'CA/B BR §7.1.2.1.2', severity: 'error' },
  'br-ca-eku-forbidden': { section: 'CA/B BR §7.1.2.10.6', severity: 'error' },
  'br-target-is-ca': { section: 'CA/B BR §7.1.2.7.8', severity: 'error' },
  'br-target-key-usage': { section: 'CA/B BR §7.1.2.7.11', severity: 'error' },
  'br-key-usage-not-critical': { section: 'CA/B BR §7.1.2.10.2', severity: 'error' },
  'br-ca-key-usage': { section: 'CA/B BR §7.1.2.10.7', severity: 'error' },
  'br-aki-missing': { section: 'CA/B BR §7.1.2.11.1', severity: 'error' },
  'br-aki-key-identifier-missing': { section: 'CA/B BR §7.1.2.11.1', severity: 'error' },
  'br-aki-issuer-and-serial': { section: 'CA/B BR §7.1.2.11.1', severity: 'error' },
  'br-aki-mismatch': { section: 'CA/B BR §7.1.2.11.1', severity: 'error' },
  'br-name-constraints-empty': { section: 'CA/B BR §7.1.2.5.2', severity: 'error' },
  'br-name-constraints-kind': { section: 'CA/B BR §7.1.2.5.2', severity: 'error' },
  'br-policy-missing': { section: 'CA/B BR §7.1.2.7.9', severity: 'error' },
  'br-policy-any': { section: 'CA/B BR §7.1.2.7.9', severity: 'error' },
  'br-policy-qualifier': { section: 'CA/B BR §7.1.2.7.9', severity: 'warning' },
  'br-address-not-http': { section: 'CA/B BR §7.1.2.11.2', severity: 'warning' },
  'br-ca-eku-missing': { section: 'CA/B BR §7.1.2.6.1', severity: 'error' },
  'br-ca-policies': { section: 'CA/B BR §7.1.2.10.5', severity: 'error' },
  'br-distribution-point-field': { section: 'CA/B BR §7.1.2.11.2', severity: 'error' },
  'br-crl-address-missing': { section: 'CA/B BR §7.1.2.11.2', severity: 'error' },
  'br-digital-signature-missing': { section: 'CA/B BR §7.1.2.7.11', severity: 'error' },
  'br-basic-constraints-not-critical': { section: 'CA/B BR §7.1.2.7.8', severity: 'error' },
  'br-responder-extension': { section: 'CA/B BR §7.1.2.8.2', severity: 'error' },
  'br-responder-key-usage': { section: 'CA/B BR §7.1.2.8.7', severity: 'error' },
  'br-responder-eku': { section: 'CA/B BR §7.1.2.8.5', severity: 'error' },
  'br-policies-several': { section: 'CA/B BR §7.1.2.7.9', severity: 'error' },
  'br-policy-not-first': { section: 'CA/B BR §7.1.2.7.9', severity: 'notice' },
  'br-subject-attribute': { section: 'CA/B BR §7.1.2.7.2 to .4', severity: 'error' },
  'br-subject-attribute-missing': { section: 'CA/B BR §7.1.2.7.3, .4', severity: 'error' },
  'br-ca-subject': { section: 'CA/B BR §7.1.2.10.2', severity: 'error' },
  'br-organizational-unit-in-ca': { section: 'CA/B BR §7.1.2.10.2', severity: 'error' },
  'br-access-method': { section: 'CA/B BR §7.1.2.7.7', severity: 'error' },
  'br-cps-address': { section: 'CA/B BR §7.1.2.7.9', severity: 'error' },
  'br-eku-other': { section: 'CA/B BR §7.1.2.7.10', severity: 'notice' },
  'br-root-path-len': { section: 'CA/B BR §7.1.2.1.4', severity: 'notice' },
  'br-name-constraints-reserved': { section: 'CA/B BR §7.1.2.5.2', severity: 'error' },
  'br-name-constraints-directory-excluded': { section: 'CA/B BR §7.1.2.5.2', severity: 'notice' },
  'sct-list-malformed': { section: 'RFC 6962 §3.3', severity: 'error' },
  'precertificate-with-timestamps': { section: 'RFC 6962 §3.1', severity: 'error' },
  'chrome-client-auth': { section: 'Chrome Root Program Policy 1.8, §1.3.2', severity: 'notice' },
}
