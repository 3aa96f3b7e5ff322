import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Pile } from '../../src/containers/pile/items.ts'
import { readPile } from '../../src/containers/pile/read-pile.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { toBase64 } from '../../src/octets.ts'
import { issued, request, surroundings } from '../support/authority.ts'
import { toHex } from '../support/bytes.ts'
import { scratchFor, succeed } from '../support/run.ts'

// Archives, paths and signed profiles as other programs write them.

const cwd = scratchFor('archives-of-others')
const at = (name: string): string => join(cwd, name)
const LONG = `${'a folder with a long name/'.repeat(8)}root.pem`
const NAMES = ['ca.der', 'server.pem', LONG]
let ders: Uint8Array[]

beforeAll(async () => {
  const around = surroundings({ at: new Date() })
  const root = await issued('root', request('Archived Root'), null, 'p256', around)
  const ca = await issued('intermediate', request('Archived CA'), root, 'p256', around)
  const server = await issued('tlsServer', request('localhost'), ca, 'p256', around)
  ders = [ca, server, root].map(({ certificate }) => certificate.der)
  mkdirSync(at(join(LONG, '..')), { recursive: true })
  writeFileSync(at('ca.der'), ders[0]!)
  writeFileSync(at('server.pem'), encodePem('CERTIFICATE', ders[1]!))
  writeFileSync(at(LONG), encodePem('CERTIFICATE', ders[2]!))
  writeFileSync(at('server.key'), encodePem('PRIVATE KEY', server.key.pkcs8))
  writeFileSync(at('noise.bin'), randomBytes(300_000))
})

const read = (name: string): Promise<Pile> =>
  readPile([{ name, bytes: new Uint8Array(readFileSync(at(name))) }])
const certificates = ({ items }: Pile): string[] =>
  items.flatMap((item) => (item.kind === 'certificate' ? [toHex(item.certificate.der)] : []))
const told = ({ problems }: Pile): [string, string][] =>
  problems.map(({ source, code }) => [source.file, code])

/** Every certificate under its own name, in any order; and no complaint. */
async function expectAll(name: string): Promise<void> {
  const pile = await read(name)
  expect(pile.problems).toEqual([])
  const found = new Map(
    pile.items.map((item) => [
      item.source.file,
      item.kind === 'certificate' ? toHex(item.certificate.der) : '',
    ]),
  )
  expect(found).toEqual(new Map(NAMES.map((each, i) => [`${name}/${each}`, toHex(ders[i]!)])))
}

const zip = (...args: string[]): Promise<unknown> => succeed('zip', ['-q', ...args], { cwd })

describe('zip', () => {
  test.each([['-9'], ['-0'], ['-fz'], ['-fd']])('with %s', async (option) => {
    await zip(option, `zip${option}.zip`, ...NAMES)
    await expectAll(`zip${option}.zip`)
  })

  test('behind a program, as archives that unpack themselves are', async () => {
    await zip('plain.zip', ...NAMES)
    const program = readFileSync('/bin/true')
    writeFileSync(at('behind.exe'), Buffer.concat([program, readFileSync(at('plain.zip'))]))
    await expectAll('behind.exe')
    // Its offsets told from the front of the file.
    await succeed('zip', ['-q', '-A', 'behind.exe'], { cwd })
    await expectAll('behind.exe')
  })

  test('an entry with a password is named, and the others are read', async () => {
    await zip('-P', 'secret', 'closed.zip', 'server.pem')
    await zip('closed.zip', 'ca.der')
    const pile = await read('closed.zip')
    expect(told(pile)).toEqual([['closed.zip/server.pem', 'archive-entry-encrypted']])
    expect(certificates(pile)).toEqual([toHex(ders[0]!)])
  })

  test('one packed with bzip2 is named', async () => {
    await zip('-Z', 'bzip2', 'bzip2.zip', LONG)
    const pile = await read('bzip2.zip')
    expect(pile.problems).toMatchObject([{ code: 'archive-method-unknown', detail: { method: 'bzip2' } }])
  })

  test('in several parts, each of which is said to be one', async () => {
    await zip('-s', '64k', 'parts.zip', 'noise.bin', ...NAMES)
    for (const part of ['parts.z01', 'parts.zip'])
      expect(told(await read(part))).toEqual([[part, 'archive-end-missing']])
  })
})

