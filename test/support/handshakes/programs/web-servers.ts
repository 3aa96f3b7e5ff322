import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { scratchFor, run } from '../../run.ts'
import type { Player, ServerJob, Started } from './program.ts'
import { allListen, PATH, start } from './processes.ts'

/** Servers that hold all jobs in one setting, a listener for each. */

const versionOf =
  (command: string, args: readonly string[], pattern: RegExp) => async (): Promise<string> => {
    const { output } = await run(command, args, { env: { PATH } })
    return pattern.exec(output)?.[1] ?? ''
  }

async function startAll(
  jobs: readonly ServerJob[],
  setting: string,
  command: (path: string, folder: string) => readonly [string, readonly string[]],
): Promise<Started> {
  const folder = scratchFor('web-server')
  // They give up the rights of root, and have to read here all the same.
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'page'))
  writeFileSync(join(folder, 'page/index.html'), 'ok\n')
  const path = join(folder, 'setting')
  writeFileSync(path, setting.replaceAll('FOLDER', folder))
  const [program, args] = command(path, folder)
  const ports = jobs.map(({ port }) => port)
  return start(program, args, { cwd: folder, until: () => allListen(ports) })
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `${kind}_temp_path FOLDER/${kind};`)
  .join(' ')
const NGINX_ASKS = { no: 'off', optional: 'optional', required: 'on' } as const

/** With a depth of its own where the scenario has one, otherwise one that does not matter. */
const nginxPlayer = (id: string, depth: number | null): Player => ({
  id,
  program: 'nginx',
  ...(depth === null && { printed: 'nginx' }),
  name: depth === null ? 'nginx' : `nginx, depth ${depth}`,
  version: versionOf('nginx', ['-v'], /nginx\/(\S+)/),
  server: {
    // Depth 0 is its certificate alone, and no limit of CAs.
    cannot: () => false,
    start: (jobs) =>
      startAll(
        jobs,
        [
          'daemon off; master_process off; pid FOLDER/nginx.pid; error_log FOLDER/error.log; events {}',
          `http { access_log off; ${temporary}`,
          ...jobs.map(({ port, end, files }) =>
            [
              `server { listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1.2 TLSv1.3;`,
              `ssl_certificate ${files.cert!}; ssl_certificate_key ${files.key!};`,
              `ssl_verify_client ${end.verifies === 'no' ? 'optional_no_ca' : NGINX_ASKS[end.asks]};`,
              ...(end.asks === 'no' ? [] : [`ssl_client_certificate ${files.ca};`]),
              ...(end.maxDepth !== null || depth !== null
                ? [`ssl_verify_depth ${end.maxDepth ?? depth!};`]
                : []),
              ...(files.allCrls ? [`ssl_crl ${files.allCrls};`] : []),
              'location / { return 200 "ok"; } }',
            ].join(' '),
          ),
          '}',
        ].join('\n'),
        (path, folder) => ['nginx', ['-c', path, '-p', folder]],
      ),
  },
})

export const nginx = nginxPlayer('nginx', null)
export const nginxDeep = nginxPlayer('nginx-deep', 100)

export const haproxy: Player = {
  id: 'haproxy',
  program: 'haproxy',
  printed: 'haproxy',
  name: 'HAProxy',
  version: versionOf('haproxy', ['-v'], /version (\d[\d.]*)/),
  server: {
    cannot: ({ maxDepth }) => maxDepth !== null,
    start: (jobs) =>
      startAll(
        jobs,
        [
          'defaults',
          ...['mode http', 'timeout client 10s', 'timeout server 10s', 'timeout connect 5s'].map(indented),
          ...jobs.flatMap(({ id, port, end, files }) => [
            `frontend ${id}`,
            indented(
              [
                `bind 127.0.0.1:${port} ssl crt ${files.both!} ssl-min-ver TLSv1.2`,
                ...(end.asks === 'no' ? [] : [`ca-file ${files.ca} verify ${end.asks}`]),
                ...(end.asks !== 'no' && end.verifies === 'no'
                  ? ['crt-ignore-err all ca-ignore-err all']
                  : []),
                ...(files.allCrls ? [`crl-file ${files.allCrls}`] : []),
              ].join(' '),
            ),
            indented('http-request return status 200 content-type text/plain string "ok"'),
          ]),
          '',
        ].join('\n'),
        (path) => ['haproxy', ['-db', '-f', path]],
      ),
  },
}
const indented = (text: string): string => `    ${text}`

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'dir', 'socache_shmcb', 'ssl']
const APACHE_ASKS = { no: 'none', optional: 'optional', required: 'require' } as const

