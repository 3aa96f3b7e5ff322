import { PROGRAM_NAMES } from './names.ts'
import { answers, WITHHOLDS, type Program } from './program.ts'
import { surveyed } from './words.ts'

const REFUSED =
  'leaf-second missing-int unknown-ca unknown-ca-root-sent self-signed issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr wrong-eku ku-no-ds crit-ext crl-expired crl-missing'
const BOTH = { 40: 'bad-cv deep-11 deep-20', 42: 'garbage empty-subject' }
const server = answers('server', {
  ...BOTH,
  46: `${REFUSED} expired notyet int-expired bad-sig md5 revoked int-revoked`,
})
const client = { ...BOTH, 46: `${REFUSED} wrong-name wildcard-deep`, 44: 'revoked int-revoked' }

export const java: Program = {
  id: 'java',
  name: PROGRAM_NAMES.java,
  requestNames: 'bundle',
  depth: { counts: 'sent', limit: 10 },
  crlScope: 'chain',
  runs: [
    {
      versions: ['17.0.15'],
      client: answers('client', {
        ...client,
        '45|46': 'expired int-expired',
        '42|46': 'notyet bad-sig',
        '43|46': 'md5',
      }),
      server: answers('server', { 42: 'none' }, server),
      choosing: WITHHOLDS,
    },
    {
      versions: ['21.0.13'],
      client: answers('client', {
        ...client,
        45: 'expired int-expired',
        42: `${BOTH[42]} notyet bad-sig`,
        43: 'md5',
      }),
      server: answers('server', { '40|116': 'none' }, server),
      choosing: WITHHOLDS,
    },
  ],
  words: [
    [
      'issuer-unknown',
      'PKIX path building failed',
      'missing-int unknown-ca unknown-ca-root-sent self-signed',
    ],
    [
      'issuer-unknown',
      surveyed('java', 'issuer-missing'),
      'missing-int unknown-ca unknown-ca-root-sent self-signed',
    ],
    ['outside-validity', 'validity check failed', 'expired notyet int-expired'],
    ['expired', 'CertificateExpiredException: NotAfter', 'expired int-expired'],
    ['not-yet-valid', 'CertificateNotYetValidException: NotBefore', 'notyet'],
    ['certificate-signature', 'signature check failed', 'bad-sig'],
    ['hash-weak', 'Algorithm constraints check failed', 'md5'],
    ['revoked', 'Certificate has been revoked, reason', 'revoked int-revoked'],
    ['status-unknown', 'Could not determine revocation status', 'crl-expired crl-missing'],
    ['name-mismatch', 'No subject alternative DNS name matching', 'wrong-name wildcard-deep', 'client'],
    ['purpose', 'Extended key usage does not permit use for TLS', 'wrong-eku'],
    ['key-usage', 'KeyUsage does not allow digital signatures', 'leaf-second ku-no-ds'],
    ['not-a-ca', 'CA key usage check failed: keyCertSign bit is not set', 'issuer-not-ca int-no-certsign'],
    ['not-a-ca', 'basic constraints check failed: this is not a CA certificate', 'issuer-no-bc'],
    ['path-length', 'pathLenConstraint violated', 'pathlen'],
    ['name-constraints', 'name constraints check failed', 'nameconstr'],
    ['critical-extension', 'unrecognized critical extension(s)', 'crit-ext'],
    [
      'chain-too-long',
      'The certificate chain length * exceeds the maximum allowed length',
      'deep-11 deep-20',
    ],
    ['empty-subject', 'SubjectAlternativeName extension MUST be marked critical', 'empty-subject'],
    ['handshake-signature', 'Invalid CertificateVerify signature', 'bad-cv'],
    ['handshake-signature', 'Invalid ECDH ServerKeyExchange signature', 'bad-cv', 'client'],
    ['unreadable', 'Could not parse certificate', 'garbage'],
    ['no-certificate', 'Empty client certificate chain', 'none', 'server'],
  ],
}
