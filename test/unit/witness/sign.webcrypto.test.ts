import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readAttestation } from '../../../src/ceremony/attested.ts'
import { readManifest as readOurs } from '../../../src/ceremony/manifest.ts'
import { hexOf, utf8 } from '../../../src/octets.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { nameToText } from '../../../src/x509/name.ts'
import { serialOf } from '../../../src/x509/serial-number.ts'
import { attest, derSignature, safeName } from '../../../witness/attest.ts'
import { compare, readManifest } from '../../../witness/manifest.ts'
import { bringKey, makeKey, nameFault } from '../../../witness/signing-key.ts'
import { once, scratch, scratchFor, succeed } from '../../support/run.ts'

const NOW = new Date('2026-11-30T10:00:00.500Z')
const MANIFEST = utf8(`${'a'.repeat(64)}  plan.json\n`)

const octets = (path: string, name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(join(path, name)))

describe('a key that is made', () => {
  test('has a certificate that both readers and OpenSSL read', async () => {
    const key = await makeKey('Ana Pérez', NOW)
    expect(key.privateKey.extractable).toBe(false)
    const certificate = parseCertificate(key.certificate)
    expect(certificate.findings).toEqual([])
    expect(nameToText(certificate.subject)).toBe('CN=Ana Pérez')
    expect(certificate.issuer.der).toEqual(certificate.subject.der)
    expect(serialOf(certificate)).toMatch(/^[4-7][0-9a-f]{31}$/)
    expect(certificate.notBefore).toEqual(new Date('2026-11-30T10:00:00Z'))
    expect(certificate.notAfter).toEqual(new Date('2026-12-30T10:00:00Z'))
    expect([...certificate.keyUsage!]).toEqual(['digitalSignature'])
    expect(certificate.basicConstraints).toMatchObject({ ca: false })
    const { file } = scratch()
    const path = file('w.der', key.certificate)
    const { stdout } = await succeed('openssl', ['x509', '-inform', 'DER', '-in', path, '-noout', '-text'])
    expect(stdout).toContain('ASN1 OID: prime256v1')
    const pem = await succeed('openssl', ['x509', '-inform', 'DER', '-in', path])
    const trusted = file('w.pem', pem.stdout)
    await succeed('openssl', ['verify', '-check_ss_sig', '-no_check_time', '-CAfile', trusted, trusted])
  })

  test('signs what the room reads', async () => {
    const key = await makeKey('Ana Pérez', NOW)
    const roll = [{ person: 'ana', name: 'Ana Pérez', key: hexOf(key.sha256) }]
    const file = utf8(await attest(MANIFEST, key))
    expect(await readAttestation(file, MANIFEST, roll)).toMatchObject({ person: 'ana' })
    await expect(readAttestation(file, utf8('other'), roll)).rejects.toThrow('witness-refused')
  })
})

test.each([
  ['', /^Type your name/],
  ['x'.repeat(65), /at most 64/],
  ['Ana\u200b', /cannot be seen/],
  ['Ana\u202e', /cannot be seen/],
])('the name %j is refused', (name, sentence) => {
  expect(nameFault(name)).toMatch(sentence)
})

test('names become names of files', () => {
  const names = ['Ana Pérez', '../../etc', '王', '-rf', 'a/b\\c:d', 'x'.repeat(50)].map(safeName)
  expect(names).toEqual(['Ana-Perez', 'etc', 'witness', 'rf', 'a-b-c-d', 'x'.repeat(40)])
})

test('a signature is written in the shortest form', () => {
  const raw = new Uint8Array(64)
  raw.set([0, 0, 0x80], 0)
  raw[63] = 1
  expect(hexOf(derSignature(raw))).toBe(`3024021f0080${'00'.repeat(29)}020101`)
})

const brought = once(async () => {
  const path = scratchFor('witness-key')
  const openssl = (...args: string[]) => succeed('openssl', args, { cwd: path })
  const request = ['req', '-x509', '-newkey', 'ec', '-subj', '/O=Outside/CN=Bo', '-days', '9', '-noenc']
  await openssl(...request, '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', 'key.pem', '-out', 'bo.crt')
  await openssl(...request, '-pkeyopt', 'ec_paramgen_curve:P-384', '-keyout', 'key384.pem', '-out', '384.crt')
  await openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'other.pem')
  await openssl('ec', '-in', 'key.pem', '-out', 'sec1.pem')
  await openssl('pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'pass:wörd', '-out', 'sealed.pem')
  await openssl(
    'pkcs8',
    '-topk8',
    '-v2',
    'aes128',
    '-v2prf',
    'hmacWithSHA512',
    '-in',
    'key.pem',
    '-passout',
    'pass:wörd',
    '-out',
    'sealed128.pem',
  )
  await openssl(
    'pkcs8',
    '-topk8',
    '-v1',
    'PBE-SHA1-3DES',
    '-in',
    'key.pem',
    '-passout',
    'pass:wörd',
    '-out',
    'old.pem',
  )
  return path
})