const apachePlayer = (id: string, depth: number | null): Player => ({
  id,
  program: 'apache',
  ...(depth === null && { printed: 'apache' }),
  name: depth === null ? 'Apache' : `Apache, depth ${depth}`,
  version: versionOf('apache2', ['-v'], /Apache\/(\S+)/),
  server: {
    cannot: () => false,
    start: (jobs) =>
      startAll(
        jobs,
        [
          ...MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
          ...['User www-data', 'Group www-data', 'ServerName localhost', 'DefaultRuntimeDir FOLDER'],
          ...['PidFile FOLDER/apache.pid', 'ErrorLog FOLDER/error.log', 'SSLSessionCache none'],
          ...['DocumentRoot FOLDER/page', 'DirectoryIndex index.html'],
          ...jobs.flatMap(({ port, end, files }) => [
            `Listen 127.0.0.1:${port}`,
            `<VirtualHost 127.0.0.1:${port}>`,
            ...['SSLEngine on', `SSLCertificateFile ${files.cert!}`, `SSLCertificateKeyFile ${files.key!}`],
            ...['SSLProtocol -all +TLSv1.2 +TLSv1.3', `SSLCACertificateFile ${files.ca}`],
            `SSLVerifyClient ${end.verifies === 'no' ? 'optional_no_ca' : APACHE_ASKS[end.asks]}`,
            ...(end.maxDepth !== null || depth !== null ? [`SSLVerifyDepth ${end.maxDepth ?? depth!}`] : []),
            ...(files.allCrls ? [`SSLCARevocationFile ${files.allCrls}`, 'SSLCARevocationCheck chain'] : []),
            '</VirtualHost>',
          ]),
          '',
        ].join('\n'),
        (path, folder) => ['apache2', ['-d', folder, '-f', path, '-DFOREGROUND']],
      ),
  },
})

export const apache = apachePlayer('apache', null)
export const apacheDeep = apachePlayer('apache-deep', 10)

export const stunnel: Player = {
  id: 'stunnel',
  program: 'stunnel',
  printed: 'stunnel',
  name: 'stunnel',
  version: versionOf('stunnel', ['-version'], /stunnel (\S+)/),
  server: {
    cannot: ({ maxDepth, asks, verifies }) => maxDepth !== null || (asks !== 'no' && verifies === 'no'),
    start: async (jobs) => {
      const behind = createServer((_, response) => response.setHeader('Connection', 'close').end('ok\n'))
      await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
      const { port: backend } = behind.address() as { port: number }
      const stopBehind = (): void => {
        behind.close()
        behind.closeAllConnections()
      }
      try {
        const started = await startAll(
          jobs,
          [
            ...['foreground = yes', 'pid =', 'debug = err', ''],
            ...jobs.flatMap(({ id, port, end, files }) => [
              `[${id}]`,
              ...[`accept = 127.0.0.1:${port}`, `connect = 127.0.0.1:${backend}`],
              ...[`cert = ${files.cert!}`, `key = ${files.key!}`, 'sslVersionMin = TLSv1.2'],
              ...(end.asks === 'no'
                ? []
                : [
                    `CAfile = ${files.ca}`,
                    ...(files.allCrls ? [`CRLfile = ${files.allCrls}`] : []),
                    'verifyChain = yes',
                    `requireCert = ${end.asks === 'required' ? 'yes' : 'no'}`,
                  ]),
              '',
            ]),
          ].join('\n'),
          (path) => ['stunnel', [path]],
        )
        return {
          stop: async () => {
            await started.stop()
            stopBehind()
          },
        }
      } catch (error) {
        stopBehind()
        throw error
      }
    },
  },
}
