import { PROGRAM_NAMES } from './names.ts'
import { answers, type Program } from './program.ts'
import { RUSTLS_REFUSES, RUSTLS_WORDS } from './rustls.ts'

/** rustls with another provider of algorithms, and without CRLs. */
export const deno: Program = {
  id: 'deno',
  name: PROGRAM_NAMES.deno,
  depth: { counts: 'intermediates', limit: 6 },
  runs: [
    {
      versions: ['2.9.6'],
      client: answers('client', {
        ...RUSTLS_REFUSES,
        42: 'garbage wrong-name cn-only wildcard-deep',
        '-': 'revoked crl-ok int-revoked crl-expired crl-missing',
      }),
    },
  ],
  words: [
    ...RUSTLS_WORDS,
    ['some-signature', 'invalid peer certificate: BadSignature', 'bad-cv rsa1024 bad-sig'],
    ['hash-weak', 'UnsupportedSignatureAlgorithmContext', 'sha1 md5'],
    ['purpose', 'certificate does not allow extended key usage for', 'any-eku int-eku wrong-eku'],
    ['expired', 'certificate expired: verification time', 'expired int-expired'],
    ['not-yet-valid', 'certificate not valid yet: verification time', 'notyet'],
    ['name-mismatch', 'certificate not valid for name', 'wrong-name cn-only wildcard-deep'],
  ],
}
