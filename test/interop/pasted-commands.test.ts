import '../support/english.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CodedError, type ErrorCode } from '../../src/errors.ts'
import { errors } from '../../src/messages/en/errors.ts'
import { fixes } from '../../src/messages/en/fixes.ts'
import { foreignFormats } from '../../src/messages/en/foreign-formats.ts'
import { requests } from '../../src/messages/en/ui/requests.ts'
import { journalText } from '../../src/paper/journal.ts'
import { opensslCommands } from '../../src/paper/openssl-commands.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { issued, request } from '../support/authority.ts'
import { HOSTILE, RUN } from '../support/pty/hostile.ts'
import { paste, SHELLS } from '../support/pty/paste.ts'
import { createVault, startWorker } from '../support/worker.ts'

// The commands that hold no name: those of sentences, of a certificate's page and of an exported journal. Each is pasted as it
// is printed, and every program is given the words that a reader sees.

const PROGRAMS = [
  ...['openssl', 'keytool', 'ssh-keygen', 'puttygen', 'gpg', 'gpgsm', 'age', 'certutil'],
  ...['gzip', 'cp', 'sha256sum'],
]
const COMMAND = new RegExp(`: ((?:${PROGRAMS.join('|')}) [^)]*)(?:$|\\))`)

/** Every command at the end of a sentence or of brackets; a list of two is two. */
const commandsIn = (sentence: string): string[] => {
  const [, found] = COMMAND.exec(sentence) ?? []
  return found?.split(', ') ?? []
}

const said = (code: ErrorCode, detail: unknown): string =>
  (errors[code as keyof typeof errors] as (detail: unknown) => string)(
    new CodedError(code, detail as never).detail,
  )

const SENTENCES = [
  ...Object.values(foreignFormats).flatMap((say) =>
    (['DER', 'PEM', 'text'] as const).map((form) => say(form)),
  ),
  ...['JKS', 'PKCS#12', 'PKCS#8'].flatMap((format) => [
    said('container-iterations-too-many', { format, iterations: 1e9, limit: 1 }),
    said('container-algorithm-unknown', { format, algorithm: `'; ${RUN}; '` }),
  ]),
  said('key-curve-explicit', { curve: 'P-256' }),
  said('archive-damaged', { format: 'gzip', offset: 1 }),
  fixes['ec-parameters-not-named']!(null, ''),
  requests.aloud.how,
]
const PRINTED = [...new Set([...SENTENCES.flatMap(commandsIn), 'sha256sum rootcellar.html'])]

/** As words are seen: no quotes are in any of these; what follows > is a file. */
const wordsOf = (command: string): string[][] =>
  command.split(' && ').map((one) => one.replace(/ > \S+$/, '').split(' '))

test('all commands that stand in sentences are among those that are pasted', () => {
  const folder = join(import.meta.dirname, '../../src/messages/en')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const starts = new RegExp(`[:\`'] ?((?:${PROGRAMS.join('|')}) -?[a-z]\\S* \\S+)`, 'g')
  const written = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(starts)].map(([, command]) => command!),
  )
  expect(written.length).toBeGreaterThan(15)
  const beginnings = written.map((command) => command.replace(/\$\{.*$/, '').replace(/[',`]+$/, ''))
  for (const beginning of beginnings)
    expect(
      PRINTED.some((command) => command.includes(beginning)),
      beginning,
    ).toBe(true)
})

const ALGORITHMS: readonly KeyAlgorithmId[] = ['p256', 'p384', 'p521', 'rsa-2048', 'ed25519', 'ml-dsa-65']

/** The same certificate with this name in subject and subjectAltName. */
function named({ certificate }: { certificate: Certificate }, value: string): Certificate {
  const subject = {
    ...certificate.subject,
    rdns: certificate.subject.rdns.map((rdn) => rdn.map((each) => ({ ...each, text: value }))),
  }
  return { ...certificate, subject, subjectAltName: [{ kind: 'dNSName', value }] as never }
}

const roots = await Promise.all(ALGORITHMS.map((each) => issued('root', request('Root'), null, each)))
const COMMANDS = roots.flatMap((root) =>
  [true, false].flatMap((isRoot) => {
    const { show, verify, make } = opensslCommands(named(root, 'www.example.com'), isRoot)
    return [show, verify, make!]
  }),
)

test('the commands for a certificate like this one hold nothing of its names', () => {
  let without = 0
  for (const root of roots)
    for (const isRoot of [true, false]) {
      const plain = opensslCommands(named(root, 'www.example.com'), isRoot)
      for (const value of HOSTILE) {
        const { show, verify, make, config } = opensslCommands(named(root, value), isRoot)
        expect([show, verify]).toEqual([plain.show, plain.verify])
        // Null with the configuration, which is pasted into a file.
        expect([plain.make, null]).toContain(make)
        expect(make === null).toBe(config === null)
        if (make === null) without++
      }
    }
  expect(without).toBeGreaterThan(roots.length * 30)
})

describe.each(SHELLS)('pasted into %s (%s)', (...shell) => {
  test('each program is given the words that are seen, and nothing else runs', async () => {
    const texts = [...PRINTED, ...COMMANDS]
    const { told, given, files } = await paste(shell, texts, { programs: PROGRAMS })
    expect(told.filter((each) => each !== 'ended')).toEqual([])
    expect(given).toEqual(texts.flatMap((text) => text.split('\n').flatMap(wordsOf)))
    const written = texts.flatMap((text) => / > (\S+)$/.exec(text)?.[1] ?? [])
    expect(files.toSorted()).toEqual([...new Set(written)].toSorted())
  })

  test('the lines that check an exported journal run as printed, whatever was remarked in it', async () => {
    const worker = startWorker()
    await createVault(worker)
    for (const value of HOSTILE)
      await worker.client.call('vault.setIdle', { minutes: 10, actor: { who: value, remark: value } })
    const { name, bytes, last } = await worker.client.call('journal.export', { actor: { who: 'Ada' } })
    worker.close()
    const text = journalText({ name, bytes, last })
    const head = text.split('\n').flatMap((line) => (line.startsWith('# ') ? [line.slice(2)] : []))
    const byOne = head.find((line) => line.startsWith('sed '))!
    const typed = head.slice(
      head.findIndex((line) => line.startsWith('p=')),
      head.findIndex((line) => line.startsWith('  echo')) + 1,
    )
    expect(typed).toHaveLength(10)
    const pasted = [`${byOne} && sh check.sh > one`, `{\n${typed.join('\n')}\n} > ten`]
    const { told, files, folder } = await paste(shell, pasted, { programs: [], files: { [name]: text } })
    expect(told).toEqual(['ended', 'ended'])
    expect(files.toSorted()).toEqual([name, 'check.sh', 'one', 'ten'].toSorted())
    for (const out of ['one', 'ten'])
      expect(readFileSync(join(folder, out), 'utf8')).toBe(`The chain holds. Last: ${last}\n`)
  })
})
