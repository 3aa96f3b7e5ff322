import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, scratchFor, succeed } from '../../run.ts'
import type { Files } from '../files.ts'
import type { Player } from './program.ts'
import { runOnce, several } from './processes.ts'

/** As a client. Its databases: what a side has, and what it trusts. */

let root: string | null = null
const owns = new Map<string, Promise<string>>()

/** A database with the side's own certificate, which most scenarios share. */
function withOwn({ cert, key, both }: Files): Promise<string> {
  const name = both === null ? '' : readFileSync(both, 'utf8')
  const known = owns.get(name)
  if (known) return known
  const made = (async () => {
    const folder = mkdtempSync(join((root ??= scratchFor('nss')), 'own-'))
    await succeed('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
    if (cert && key) {
      const p12 = join(folder, 'own.p12')
      await succeed('openssl', [
        ...['pkcs12', '-export', '-in', cert, '-inkey', key, '-certfile', cert],
        ...['-name', 'own', '-passout', 'pass:', '-out', p12],
      ])
      await succeed('pk12util', ['-i', p12, '-d', `sql:${folder}`, '-W', ''])
    }
    return folder
  })()
  owns.set(name, made)
  return made
}

const blocks = (path: string): readonly string[] =>
  readFileSync(path, 'utf8').match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? []

const databases = new Map<string, Promise<string>>()

/** One for each scenario, whichever version is asked first. */
function database(files: Files, folder: string): Promise<string> {
  const known = databases.get(folder)
  if (known) return known
  const made = fill(files, folder)
  databases.set(folder, made)
  return made
}

async function fill(files: Files, folder: string): Promise<string> {
  const own = await withOwn(files)
  const path = join(folder, 'nss')
  mkdirSync(path)
  for (const name of ['cert9.db', 'key4.db', 'pkcs11.txt']) cpSync(join(own, name), join(path, name))
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(path, name), content)
    return join(path, name)
  }
  // It takes no key that it does not know, and is then without that root.
  const add = (name: string, text: string, trust: string) =>
    run('certutil', [
      '-A',
      '-d',
      `sql:${path}`,
      '-n',
      name,
      '-t',
      trust,
      '-a',
      '-i',
      write(`${name}.pem`, text),
    ])
  for (const [i, { pem, isCa }] of files.anchors.entries())
    await add(`anchor${i}`, pem, isCa ? 'CT,,' : 'P,,')
  // It takes a list only if the list's issuer is in the database.
  for (const [i, pem] of files.listIssuers.entries()) await add(`issuer${i}`, pem, ',,')
  for (const [i, crl] of files.crls.entries()) {
    const [block] = blocks(crl)
    const der = Buffer.from(block!.replace(/-----[^-]+-----/g, ''), 'base64')
    await run('crlutil', ['-I', '-d', `sql:${path}`, '-i', write(`crl${i}.der`, der), '-t', '1'])
  }
  return path
}

export const nss: Player = {
  id: 'nss',
  program: 'nss',
  name: 'NSS',
  version: async () => {
    const { stdout } = await run('dpkg-query', ['-W', '-f', '${Version}', 'libnss3-tools'])
    return /^(?:\d+:)?([\d.]+)/.exec(stdout)?.[1] ?? ''
  },
  client: {
    cannot: ({ end }) => end.maxDepth !== null,
    ask: (jobs) =>
      several(jobs, async ({ port, end, files, folder, hasStaple, over }) => {
        const path = await database(files, folder)
        await runOnce(
          'tstclnt',
          [
            ...['-h', '127.0.0.1', '-p', String(port), '-a', end.host!, '-d', `sql:${path}`, '-w', ' '],
            ...(files.cert ? ['-n', 'own'] : []),
            ...['-V', 'tls1.2:tls1.3', '-4'],
            ...(end.verifies === 'no' ? ['-o'] : []),
            ...(hasStaple ? ['-T'] : []),
          ],
          { input: 'GET / HTTP/1.0\r\n\r\n', until: over },
        )
      }),
  },
}
