import { PROGRAM_NAMES } from './names.ts'
import { NUMBERED_WORDS, OPENSSL_CLIENT, OPENSSL_SERVER, VERIFY_WORDS } from './openssl-library.ts'
import { answers, SENDS_ANYWAY, type Program } from './program.ts'

/** It judges after the handshake, on either side, and then only closes the connection. */
const REFUSED =
  'missing-int partial any-eku rsa1024 expired notyet int-expired root-expired unknown-ca unknown-ca-root-sent self-signed leaf-pin issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr int-eku wrong-eku crit-ext bad-sig sha1 md5 revoked int-revoked crl-expired crl-missing'
const client = answers(
  'client',
  { 'hs,cut|cut': `${REFUSED} wrong-name wildcard-deep`, 51: 'leaf-second' },
  OPENSSL_CLIENT,
)
const server = answers('server', { cut: REFUSED, 51: 'leaf-second' }, OPENSSL_SERVER)
const WEAK = { ok: 'rsa1024' }

export const node: Program = {
  id: 'node',
  name: PROGRAM_NAMES.node,
  plainAlerts: true,
  requestNames: 'bundle',
  crlsRead: 'first',
  crlScope: 'chain',
  runs: [
    {
      versions: ['20.20.2'],
      client: answers('client', WEAK, client),
      server: answers('server', WEAK, server),
      choosing: SENDS_ANYWAY,
    },
    { versions: ['26.10'], client, server, choosing: SENDS_ANYWAY },
  ],
  words: [
    ['issuer-unknown', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'missing-int unknown-ca leaf-pin', 'client'],
    ['issuer-above-missing', 'UNABLE_TO_GET_ISSUER_CERT', 'partial', 'client'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed', 'client'],
    ['self-signed-above', 'SELF_SIGNED_CERT_IN_CHAIN', 'unknown-ca-root-sent', 'client'],
    ['expired', 'CERT_HAS_EXPIRED', 'expired int-expired root-expired', 'client'],
    ['not-yet-valid', 'CERT_NOT_YET_VALID', 'notyet', 'client'],
    ['name-mismatch', 'ERR_TLS_CERT_ALTNAME_INVALID', 'wrong-name wildcard-deep', 'client'],
    ['purpose', 'INVALID_PURPOSE', 'any-eku int-eku wrong-eku', 'client'],
    ['revoked', 'CERT_REVOKED', 'revoked int-revoked', 'client'],
    ['crl-expired', 'CRL_HAS_EXPIRED', 'crl-expired', 'client'],
    ['crl-missing', 'UNABLE_TO_GET_CRL', 'crl-missing', 'client'],
    ['certificate-signature', 'CERT_SIGNATURE_FAILURE', 'bad-sig', 'client'],
    ['not-a-ca', 'INVALID_CA', 'issuer-no-bc', 'client'],
    ['path-length', 'PATH_LENGTH_EXCEEDED', 'pathlen', 'client'],
    ...[...NUMBERED_WORDS, ...VERIFY_WORDS].map(
      ([reason, sentence, cases]) => [reason, sentence, cases.replace('leaf-second ', ''), 'client'] as const,
    ),
    ['handshake-signature', 'ERR_SSL_BAD_SIGNATURE', 'leaf-second bad-cv'],
    ['some-signature', 'ERR_SSL_PROVIDER_SIGNATURE_FAILURE', 'leaf-second bad-cv bad-sig'],
    ['certificate-signature', 'ERR_SSL_EVP_LIB', 'bad-sig', 'server'],
    ['key-usage', 'ERR_SSL_ECC_CERT_NOT_FOR_SIGNING', 'ku-no-ds', 'client'],
    ['unreadable', 'ERR_SSL_TOO_LONG', 'garbage'],
    ['no-certificate', 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', 'none', 'server'],
    ['certificate-refused', 'ECONNRESET socket hang up', '=cut', 'server'],
  ],
}
