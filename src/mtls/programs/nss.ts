import { PROGRAM_NAMES } from './names.ts'
import { answers, SENDS_ANYWAY, WITHHOLDS_COMPLETED, type Choosing, type Program } from './program.ts'
import { surveyed, type Words } from './words.ts'

const BOTH = {
  48: 'deep-20 int-expired root-expired unknown-ca unknown-ca-root-sent issuer-not-ca issuer-no-bc',
  'n/a': 'ed25519',
  45: 'expired notyet',
  44: 'revoked int-revoked',
}
const REFUSED = 'self-signed pathlen nameconstr crit-ext bad-sig garbage md5'

/** tstclnt completes what it was given, and with a nickname sends it whatever the list says. */
const NAMED: Choosing = { chain: SENDS_ANYWAY.chain, leaf: SENDS_ANYWAY.chain }

const said = (code: Parameters<typeof surveyed>[1]): string => surveyed('nss', code)
/** tstclnt prints the name of the error and the sentence, selfserv the sentence alone. */
const pair = (reason: Words[number][0], name: string, sentence: string, cases: string): Words => [
  [reason, name, cases, 'client'],
  [reason, sentence, cases],
]

/** Its tstclnt and selfserv. Firefox judges by other code, which was not measured. */
export const nss: Program = {
  id: 'nss',
  name: PROGRAM_NAMES.nss,
  requestNames: 'bundle',
  runs: [
    {
      versions: ['3.87'],
      client: answers('client', {
        ...BOTH,
        51: 'leaf-second bad-cv',
        46: 'any-eku rsa2048 rsa1024 int-no-certsign wrong-eku',
        42: `${REFUSED} wrong-name wildcard-deep`,
      }),
      server: answers('server', {
        ...BOTH,
        51: 'bad-cv',
        46: 'leaf-second any-eku int-no-certsign wrong-eku ku-no-ds',
        42: REFUSED,
        '42|116': 'none',
      }),
      choosing: NAMED,
      automatic: WITHHOLDS_COMPLETED,
    },
  ],
  words: [
    ['certificate-signature', 'SEC_ERROR_BAD_SIGNATURE', 'bad-sig leaf-second bad-cv', 'client'],
    ['certificate-signature', said('signature-invalid'), 'bad-sig leaf-second bad-cv', 'client'],
    ['certificate-signature', said('signature-invalid'), 'bad-sig bad-cv', 'server'],
    ...pair('self-signed', 'SEC_ERROR_CA_CERT_INVALID', said('not-a-ca'), 'self-signed'),
    ...pair(
      'name-constraints',
      'SEC_ERROR_CERT_NOT_IN_NAME_SPACE',
      'is not permitted to issue a certificate with this name',
      'nameconstr',
    ),
    ...pair(
      'hash-weak',
      'SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED',
      'signed using a signature algorithm that is disabled because it is not secure',
      'md5',
    ),
    ...pair(
      'outside-validity',
      'SEC_ERROR_EXPIRED_CERTIFICATE',
      "Peer's Certificate has expired",
      'expired notyet',
    ),
    ...pair(
      'issuer-expired',
      'SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE',
      "The certificate issuer's certificate has expired",
      'int-expired root-expired',
    ),
    ...pair('purpose', 'SEC_ERROR_INADEQUATE_CERT_TYPE', said('purpose-not-allowed'), 'any-eku wrong-eku'),
    ['key-usage', 'SEC_ERROR_INADEQUATE_KEY_USAGE', 'rsa2048 rsa1024 int-no-certsign', 'client'],
    ['key-usage', 'Certificate key usage inadequate', 'rsa2048 rsa1024 int-no-certsign', 'client'],
    [
      'key-usage',
      'Certificate key usage inadequate for attempted operation',
      'leaf-second ku-no-ds int-no-certsign',
      'server',
    ],
    ...pair('path-length', 'SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID', said('path-len-exceeded'), 'pathlen'),
    ...pair(
      'revoked',
      'SEC_ERROR_REVOKED_CERTIFICATE',
      "Peer's Certificate has been revoked",
      'revoked int-revoked',
    ),
    ...pair(
      'critical-extension',
      'SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION',
      said('critical-extension-unknown'),
      'crit-ext',
    ),
    ...pair(
      'issuer-unknown',
      'SEC_ERROR_UNKNOWN_ISSUER',
      said('issuer-missing'),
      'deep-20 unknown-ca issuer-not-ca issuer-no-bc',
    ),
    ...pair(
      'self-signed-above',
      'SEC_ERROR_UNTRUSTED_ISSUER',
      'has been marked as not trusted by the user',
      'unknown-ca-root-sent',
    ),
    ['name-mismatch', 'SSL_ERROR_BAD_CERT_DOMAIN', 'wrong-name wildcard-deep', 'client'],
    ['unreadable', 'SEC_ERROR_INVALID_ARGS', 'garbage', 'client'],
    ['unreadable', 'security library: invalid arguments', 'garbage'],
    ['key-type', 'SSL_ERROR_EXTRACT_PUBLIC_KEY_FAILURE', 'ed25519', 'client'],
    ['key-type', 'SSL_ERROR_NO_CYPHER_OVERLAP', 'ed25519', 'client'],
    ['key-type', 'SSL peer rejected a handshake message for unacceptable content', 'ed25519', 'server'],
    [
      'key-type',
      'SSL peer was unable to negotiate an acceptable set of security parameters',
      'ed25519',
      'server',
    ],
    [
      'no-certificate',
      'Unable to find the certificate or key necessary for authentication',
      'none',
      'server',
    ],
  ],
}
