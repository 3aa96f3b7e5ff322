import { PROGRAM_NAMES } from './names.ts'
import { OPENSSL_SERVER } from './openssl-library.ts'
import type { Program } from './program.ts'

/** As a server; its log names no reason unless ssl_c_err is logged. */
export const haproxy: Program = {
  id: 'haproxy',
  name: PROGRAM_NAMES.haproxy,
  crlsRead: 'all',
  crlScope: 'chain',
  runs: [{ versions: ['3.0.11'], server: OPENSSL_SERVER }],
  words: [
    [
      'certificate-refused',
      'SSL client CA chain cannot be verified',
      'partial int-expired root-expired unknown-ca-root-sent issuer-not-ca issuer-no-bc int-no-certsign pathlen int-eku int-revoked',
    ],
    [
      'certificate-refused',
      'SSL client certificate not trusted',
      'leaf-second missing-int any-eku rsa1024 expired notyet unknown-ca self-signed leaf-pin nameconstr wrong-eku crit-ext bad-sig sha1 md5 revoked crl-expired crl-missing',
    ],
    ['no-certificate', 'peer did not return a certificate', 'none'],
    ['unreadable', 'asn1 encoding routines:*too long', 'garbage'],
    ['handshake-signature', 'provider signature failure', 'bad-cv'],
  ],
}
