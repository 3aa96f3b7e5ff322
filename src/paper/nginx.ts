import { withoutEnd } from '../plain-text.ts'

/** Text only: how to configure a server to serve OCSP responses from files (RFC 5019 §5). */

/** Returns the configuration for nginx; `address` is the one in the certificates, null if they have none. */
export function nginxFor(address: string | null): string {
  const { host, path } = placeOf(address)
  return [
    'server {',
    '    listen 80;',
    `    server_name ${host};`,
    `    location ${path} {`,
    '        alias /srv/ocsp/;',
    '        types { }',
    '        default_type application/ocsp-response;',
    '        expires 1h;',
    '    }',
    '}',
    '',
  ].join('\n')
}

/** Returns host and path of an http address if both are safe to put into a configuration. */
function placeOf(address: string | null): { host: string; path: string } {
  const [, host, path] =
    /^http:\/\/([A-Za-z0-9.-]+)(?::\d+)?(\/[A-Za-z0-9._~/-]*)?$/.exec(address ?? '') ?? []
  return { host: host ?? 'ocsp.example.com', path: `${withoutEnd(path ?? '', '/')}/` }
}
