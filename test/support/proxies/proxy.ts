/** How a proxy is set up in front of a server, to see what it tells that of its client's certificate. */

export interface Ground {
  readonly folder: string
  /** Where it listens, and where the server behind it does. */
  readonly port: number
  readonly behind: number
  /** Whether a client without a certificate is let in. */
  readonly asks: 'required' | 'optional'
  /** What the page prints for it. */
  readonly setting: string
}

export interface Proxy {
  /** Name and content of its file; `server.pem`, `server.key`, `server-both.pem` and `ca.pem` are there. */
  readonly file: readonly [name: string, write: (ground: Ground) => string]
  readonly check: (folder: string) => readonly [command: string, args: readonly string[]]
  readonly start: (folder: string) => readonly [command: string, args: readonly string[]]
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

const nginx: Proxy = {
  file: [
    'nginx.conf',
    ({ folder, port, behind, asks, setting }) => `daemon off; master_process off; pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http { access_log off; ${TEMPORARY.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
server { listen 127.0.0.1:${port} ssl;
ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key;
ssl_client_certificate ${folder}/ca.pem; ssl_verify_client ${asks === 'required' ? 'on' : 'optional'}; ssl_verify_depth 2;
location / { proxy_pass http://127.0.0.1:${behind};
${setting}
} } }
`,
  ],
  check: (folder) => ['nginx', ['-t', '-q', '-c', `${folder}/nginx.conf`, '-p', folder]],
  start: (folder) => ['nginx', ['-c', `${folder}/nginx.conf`, '-p', folder]],
}

const haproxy: Proxy = {
  file: [
    'haproxy.cfg',
    ({ folder, port, behind, asks, setting }) => `defaults
    mode http
    timeout client 20s
    timeout server 20s
    timeout connect 5s
frontend clients
    bind 127.0.0.1:${port} ssl crt ${folder}/server-both.pem ca-file ${folder}/ca.pem verify ${asks}
${setting.replace(/^/gm, '    ')}
    default_backend servers
backend servers
    server one 127.0.0.1:${behind}
`,
  ],
  check: (folder) => ['haproxy', ['-c', '-f', `${folder}/haproxy.cfg`]],
  start: (folder) => ['haproxy', ['-db', '-f', `${folder}/haproxy.cfg`]],
}

const MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'socache_shmcb',
  'ssl',
  'headers',
  'proxy',
  'proxy_http',
]

const apache: Proxy = {
  file: [
    'apache.conf',
    ({ folder, port, behind, asks, setting }) => `${MODULES.map(
      (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
    ).join('\n')}
User www-data
Group www-data
ServerName localhost
DefaultRuntimeDir ${folder}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
SSLEngine on
SSLCertificateFile ${folder}/server.pem
SSLCertificateKeyFile ${folder}/server.key
SSLCACertificateFile ${folder}/ca.pem
SSLVerifyClient ${asks === 'required' ? 'require' : 'optional'}
SSLVerifyDepth 2
ProxyPass / http://127.0.0.1:${behind}/
${setting}
</VirtualHost>
`,
  ],
  check: (folder) => ['apache2', ['-t', '-d', folder, '-f', `${folder}/apache.conf`]],
  start: (folder) => ['apache2', ['-d', folder, '-f', `${folder}/apache.conf`, '-DFOREGROUND']],
}

export const PROXIES = { nginx, haproxy, apache }
export type ProxyId = keyof typeof PROXIES
