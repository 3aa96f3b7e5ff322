import type { ProgramId } from './program.ts'

/** What the programs are called, wherever they are named: by what was measured, as proxies, and where settings are printed. */
export const PROGRAM_NAMES: Readonly<Record<ProgramId, string>> = {
  openssl: 'OpenSSL',
  go: 'Go',
  java: 'Java',
  gnutls: 'GnuTLS',
  nss: 'NSS',
  node: 'Node.js',
  bun: 'Bun',
  deno: 'Deno',
  rustls: 'rustls',
  curl: 'curl',
  python: 'Python',
  nginx: 'nginx',
  haproxy: 'HAProxy',
  apache: 'Apache',
  stunnel: 'stunnel',
}
