import { PROGRAM_NAMES } from './names.ts'
import { OPENSSL_CLIENT, OPENSSL_SERVER, OPENSSL_WORDS } from './openssl-library.ts'
import { SENDS_ANYWAY, type Program } from './program.ts'

/** The module ssl: a bare SSLContext with CERT_REQUIRED and VERIFY_CRL_CHECK_CHAIN. */
export const python: Program = {
  id: 'python',
  name: PROGRAM_NAMES.python,
  plainAlerts: true,
  requestNames: 'none',
  crlScope: 'chain',
  runs: [
    { versions: ['3.11'], client: OPENSSL_CLIENT, server: OPENSSL_SERVER, choosing: SENDS_ANYWAY },
    { versions: ['3.13'], client: OPENSSL_CLIENT, server: OPENSSL_SERVER },
  ],
  words: [
    ['unreadable', '[SSL] ASN1 lib', 'garbage'],
    ...OPENSSL_WORDS.filter(([, sentence]) => sentence !== 'ecc cert not for signing'),
  ],
}