describe('a key that is brought', () => {
  test.each(['key.pem', 'sealed.pem', 'sealed128.pem'])(
    '%s signs under the name on its certificate',
    async (name) => {
      const path = await brought()
      const answer = await bringKey(octets(path, 'bo.crt'), octets(path, name), 'wörd')
      if (!('key' in answer)) throw new Error(answer.fault)
      expect(answer.key).toMatchObject({ name: 'Bo' })
      expect(answer.key.privateKey.extractable).toBe(false)
      const roll = [{ person: 'bo', name: 'Bo', key: null }]
      const file = utf8(await attest(MANIFEST, answer.key))
      expect(await readAttestation(file, MANIFEST, roll)).toMatchObject({ person: 'bo' })
    },
  )

  test.each([
    ['bo.crt', 'sealed.pem', 'wrong', /^The passphrase does not open/],
    ['bo.crt', 'old.pem', 'wörd', /encrypted in a way/],
    ['bo.crt', 'sec1.pem', '', /openssl pkcs8 -topk8/],
    ['bo.crt', 'other.pem', '', /not that of the certificate/],
    ['bo.crt', 'bo.crt', '', /no private key/],
    ['bo.crt', 'key384.pem', '', /not one on P-256/],
    ['384.crt', 'key384.pem', '', /key is EC, P-384/],
    ['key.pem', 'key.pem', '', /has no certificate/],
  ])('%s with %s (%j) is refused', async (certificate, key, passphrase, sentence) => {
    const path = await brought()
    const answer = await bringKey(octets(path, certificate), octets(path, key), passphrase)
    expect('fault' in answer && answer.fault).toMatch(sentence)
  })
})

const A = 'a'.repeat(64)

test('both readers of manifests accept and refuse the same', () => {
  const lines = (...names: string[]): string => names.map((name) => `${A}  ${name}\n`).join('')
  const ours = (text: string): boolean => {
    try {
      return readOurs(utf8(text)).length > 0
    } catch {
      return false
    }
  }
  const good = [lines('a'), lines('Z', 'a-b', 'a.b', 'a/b'), lines('_x/y-z.html')]
  const bad = [
    '',
    A,
    lines('b', 'a'),
    lines('a', 'a'),
    lines('../a'),
    lines('/a'),
    lines('a//b'),
    lines('.a'),
    lines('-a'),
    `${A} *a\n`,
    lines('a').replace('\n', '\r\n'),
    lines('é'),
    `${A.toUpperCase()}  a\n`,
    `${lines('a')}\n`,
    lines('x'.repeat(201)),
  ]
  for (const text of good)
    expect([text, 'lines' in readManifest(utf8(text)), ours(text)]).toEqual([text, true, true])
  for (const text of bad)
    expect([text, 'lines' in readManifest(utf8(text)), ours(text)]).toEqual([text, false, false])
})

test('files are compared with their lines, wherever they were', () => {
  const [b, c] = ['b'.repeat(64), 'c'.repeat(64)]
  const manifest = [
    { name: 'objects/root.der', sha256: A },
    { name: 'pem/root.pem', sha256: b },
    { name: 'plan.json', sha256: c },
    { name: 'rehearsal/root.der', sha256: b },
  ]
  expect(
    compare(manifest, [
      { name: 'record/plan.json', sha256: c },
      { name: 'root.der', sha256: b },
      { name: 'record/pem/root.pem', sha256: A },
      { name: 'record/manifest.sha256', sha256: c },
      { name: 'record/witnesses/ana.sig', sha256: c },
      { name: 'record/objects/x/root.der', sha256: c },
    ]),
  ).toEqual({
    same: ['plan.json', 'rehearsal/root.der'],
    different: ['pem/root.pem'],
    missing: ['objects/root.der'],
    others: ['record/objects/x/root.der'],
  })
  expect(compare(manifest, [{ name: 'root.der', sha256: c }]).different).toEqual(['objects/root.der'])
})
