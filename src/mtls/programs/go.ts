import { PROGRAM_NAMES } from './names.ts'
import { answers, WITHHOLDS, type Program } from './program.ts'
import { surveyed } from './words.ts'

const NO_CRL = 'revoked crl-ok int-revoked crl-expired crl-missing'
const REFUSED =
  'missing-int expired notyet int-expired root-expired unknown-ca unknown-ca-root-sent self-signed issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr int-eku wrong-eku crit-ext bad-sig garbage sha1 md5'
const client = (keyExchange: string): ReturnType<typeof answers> =>
  answers('client', {
    42: `leaf-second ${REFUSED} wrong-name cn-only wildcard-deep`,
    [keyExchange]: 'bad-cv',
    '-': NO_CRL,
  })
const olderServer = answers('server', { 42: `${REFUSED} none`, 51: 'leaf-second bad-cv', '-': NO_CRL })

const said = (code: Parameters<typeof surveyed>[1]): string => surveyed('go', code)

export const go: Program = {
  id: 'go',
  name: PROGRAM_NAMES.go,
  requestNames: 'bundle',
  runs: [
    { versions: ['1.19.8'], client: client('10|51'), server: olderServer, choosing: WITHHOLDS },
    {
      versions: ['1.24.4'],
      client: client('47|51'),
      server: answers(
        'server',
        {
          48: 'missing-int unknown-ca unknown-ca-root-sent self-signed issuer-not-ca issuer-no-bc int-no-certsign bad-sig sha1 md5',
          45: 'expired notyet int-expired root-expired',
          '42|116': 'none',
        },
        olderServer,
      ),
      choosing: WITHHOLDS,
    },
  ],
  words: [
    [
      'certificate-signature',
      `${said('issuer-missing')} (possibly because of "x509: ECDSA verification failure"`,
      'bad-sig',
    ],
    [
      'hash-weak',
      `${said('issuer-missing')} (possibly because of "x509: cannot verify signature: insecure algorithm`,
      'sha1 md5',
    ],
    [
      'not-a-ca',
      `${said('issuer-missing')} (possibly because of "x509: invalid signature: parent certificate cannot sign this kind of certificate"`,
      'issuer-not-ca issuer-no-bc int-no-certsign',
    ],
    ['issuer-unknown', said('issuer-missing'), 'missing-int unknown-ca unknown-ca-root-sent self-signed'],
    ['expired', `${said('expired')}: current time * is after`, 'expired int-expired root-expired'],
    ['not-yet-valid', `${said('expired')}: current time * is before`, 'notyet'],
    ['outside-validity', said('expired'), 'expired int-expired root-expired notyet'],
    ['name-mismatch', 'x509: certificate is not valid for any names', 'leaf-second', 'client'],
    ['common-name-only', 'x509: certificate relies on legacy Common Name field', 'cn-only', 'client'],
    ['name-mismatch', 'x509: certificate is valid for', 'wrong-name wildcard-deep', 'client'],
    ['name-constraints', said('name-not-permitted'), 'nameconstr'],
    ['purpose', said('purpose-not-allowed'), 'int-eku wrong-eku'],
    ['path-length', said('path-len-exceeded'), 'pathlen'],
    ['critical-extension', said('critical-extension-unknown'), 'crit-ext'],
    ['handshake-signature', 'tls: invalid signature by the server certificate', 'bad-cv', 'client'],
    [
      'handshake-signature',
      'tls: invalid signature by the client certificate',
      'leaf-second bad-cv',
      'server',
    ],
    ['unreadable', 'tls: failed to parse certificate from server', 'garbage', 'client'],
    ['unreadable', 'tls: failed to parse client certificate', 'garbage', 'server'],
    ['no-certificate', "tls: client didn't provide a certificate", 'none', 'server'],
  ],
}
