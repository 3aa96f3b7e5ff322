import { PROGRAM_NAMES } from './names.ts'
import { NUMBERED_WORDS, OPENSSL_WORDS, VERIFY_WORDS } from './openssl-library.ts'
import { answers, type Answers, type Program } from './program.ts'

/** It completes the handshake and answers the request with status 400; only what cannot be read at all ends it. */
const DEEP: Answers = answers('server', {
  h400: 'missing-int partial any-eku rsa1024 expired notyet int-expired root-expired unknown-ca unknown-ca-root-sent self-signed leaf-pin issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr int-eku wrong-eku crit-ext bad-sig sha1 md5 revoked int-revoked crl-expired crl-missing none',
  51: 'leaf-second bad-cv',
  50: 'garbage',
})
const TOO_DEEP = 'two-int unordered deep-7 deep-11 deep-20'

export const nginx: Program = {
  id: 'nginx',
  name: PROGRAM_NAMES.nginx,
  requestNames: 'bundle',
  depth: { counts: 'intermediates', limit: 1 },
  crlsRead: 'all',
  crlScope: 'chain',
  runs: [
    { versions: ['1.22.1', '1.26.3'], maxDepth: 1, server: answers('server', { h400: TOO_DEEP }, DEEP) },
    { versions: ['1.22.1'], maxDepth: 100, server: DEEP },
  ],
  words: [
    ['issuer-unknown', 'unable to get local issuer certificate', TOO_DEEP],
    ...NUMBERED_WORDS,
    ...VERIFY_WORDS.map(
      ([reason, sentence, cases]) => [reason, sentence, cases.replace('leaf-second ', '')] as const,
    ),
    ['certificate-signature', 'certificate signature failure', 'bad-sig'],
    ['no-certificate', 'client sent no required SSL certificate', 'none'],
    ['handshake-signature', 'bad signature', 'leaf-second bad-cv'],
    ['some-signature', 'provider signature failure', 'leaf-second bad-cv bad-sig'],
    ['certificate-signature', 'asn1 encoding routines:*EVP lib', 'bad-sig'],
    ...OPENSSL_WORDS.filter(([reason]) => reason === 'unreadable'),
    ['certificate-refused', 'client SSL certificate verify error', '=refused'],
  ],
}
