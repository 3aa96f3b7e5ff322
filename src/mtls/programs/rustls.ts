import { PROGRAM_NAMES } from './names.ts'
import { answers, SENDS_ANYWAY, type Program } from './program.ts'
import type { Words } from './words.ts'

/** The answers of rustls and webpki, without names and revocation. */
export const RUSTLS_REFUSES = {
  46: 'leaf-second deep-7 deep-11 deep-20 issuer-not-ca issuer-no-bc pathlen nameconstr crit-ext',
  48: 'missing-int unknown-ca unknown-ca-root-sent self-signed leaf-pin',
  51: 'bad-cv rsa1024 bad-sig sha1 md5',
  43: 'any-eku int-eku wrong-eku',
  45: 'expired notyet int-expired',
}
const BOTH = {
  ...RUSTLS_REFUSES,
  48: `${RUSTLS_REFUSES[48]} crl-missing`,
  '51|n/a': 'p521',
  44: 'revoked int-revoked',
}

/** What both rustls and Deno print. */
export const RUSTLS_WORDS: Words = [
  [
    'issuer-unknown',
    'invalid peer certificate: UnknownIssuer',
    'missing-int unknown-ca unknown-ca-root-sent self-signed leaf-pin',
  ],
  ['leaf-not-first', 'CaUsedAsEndEntity', 'leaf-second'],
  ['not-a-ca', 'EndEntityUsedAsCa', 'issuer-not-ca issuer-no-bc'],
  ['chain-too-long', 'MaximumPathDepthExceeded', 'deep-7 deep-11 deep-20'],
  ['name-constraints', 'NameConstraintViolation', 'nameconstr'],
  ['path-length', 'PathLenConstraintViolated', 'pathlen'],
  ['critical-extension', 'UnsupportedCriticalExtension', 'crit-ext'],
  ['unreadable', 'invalid peer certificate: BadEncoding', 'garbage'],
]

/** With ring, and its verifiers' defaults. */
export const rustls: Program = {
  id: 'rustls',
  name: PROGRAM_NAMES.rustls,
  requestNames: 'bundle',
  depth: { counts: 'intermediates', limit: 6 },
  crlScope: 'chain',
  runs: [
    {
      versions: ['0.23.26'],
      client: answers('client', { ...BOTH, 42: 'garbage wrong-name cn-only wildcard-deep' }),
      server: answers('server', { ...BOTH, 42: 'garbage', 116: 'none' }),
      choosing: SENDS_ANYWAY,
    },
  ],
  words: [
    ...RUSTLS_WORDS,
    ['some-signature', 'invalid peer certificate: BadSignature', 'bad-cv p521 rsa1024 bad-sig sha1 md5'],
    ['expired', 'invalid peer certificate: Expired', 'expired int-expired'],
    ['not-yet-valid', 'invalid peer certificate: NotValidYet', 'notyet'],
    ['purpose', 'invalid peer certificate: InvalidPurpose', 'any-eku int-eku wrong-eku'],
    [
      'name-mismatch',
      'invalid peer certificate: NotValidForName',
      'wrong-name cn-only wildcard-deep',
      'client',
    ],
    ['revoked', 'invalid peer certificate: Revoked', 'revoked int-revoked'],
    ['status-unknown', 'invalid peer certificate: UnknownRevocationStatus', 'crl-missing'],
    ['no-certificate', 'peer sent no certificates', 'none', 'server'],
    ['no-certificate', 'NoCertificatesPresented', 'none', 'server'],
  ],
}
