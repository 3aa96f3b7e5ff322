import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { once, run, scratchFor, succeed } from '../../support/run.ts'

const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const AT_A_TIME = 8

/** Whether each certificate is read, in order. */
export type CertificateReader = (all: readonly Uint8Array[]) => Promise<boolean[]>

/** One process for each certificate, some at a time. */
const oneByOne =
  (command: string, args: readonly string[]): CertificateReader =>
  async (all) => {
    const answers = new Array<boolean>(all.length)
    const ask = async (i: number): Promise<void> => {
      const { code } = await run(command, args, { input: all[i]! })
      answers[i] = code === 0
    }
    for (let from = 0; from < all.length; from += AT_A_TIME)
      await Promise.all(all.slice(from, from + AT_A_TIME).map((_each, i) => ask(from + i)))
    return answers
  }

/** One process for all: base64 in, a line for each out. */
const inOneRun =
  (program: () => Promise<readonly [command: string, ...args: string[]]>): CertificateReader =>
  async (all) => {
    const [command, ...args] = await program()
    const input = all.map((der) => `${Buffer.from(der).toString('base64')}\n`).join('')
    const { stdout } = await succeed(command, args, { input })
    const lines = stdout.trimEnd().split('\n')
    if (lines.length !== all.length) throw new Error(`${command}: ${String(lines.length)} answers`)
    return lines.map((line) => line.startsWith('ok'))
  }

const java = once(async () => {
  const folder = scratchFor('read-java')
  await succeed('javac', ['-d', folder, source('Read.java')])
  return ['java', '-cp', folder, 'Read'] as const
})
const go = once(async () => {
  const program = join(scratchFor('read-go'), 'read')
  const env = { GOFLAGS: '-mod=mod', GOPROXY: 'off', GO111MODULE: 'off' }
  await succeed('go', ['build', '-o', program, source('read.go')], { env })
  return [program] as const
})

export const READERS = {
  openssl: oneByOne('openssl', ['x509', '-inform', 'DER', '-noout']),
  gnutls: oneByOne('certtool', ['--certificate-info', '--inder']),
  java: inOneRun(java),
  go: inOneRun(go),
} satisfies Record<string, CertificateReader>
export type ReaderName = keyof typeof READERS
