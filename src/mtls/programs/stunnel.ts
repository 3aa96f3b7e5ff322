import { PROGRAM_NAMES } from './names.ts'
import { OPENSSL_SERVER, OPENSSL_WORDS } from './openssl-library.ts'
import { answers, type Program } from './program.ts'

/** As a server with verifyChain. */
export const stunnel: Program = {
  id: 'stunnel',
  name: PROGRAM_NAMES.stunnel,
  crlsRead: 'all',
  crlScope: 'leaf',
  runs: [{ versions: ['5.74'], server: answers('server', { ok: 'int-revoked' }, OPENSSL_SERVER) }],
  words: [
    ...OPENSSL_WORDS.filter(([, sentence]) => !sentence.includes('*')),
    ['certificate-refused', 'CERT: Pre-verification error', '=refused'],
  ],
}
