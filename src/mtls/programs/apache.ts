import { PROGRAM_NAMES } from './names.ts'
import { OPENSSL_SERVER, OPENSSL_WORDS } from './openssl-library.ts'
import { answers, type Program } from './program.ts'

/** mod_ssl's directive SSLVerifyDepth counts the root, so that its default of 1 refuses every intermediate. */
export const apache: Program = {
  id: 'apache',
  name: PROGRAM_NAMES.apache,
  depth: { counts: 'below-root', limit: 1 },
  crlsRead: 'all',
  crlScope: 'chain',
  runs: [
    {
      versions: ['2.4.71'],
      maxDepth: 1,
      server: answers(
        'server',
        {
          80: 'ok root-sent extra-cert bad-cv two-int unordered deep-7 deep-11 deep-20 no-eku ed25519 p521 rsa2048 expired notyet int-expired nameconstr ku-no-ds bad-sig crl-ok empty-subject',
          46: 'crl-expired',
        },
        OPENSSL_SERVER,
      ),
    },
    {
      versions: ['2.4.71'],
      maxDepth: 10,
      server: answers('server', { 80: 'deep-11 deep-20', 46: 'crl-expired' }, OPENSSL_SERVER),
    },
  ],
  words: [
    ['chain-too-long', 'AH02040: Certificate Verification', '=80'],
    ...OPENSSL_WORDS,
    ['certificate-refused', 'AH02276: Certificate Verification', '=refused'],
    ['handshake-failed', 'AH02008: SSL library error 1 in handshake', '=refused'],
  ],
}
