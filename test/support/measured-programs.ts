import type { ProgramId } from '../../src/mtls/programs/program.ts'

/** What the names of programs in the shared measurements are. */
export const MEASURED: Readonly<Record<string, { program: ProgramId; version: string; maxDepth?: number }>> =
  {
    openssl: { program: 'openssl', version: '3.0.19' },
    'openssl-t': { program: 'openssl', version: '3.5.9' },
    go: { program: 'go', version: '1.19.8' },
    'go-t': { program: 'go', version: '1.24.4' },
    java: { program: 'java', version: '17.0.15' },
    'java-t': { program: 'java', version: '21.0.13' },
    gnutls: { program: 'gnutls', version: '3.7.9' },
    'gnutls-t': { program: 'gnutls', version: '3.8.9' },
    nss: { program: 'nss', version: '3.87' },
    node20: { program: 'node', version: '20.20.2' },
    node26: { program: 'node', version: '26.10' },
    bun: { program: 'bun', version: '1.4.5' },
    deno: { program: 'deno', version: '2.9.6' },
    'rustls-t': { program: 'rustls', version: '0.23.26' },
    curl: { program: 'curl', version: '7.88' },
    'curl-t': { program: 'curl', version: '8.14' },
    python: { program: 'python', version: '3.11' },
    'python-t': { program: 'python', version: '3.13' },
    nginx: { program: 'nginx', version: '1.22.1', maxDepth: 1 },
    'nginx-t': { program: 'nginx', version: '1.26.3', maxDepth: 1 },
    nginxdeep: { program: 'nginx', version: '1.22.1', maxDepth: 100 },
    'haproxy-t': { program: 'haproxy', version: '3.0.11' },
    'apache-t': { program: 'apache', version: '2.4.71', maxDepth: 1 },
    'apachedeep-t': { program: 'apache', version: '2.4.71', maxDepth: 10 },
    'stunnel-t': { program: 'stunnel', version: '5.74' },
  }
