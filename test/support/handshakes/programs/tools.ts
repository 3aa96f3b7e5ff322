import { TLS13 } from '../../../../src/mtls/wire/code-points.ts'
import { succeed } from '../../run.ts'
import type { ClientJob, Player, ServerJob, Started } from './program.ts'
import { allListen, runOnce, several, start } from './processes.ts'

/** Programs that are started once for each server, or for each connection. */

const GET = 'GET / HTTP/1.0\r\n\r\n'

const opensslOwn = ({ cert, key }: ServerJob['files']): string[] =>
  cert && key ? ['-cert', cert, '-key', key, '-cert_chain', cert] : []
const opensslTrust = ({ caAndCrls, crls }: ServerJob['files']): string[] => [
  ...['-CAfile', caAndCrls, '-no-CApath', '-no-CAstore'],
  ...(crls.length > 0 ? ['-crl_check_all'] : []),
]

/** The depth of -verify counts only where something else is wrong. */
const opensslDepth = (depth: number | null): string[] =>
  depth === null ? [] : ['-verify_depth', String(depth)]

/** One process for each job, which ends with the others. */
async function each(
  jobs: readonly ServerJob[],
  command: (job: ServerJob) => readonly [string, readonly string[]],
): Promise<Started> {
  const running = await Promise.all(
    jobs.map((job) => {
      const [program, args] = command(job)
      return start(program, args, { until: () => allListen([job.port]) })
    }),
  )
  return {
    stop: async () => {
      await Promise.all(running.map(({ stop }) => stop()))
    },
  }
}

/** Its own certificate is the first of the chain too, and so is sent twice, as in much printed advice. */
export const openssl: Player = {
  id: 'openssl',
  program: 'openssl',
  printed: 'openssl',
  name: 'OpenSSL',
  version: async () => (await succeed('openssl', ['version'])).stdout.split(' ')[1]!,
  server: {
    cannot: () => false,
    start: (jobs) =>
      each(jobs, ({ port, end, files }) => [
        'openssl',
        [
          ...['s_server', '-accept', `127.0.0.1:${port}`, '-www', '-quiet'],
          ...opensslOwn(files),
          ...opensslTrust(files),
          ...(end.asks === 'no'
            ? []
            : [end.asks === 'required' ? '-Verify' : '-verify', '99', ...opensslDepth(end.maxDepth)]),
          ...(end.verifies === 'no' ? [] : ['-verify_return_error']),
        ],
      ]),
  },
  client: {
    cannot: () => false,
    ask: (jobs) =>
      several(jobs, async ({ port, end, files }) => {
        await runOnce(
          'openssl',
          [
            ...['s_client', '-connect', `127.0.0.1:${port}`, '-servername', end.host!, '-quiet'],
            ...opensslOwn(files),
            ...opensslTrust(files),
            ...opensslDepth(end.maxDepth),
            ...(end.checksHost ? ['-verify_hostname', end.host!] : []),
            ...(end.verifies === 'no' ? [] : ['-verify_return_error']),
          ],
          { input: GET },
        )
      }),
  },
}

export const curl: Player = {
  id: 'curl',
  program: 'curl',
  printed: 'curl',
  name: 'curl',
  version: async () => (await succeed('curl', ['--version'])).stdout.split(' ')[1]!,
  client: {
    cannot: ({ end }) => end.maxDepth !== null,
    ask: (jobs) =>
      several(jobs, async ({ port, end, files, hasStaple }: ClientJob) => {
        await runOnce('curl', [
          ...['-sS', '--max-time', '10', '--noproxy', '*', '--resolve', `${end.host!}:${port}:127.0.0.1`],
          ...['--cacert', files.ca],
          ...(files.cert && files.key ? ['--cert', files.cert, '--key', files.key] : []),
          ...(files.allCrls ? ['--crlfile', files.allCrls] : []),
          ...(end.verifies === 'no' ? ['-k'] : []),
          ...(hasStaple ? ['--cert-status'] : []),
          `https://${end.host!}:${port}/`,
        ])
      }),
  },
}

export const gnutlsClient: NonNullable<Player['client']> = {
  cannot: ({ end }) => end.maxDepth !== null,
  ask: (jobs) =>
    several(jobs, async ({ port, end, files, version, over }: ClientJob) => {
      await runOnce(
        'gnutls-cli',
        [
          ...['-p', String(port), '--sni-hostname', end.host!, '--verify-hostname', end.host!],
          ...['--x509cafile', files.ca, '--logfile', '/dev/null'],
          ...(files.cert && files.key ? ['--x509certfile', files.cert, '--x509keyfile', files.key] : []),
          ...(files.allCrls ? ['--x509crlfile', files.allCrls] : []),
          ...(end.verifies === 'no' ? ['--insecure'] : []),
          ...['--priority', version === TLS13 ? 'NORMAL' : 'NORMAL:-VERS-TLS1.3', '127.0.0.1'],
        ],
        { input: GET, until: over },
      )
    }),
}
