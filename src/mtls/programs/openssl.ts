import { PROGRAM_NAMES } from './names.ts'
import { OPENSSL_CLIENT, OPENSSL_SERVER, OPENSSL_WORDS } from './openssl-library.ts'
import { SENDS_ANYWAY, type Program } from './program.ts'

/** Its s_client and s_server, with -verify_return_error. */
export const openssl: Program = {
  id: 'openssl',
  name: PROGRAM_NAMES.openssl,
  plainAlerts: true,
  requestNames: 'bundle',
  depth: { counts: 'intermediates', limit: null },
  crlsRead: 'first',
  crlScope: 'chain',
  runs: [
    { versions: ['3.0.19'], client: OPENSSL_CLIENT, server: OPENSSL_SERVER, choosing: SENDS_ANYWAY },
    { versions: ['3.5.9'], client: OPENSSL_CLIENT, server: OPENSSL_SERVER },
  ],
  words: OPENSSL_WORDS,
}
