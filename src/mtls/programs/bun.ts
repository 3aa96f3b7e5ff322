import { PROGRAM_NAMES } from './names.ts'
import { answers, SENDS_ANYWAY, type Program } from './program.ts'
import type { Words } from './words.ts'

/** BoringSSL; it judges after the handshake and then only closes the connection. */
const REFUSED =
  'missing-int partial any-eku expired notyet int-expired root-expired unknown-ca unknown-ca-root-sent self-signed leaf-pin issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr int-eku wrong-eku crit-ext bad-sig md5 revoked int-revoked crl-expired crl-missing'
const BOTH = { 'cut|47': 'leaf-second ku-no-ds', 51: 'bad-cv', 50: 'garbage' }

const NO_PURPOSE = 'any-eku issuer-no-bc int-eku wrong-eku'
const words: Words = [
  [
    'issuer-unknown',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'missing-int unknown-ca self-signed leaf-pin issuer-not-ca int-no-certsign',
  ],
  ['issuer-above-missing', 'UNABLE_TO_GET_ISSUER_CERT', 'partial'],
  ['self-signed-above', 'SELF_SIGNED_CERT_IN_CHAIN', 'unknown-ca-root-sent'],
  ['expired', 'CERT_HAS_EXPIRED', 'expired int-expired root-expired'],
  ['not-yet-valid', 'CERT_NOT_YET_VALID', 'notyet'],
  ['name-mismatch', 'ERR_TLS_CERT_ALTNAME_INVALID', 'wrong-name wildcard-deep', 'client'],
  ['purpose', 'INVALID_PURPOSE', `leaf-second ${NO_PURPOSE}`, 'client'],
  ['purpose', 'INVALID_PURPOSE', NO_PURPOSE, 'server'],
  ['revoked', 'CERT_REVOKED', 'revoked int-revoked'],
  ['crl-expired', 'CRL_HAS_EXPIRED', 'crl-expired'],
  ['crl-missing', 'UNABLE_TO_GET_CRL', 'crl-missing'],
  ['certificate-signature', 'CERT_SIGNATURE_FAILURE', 'bad-sig md5'],
  ['path-length', 'PATH_LENGTH_EXCEEDED', 'pathlen'],
  ['name-constraints', 'permitted subtree violation', 'nameconstr'],
  ['critical-extension', 'unhandled critical extension', 'crit-ext'],
  ['handshake-signature', 'ERR_SSL_BAD_SIGNATURE', 'bad-cv'],
  ['key-usage', 'ERR_SSL_KEY_USAGE_BIT_INCORRECT', 'leaf-second ku-no-ds'],
  ['key-type', 'ERR_SSL_BAD_ECC_CERT', 'p521', 'client'],
  ['unreadable', 'ERR_SSL_CANNOT_PARSE_LEAF_CERT', 'garbage'],
  ['no-certificate', 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', 'none', 'server'],
]

export const bun: Program = {
  id: 'bun',
  name: PROGRAM_NAMES.bun,
  requestNames: 'bundle',
  crlScope: 'chain',
  runs: [
    {
      versions: ['1.4.5'],
      client: answers('client', { ...BOTH, cut: `${REFUSED} wrong-name wildcard-deep`, '47|ok': 'p521' }),
      server: answers('server', { ...BOTH, cut: REFUSED, '40|116': 'none' }),
      choosing: SENDS_ANYWAY,
    },
  ],
  words,
}
