import type { FindingCode } from '../../findings.ts'
import { PROGRAMS } from './programs.ts'
import type { Program } from './programs.ts'

const ALL: readonly Program[] = PROGRAMS

/** Faults for which these programs refuse a path as we do, unless a tolerance says otherwise. */
export const AGREED: { readonly [C in FindingCode]?: readonly Program[] } = {
  'signature-invalid': ALL,
  'not-yet-valid': ALL,
  expired: ALL,
  'issuer-name-mismatch': ALL,
  'issuer-missing': ALL,
  'anchor-missing': ALL,
  // With the same CRLs given, as in the revocation tests.
  revoked: ['openssl', 'gnutls', 'java'],
  'path-loop': ALL,
  'name-not-permitted': ALL,
  'name-excluded': ALL,
  'not-a-ca': ALL,
  'path-len-exceeded': ALL,
  'key-cert-sign-missing': ALL,
  'critical-extension-unknown': ALL,
  'purpose-not-allowed': ALL,
  'purpose-not-nested': ['openssl', 'go', 'gnutls', 'nss', 'chrome', 'windows'],
  'peer-name-mismatch': ALL,
  'explicit-policy-missing': ['java', 'nss', 'chrome'],
  'key-identifier-mismatch': ['openssl', 'gnutls', 'nss'],
  'aki-not-issuer-ski': ['openssl', 'gnutls', 'nss'],
  'signature-sha1': ['go', 'gnutls', 'chrome', 'apple'],
}
