import type { FindingCode } from '../../findings.ts'
import type { Program } from './programs.ts'

type Said = { readonly [C in FindingCode]?: string }

const JAVA_NO_PATH = 'unable to find valid certification path to requested target'

/** The message that a program prints when it refuses for this fault: the part that is the same for any such chain. */
export const WORDS: { readonly [P in Program]?: Said } = {
  openssl: {
    expired: 'certificate has expired',
    'not-yet-valid': 'certificate is not yet valid',
    'signature-invalid': 'certificate signature failure',
    'signature-algorithm-mismatch': 'certificate signature failure',
    'issuer-missing': 'unable to get local issuer certificate',
    'key-identifier-mismatch': 'unable to get local issuer certificate',
    'purpose-not-allowed': 'unsuitable certificate purpose',
    'purpose-not-nested': 'unsuitable certificate purpose',
    'peer-name-mismatch': 'hostname mismatch',
    'name-not-permitted': 'permitted subtree violation',
    'name-excluded': 'excluded subtree violation',
    'critical-extension-unknown': 'unhandled critical extension',
    'path-len-exceeded': 'path length constraint exceeded',
    revoked: 'certificate revoked',
  },
  go: {
    expired: 'x509: certificate has expired or is not yet valid',
    'not-yet-valid': 'x509: certificate has expired or is not yet valid',
    'signature-invalid': 'x509: certificate signed by unknown authority',
    'issuer-missing': 'x509: certificate signed by unknown authority',
    'signature-algorithm-mismatch': "x509: inner and outer signature algorithm identifiers don't match",
    'purpose-not-allowed': 'x509: certificate specifies an incompatible key usage',
    'purpose-not-nested': 'x509: certificate specifies an incompatible key usage',
    'name-not-permitted': 'x509: a root or intermediate certificate is not authorized to sign for this name',
    'name-excluded': 'x509: a root or intermediate certificate is not authorized to sign for this name',
    'critical-extension-unknown': 'x509: unhandled critical extension',
    'path-len-exceeded': 'x509: too many intermediates for path length constraint',
    'name-constraints-empty': 'x509: empty name constraints extension',
    'extension-repeated': 'x509: certificate contains duplicate extensions',
  },
  java: {
    expired: JAVA_NO_PATH,
    'not-yet-valid': JAVA_NO_PATH,
    'signature-invalid': JAVA_NO_PATH,
    'issuer-missing': JAVA_NO_PATH,
    'purpose-not-allowed': JAVA_NO_PATH,
    'not-a-ca': JAVA_NO_PATH,
    'key-cert-sign-missing': JAVA_NO_PATH,
    'critical-extension-unknown': JAVA_NO_PATH,
    'path-len-exceeded': JAVA_NO_PATH,
    'explicit-policy-missing': JAVA_NO_PATH,
    'signature-algorithm-mismatch': 'Signature algorithm mismatch',
    'extension-repeated': 'Duplicate extensions not allowed',
  },
  gnutls: {
    expired: 'The certificate chain uses expired certificate.',
    'not-yet-valid': 'The certificate chain uses not yet valid certificate.',
    'issuer-missing': 'The certificate issuer is unknown.',
    'peer-name-mismatch': 'The name in the certificate does not match the expected.',
    'critical-extension-unknown': 'The certificate contains an unknown critical extension.',
    'extension-repeated': 'Duplicate extension in X.509 certificate.',
  },
  nss: {
    'signature-invalid': "Peer's certificate has an invalid signature.",
    'issuer-missing': "Peer's Certificate issuer is not recognized.",
    'purpose-not-allowed': 'Certificate type not approved for application.',
    'not-a-ca': 'Issuer certificate is invalid.',
    'path-len-exceeded': 'Certificate path length constraint is invalid.',
    'critical-extension-unknown': 'Certificate contains unknown critical extension.',
    'explicit-policy-missing': 'Cert chain fails policy validation',
  },
}
