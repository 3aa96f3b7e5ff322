import { PROGRAM_NAMES } from './names.ts'
import { OPENSSL_CLIENT, OPENSSL_WORDS } from './openssl-library.ts'
import { answers, SENDS_ANYWAY, type Program } from './program.ts'

/** With OpenSSL; it allows a partial chain, and compares the name itself, after the handshake. */
const client = answers(
  'client',
  { ok: 'partial leaf-pin', 'hs,cut': 'wrong-name wildcard-deep' },
  OPENSSL_CLIENT,
)

export const curl: Program = {
  id: 'curl',
  name: PROGRAM_NAMES.curl,
  plainAlerts: true,
  crlScope: 'chain',
  runs: [
    { versions: ['7.88'], client, choosing: SENDS_ANYWAY },
    { versions: ['8.14'], client },
  ],
  words: [
    ['name-mismatch', 'no alternative certificate subject name matches target', 'wrong-name wildcard-deep'],
    ...OPENSSL_WORDS.filter(([reason]) => !['name-mismatch', 'certificate-signature'].includes(reason)),
    ['certificate-signature', 'asn1 encoding routines:*EVP lib', 'bad-sig'],
  ],
}
