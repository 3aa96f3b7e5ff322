import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Both, to search for words. */
  readonly output: string
}

/** The Debian package of each outside program. */
const PACKAGES: Record<string, string> = {
  openssl: 'openssl',
  certtool: 'gnutls-bin',
  certutil: 'libnss3-tools',
  pk12util: 'libnss3-tools',
  vfychain: 'libnss3-tools',
  java: 'openjdk-17-jdk-headless',
  javac: 'openjdk-17-jdk-headless',
  keytool: 'openjdk-17-jdk-headless',
  jar: 'openjdk-17-jdk-headless',
  unzip: 'unzip',
  zip: 'zip',
  go: 'golang-go',
  cfssl: 'golang-cfssl',
  xca: 'xca',
  '/usr/share/easy-rsa/easyrsa': 'easy-rsa',
  nginx: 'nginx-light',
  apache2: 'apache2-bin',
  stunnel: 'stunnel4',
  'gnutls-cli': 'gnutls-bin',
  'gnutls-serv': 'gnutls-bin',
  tstclnt: 'libnss3-tools',
  crlutil: 'libnss3-tools',
  '/usr/bin/node': 'nodejs',
  '/usr/bin/python3': 'python3',
  unshare: 'util-linux',
  'ssh-keygen': 'openssh-client',
}

/** Runs a program; a missing one fails by its name and where to get it. Output on stderr is kept, not thrown. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string | Uint8Array; env?: Record<string, string> } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC', ...options.env }
    const child = execFile(
      command,
      [...args],
      { cwd: options.cwd, env, maxBuffer: 256 * 1024 * 1024, timeout: 240_000 },
      (error, stdout, stderr) => {
        const failure = error as (Error & { code?: number | string }) | null
        if (failure?.code === 'ENOENT') reject(new Error(missing(command)))
        else
          resolve({
            code: typeof failure?.code === 'number' ? failure.code : failure ? 255 : 0,
            stdout,
            stderr,
            output: stdout + stderr,
          })
      },
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end(options.input ?? '')
  })
}

export const missing = (command: string): string =>
  `${command} is missing: apt-get install ${PACKAGES[command] ?? command}`

/** Like run(), but anything except success fails with the program's output. */
export async function succeed(...parameters: Parameters<typeof run>): Promise<Outcome> {
  const outcome = await run(...parameters)
  if (outcome.code !== 0)
    throw new Error(`${parameters[0]} ${parameters[1].join(' ')} → ${outcome.code}\n${outcome.output}`)
  return outcome
}

/** A folder that is removed after the test; `file()` writes into it and returns the path. */
export function scratch(): { path: string; file: (name: string, content: string | Uint8Array) => string } {
  const path = mkdtempSync(join(tmpdir(), 'rootcellar-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    file: (name, content) => {
      const at = join(path, name)
      writeFileSync(at, content)
      return at
    },
  }
}

/** A folder that is removed when the process ends, for files made once for many tests. */
export function scratchFor(what: string): string {
  const path = mkdtempSync(join(tmpdir(), `rootcellar-${what}-`))
  process.on('exit', () => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Makes it on first use, and only once. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}
