import { withoutEnd } from '../../plain-text.ts'

/** Nothing but text: how a server is told to answer OCSP requests with files (RFC 5019 §5). */

/** Configuration for nginx; `address` is what the certificates name, null where they name none. */
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

/** Host and path of an http address, as far as they are plain enough to stand in a configuration. */
function placeOf(address: string | null): { host: string; path: string } {
  const [, host, path] =
    /^http:\/\/([A-Za-z0-9.-]+)(?::\d+)?(\/[A-Za-z0-9._~/-]*)?$/.exec(address ?? '') ?? []
  return { host: host ?? 'ocsp.example.com', path: `${withoutEnd(path ?? '', '/')}/` }
}
