import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nameKeyAsPrinted, printedNameKey } from '../../../src/mtls/output/name-text.ts'
import { OUTPUT_LIMITS, readOutput, type SeenServer } from '../../../src/mtls/output/read-output.ts'
import { fromBase64 } from '../../../src/octets.ts'
import { TLS12, TLS13 } from '../../../src/mtls/wire/code-points.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { encodeName, nameFromDer } from '../../../src/x509/name.ts'
import { ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'

// Output of OpenSSL 3.0.19 and curl 7.88.1, as it was printed (but for a session's secret).

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/mtls/output/${name}`, import.meta.url), 'utf8')
const certificateIn = (name: string) =>
  parseCertificate(fromBase64(fixture(name).replace(/-----.*-----/g, ''))!)

function seenIn(text: string): SeenServer {
  const read = readOutput(text)
  if ('fault' in read) throw new Error(JSON.stringify(read.fault))
  return read.seen
}
const faultOf = (text: string): unknown => {
  const read = readOutput(text)
  return 'fault' in read ? read.fault : null
}
const subjects = ({ certificates }: SeenServer): (string | null | undefined)[] =>
  certificates.map((der) => parseCertificate(der).subject.rdns.at(-1)?.[0]?.text)

describe('what openssl s_client prints', () => {
  test.each([
    ['showcerts.txt', TLS13, 20],
    ['tls12-rfc2253.txt', TLS12, 0],
  ] as const)('%s: the chain in its order, and whom the server accepts', (name, version, code) => {
    const seen = seenIn(fixture(name))
    expect(subjects(seen)).toEqual(['api.example.com', 'Example Server CA'])
    expect(seen).toMatchObject({ named: 2, asks: true, version, verified: { code } })
    const known = ['root.pem', 'other.pem'].map((file) => nameKeyAsPrinted(certificateIn(file).subject))
    expect(seen.accepts.map(printedNameKey)).toEqual(known)
  })

  test('the host stands in the command', () => {
    expect(seenIn(fixture('showcerts.txt')).host).toBe('api.example.com')
    expect(seenIn(fixture('tls12-rfc2253.txt')).host).toBeNull()
  })

  test('without -showcerts it names more certificates than it shows', () => {
    const seen = seenIn(fixture('without-showcerts.txt'))
    expect(subjects(seen)).toEqual(['api.example.com'])
    expect(seen).toMatchObject({ named: 2, asks: true })
  })

  test('a server that asks for no certificate', () => {
    expect(seenIn(fixture('asks-nobody.txt'))).toMatchObject({ named: 1, asks: false, accepts: [] })
  })

  test('line ends of Windows and indented lines change nothing', () => {
    const text = fixture('showcerts.txt')
    expect(seenIn(text.replaceAll('\n', '\r\n  '))).toEqual(seenIn(text))
  })

  test('a certificate that was sent twice is there twice', () => {
    const text = fixture('asks-nobody.txt')
    const block = /-----BEGIN[^]*?END CERTIFICATE-----\n/.exec(text)![0]
    expect(seenIn(text.replace(block, block + block)).certificates).toHaveLength(2)
  })

  test('a text that ends after the chain leaves open what is asked for', () => {
    const [chain] = fixture('showcerts.txt').split('Server certificate')
    expect(seenIn(chain!)).toMatchObject({ named: 2, asks: null, verified: null, version: null })
  })
})

describe('what is not read says why', () => {
  const text = fixture('showcerts.txt')
  test.each([
    ['nothing', '  \n ', { code: 'output-empty', detail: null }],
    ['something else', 'Hello, world', { code: 'output-unknown', detail: null }],
    ['curl', fixture('curl.txt'), { code: 'output-names-alone', detail: { program: 'curl' } }],
    [
      'names alone',
      'Certificate chain\n 0 s:CN = a\n   i:CN = b\n---',
      { code: 'output-names-alone', detail: { program: null } },
    ],
    [
      'no answer',
      'CONNECTED(00000003)\nno peer certificate available',
      { code: 'output-no-certificate', detail: null },
    ],
    ['cut off', text.slice(0, text.indexOf('-----END')), { code: 'output-cut', detail: { line: 14 } }],
    ['damaged', text.replace('MIIB', 'MI?B'), { code: 'output-base64', detail: { line: 14 } }],
    [
      'too long',
      'x'.repeat(OUTPUT_LIMITS.characters + 1),
      { code: 'output-too-long', detail: { length: 2_000_001, limit: 2_000_000 } },
    ],
    [
      'too many',
      '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'.repeat(65),
      { code: 'output-too-many', detail: { what: 'certificates', limit: 64 } },
    ],
  ])('%s', (_name, pasted, fault) => {
    expect(faultOf(pasted)).toEqual(fault)
  })

  test('a long text of any kind is read at once', () => {
    for (const piece of [
      '-----BEGIN CERTIFICATE-----',
      ' 0 s:',
      '\\',
      '"',
      ',',
      '/CN=',
      '=',
      's_client -connect a',
    ])
      expect(readOutput(piece.repeat(100_000).slice(0, OUTPUT_LIMITS.characters))).toHaveProperty('fault')
  })
})

describe('names as they are printed', () => {
  const { C, O, CN } = ATTRIBUTE_OIDS
  const name = nameFromDer(
    encodeName([
      [{ oid: C, text: 'CH' }],
      [{ oid: O, text: 'A, "B" + C = D/E' }],
      [{ oid: CN, text: 'Zoë' }],
    ]),
  )
  test.each([
    'C = CH, O = "A, \\"B\\" + C = D/E", CN = Zo\\C3\\AB',
    'C=CH, O=A\\, \\"B\\" \\+ C \\= D/E, CN=Zoë',
    'CN=zoë,O=A\\, \\"b\\" \\+ C = D/E,C=CH',
  ])('%s', (text) => {
    expect(printedNameKey(text)).toBe(nameKeyAsPrinted(name))
  })

  test('with slashes, as OpenSSL 1.0 did', () => {
    expect(printedNameKey('/C=CH/O=A, B/C+D/CN=a b')).toBe(printedNameKey('C=CH,O=A\\, B/C\\+D,CN=A  B'))
  })

  test.each([
    ['nothing', ''],
    ['a word', 'nothing'],
    ['an open quote', '"C=CH'],
    ['no type', '=x'],
    ['octets that are not UTF-8', 'C=CH, \\FF'],
    ['a very long one', 'x'.repeat(5_000)],
  ])('%s is none', (_what, text) => {
    expect(printedNameKey(text)).not.toBe(nameKeyAsPrinted(name))
  })
})
