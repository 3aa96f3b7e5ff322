import { succeed } from '../../run.ts'
import { startApart } from './apart.ts'
import type { Player } from './program.ts'
import { gnutlsClient } from './tools.ts'

export const gnutls: Player = {
  id: 'gnutls',
  program: 'gnutls',
  name: 'GnuTLS',
  version: async () =>
    /gnutls-cli (\S+)/.exec((await succeed('gnutls-cli', ['--version'])).output)?.[1] ?? '',
  client: gnutlsClient,
  server: {
    cannot: ({ maxDepth }) => maxDepth !== null,
    start: (jobs) =>
      startApart(jobs, ({ port, end, files }) => [
        ...['gnutls-serv', '--http', '--quiet', '-p', String(port)],
        ...(files.cert && files.key ? ['--x509certfile', files.cert, '--x509keyfile', files.key] : []),
        ...['--x509cafile', files.ca],
        ...(files.allCrls ? ['--x509crlfile', files.allCrls] : []),
        ...(end.asks === 'no' ? ['--disable-client-cert'] : []),
        ...(end.asks === 'required' ? ['--require-client-cert'] : []),
        ...(end.asks !== 'no' && end.verifies !== 'no' ? ['--verify-client-cert'] : []),
      ]),
  },
}