test('jar, which says the sizes behind the content', async () => {
  await succeed('jar', ['--create', '--no-manifest', '--file', 'java.jar', ...NAMES], { cwd })
  await expectAll('java.jar')
})

describe('tar', () => {
  test.each(['v7', 'oldgnu', 'gnu', 'ustar', 'pax'])('as %s, packed and not', async (format) => {
    // The oldest has no room for long names.
    const names = format === 'v7' ? NAMES.slice(0, 2) : NAMES
    for (const [name, ...options] of [[`${format}.tar`], [`${format}.tgz`, '--gzip']] as const) {
      await succeed('tar', ['--create', `--format=${format}`, ...options, '--file', name, ...names], { cwd })
      if (format === 'v7') expect(certificates(await read(name))).toHaveLength(2)
      else await expectAll(name)
    }
  })

  test('of a folder, with a file that has holes', async () => {
    writeFileSync(at('holes.crt'), '')
    await succeed('truncate', ['--size', '3M', 'holes.crt'], { cwd })
    for (const format of ['gnu', 'pax']) {
      const name = `holes-${format}.tar`
      const files = ['holes.crt', 'ca.der']
      await succeed('tar', ['--create', `--format=${format}`, '--sparse', '--file', name, ...files], { cwd })
      const pile = await read(name)
      expect(certificates(pile)).toEqual([toHex(ders[0]!)])
      expect(told(pile)[0]?.[0]).toMatch(/holes\.crt$/)
    }
  })
})

test('a profile that OpenSSL signed: its signer, and what it carries', async () => {
  const values = [ders[0]!, ders[2]!].map(
    (der) =>
      `<key>PayloadContent</key>\n\t\t<data>\n${toBase64(der).replace(/.{1,52}/g, '\t\t$&\n')}\t\t</data>`,
  )
  writeFileSync(
    at('profile'),
    `<?xml version="1.0"?>\n<plist version="1.0"><dict>${values.join('\n')}</dict></plist>\n`,
  )
  const sign = ['cms', '-sign', '-binary', '-nodetach', '-in', 'profile', '-signer', 'server.pem']
  for (const [name, ...form] of [
    ['signed.mobileconfig', '-outform', 'DER'],
    ['streamed.mobileconfig', '-outform', 'DER', '-stream'],
    ['signed.pem', '-outform', 'PEM'],
  ] as const) {
    await succeed('openssl', [...sign, '-inkey', 'server.key', ...form, '-out', name], { cwd })
    const pile = await read(name)
    expect(pile.problems).toEqual([])
    expect(certificates(pile)).toEqual([ders[1]!, ders[0]!, ders[2]!].map(toHex))
  }
})

const PATH = `
import java.io.*;
import java.nio.file.*;
import java.security.cert.*;
import java.util.*;
public class Path_ {
  public static void main(String[] args) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> all = new ArrayList<>();
    for (int i = 1; i < args.length; i++)
      try (InputStream in = new FileInputStream(args[i])) { all.add(factory.generateCertificate(in)); }
    Files.write(Paths.get(args[0]), factory.generateCertPath(all).getEncoded("PkiPath"));
  }
}
`

test('a path as Java encodes it, the certificate next to the anchor first', async () => {
  writeFileSync(at('Path_.java'), PATH)
  await succeed('java', ['Path_.java', 'java.pkipath', 'server.pem', 'ca.der'], { cwd })
  const pile = await read('java.pkipath')
  expect(pile.problems).toEqual([])
  expect(certificates(pile)).toEqual([toHex(ders[0]!), toHex(ders[1]!)])
})
