import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { encodePkcs7 } from '../../../src/containers/pkcs7.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { seq, bitString, integer, nul, octetString, oid, tlv } from '../../../src/der/writer.ts'
import { CodedError, type ForeignFormat } from '../../../src/errors.ts'
import { errors } from '../../../src/messages/en/errors.ts'
import { foreignFormats } from '../../../src/messages/en/foreign-formats.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { toBase64 } from '../../../src/octets.ts'
import { debianRoots } from '../../support/roots.ts'

/** Formats not read here are named; other content next to them is read. */
const [[, certificate]] = debianRoots() as [[string, Uint8Array]]
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/foreign/${name}`, import.meta.url)))
const text = (name: string): string => new TextDecoder().decode(fixture(name))

/** With a label that nothing here writes. */
const pem = (label: string, der: Uint8Array): string =>
  encodePem('CERTIFICATE', der).replaceAll('CERTIFICATE', label)

async function read(content: string | Uint8Array, name = 'x') {
  const bytes = typeof content === 'string' ? utf8(content) : content
  const { items, problems } = await readPile([{ name, bytes }])
  return { kinds: items.map(({ kind }) => kind), problems }
}
const named = (format: ForeignFormat, form: 'PEM' | 'DER' | 'text' = 'text') => ({
  kinds: [],
  problems: [expect.objectContaining({ code: 'pile-format-not-read', detail: { format, form } })],
})

test.each<[string, ForeignFormat, ('PEM' | 'DER' | 'text')?]>([
  ['openssh-rsa', 'openssh-key', 'PEM'],
  ['openssh-ecdsa', 'openssh-key', 'PEM'],
  ['openssh-ed25519', 'openssh-key-ed25519', 'PEM'],
  ['openssh-rsa.pub', 'ssh-public-key'],
  ['openssh-ecdsa.pub', 'ssh-public-key'],
  ['openssh-ed25519.pub', 'ssh-public-key-other'],
  ['openssh-ed25519-cert.pub', 'ssh-certificate'],
  ['rfc4716-rsa.pub', 'ssh-public-key'],
  ['putty-rsa.ppk', 'putty-key', 'DER'],
  ['putty-ed25519.ppk', 'putty-key-other', 'DER'],
  ['sshcom-rsa', 'sshcom-key', 'DER'],
  ['store.bks', 'bks', 'DER'],
  ['empty.bks', 'bks', 'DER'],
  ['store.uber', 'uber', 'DER'],
  ['store.bcfks', 'bcfks', 'DER'],
  ['pubring.kbx', 'gpgsm-keybox', 'DER'],
  ['key.gpg', 'pgp-keys', 'DER'],
  ['key.asc', 'pgp-keys', 'PEM'],
  ['hello.asc', 'pgp-signature', 'PEM'],
  ['hello.sig', 'pgp-signature', 'DER'],
  ['to-a-key.gpg', 'pgp-message', 'DER'],
  ['symmetric.gpg', 'pgp-message', 'DER'],
  ['hello.age', 'age-message', 'DER'],
  ['hello-armoured.age', 'age-message', 'PEM'],
  ['age-key.txt', 'age-key', 'DER'],
  ['minisign.pub', 'minisign', 'DER'],
  ['minisign.key', 'minisign', 'DER'],
  ['hello.minisig', 'minisign', 'DER'],
])('%s as its program wrote it', async (name, format, form = 'text') => {
  expect(await read(fixture(name))).toEqual(named(format, form))
})

describe('with other things around it', () => {
  test('an OpenSSH key, in base64 or in octets', async () => {
    const body = text('openssh-rsa').replace(/-----[^-]+-----/g, '')
    expect(await read(body)).toEqual(named('openssh-key'))
    expect(await read(`key: ${body.replace(/\s/g, '')}\n`)).toEqual(named('openssh-key'))
    expect(await read(Uint8Array.from(Buffer.from(body, 'base64')))).toEqual(named('openssh-key', 'DER'))
    expect(await read(JSON.stringify({ key: text('openssh-rsa') }))).toEqual(named('openssh-key', 'PEM'))
    expect(await read(text('openssh-rsa').replaceAll('\n', '\r\n'))).toEqual(named('openssh-key', 'PEM'))
  })

  test('public keys of many hosts are named once', async () => {
    const hosts = ['a', 'b', 'c'].map((host) => `${host} ${text('openssh-rsa.pub')}`).join('')
    expect(await read(`# hosts\n${hosts}`)).toEqual(named('ssh-public-key'))
  })

  test('what may stand beside certificates is named where there is nothing else', async () => {
    const beside = [
      text('openssh-rsa.pub'),
      '-----BEGIN OpenVPN Static key V1-----\n6acef03f62675b4b1bbd03e53b187727\n-----END OpenVPN Static key V1-----\n',
      '-----BEGIN PGP SIGNATURE-----\nVersion: x\n\niHUEABYKAB0WIQ==\n=abcd\n-----END PGP SIGNATURE-----\n',
      encodePem('PUBLIC KEY', seq(seq(oid('1.2.840.113549.1.1.1'), nul()), bitString(new Uint8Array(40)))),
      pem('RSA PUBLIC KEY', seq(integer(77), integer(3))),
    ]
    for (const other of beside) {
      expect((await read(other)).problems).toMatchObject([{ code: 'pile-format-not-read' }])
      const both = await read(other + encodePem('CERTIFICATE', certificate))
      expect(both).toEqual({ kinds: ['certificate'], problems: [] })
    }
  })

  test('a private key that cannot be read is named beside certificates too', async () => {
    const { kinds, problems } = await read(text('openssh-rsa') + encodePem('CERTIFICATE', certificate))
    expect(kinds).toEqual(['certificate'])
    expect(problems).toMatchObject([
      { code: 'pile-format-not-read', source: { label: 'OPENSSH PRIVATE KEY' } },
    ])
  })

  test('certificates in a text that OpenPGP signed', async () => {
    const signed = text('hello.asc').replace(
      'hello',
      encodePem('CERTIFICATE', certificate).replace(/^-/gm, '- -'),
    )
    expect(await read(signed)).toEqual({ kinds: ['certificate'], problems: [] })
  })
})

test('PGP blocks with headers and check sums, whole or cut', async () => {
  const block = (label: string, end = true): string =>
    `-----BEGIN PGP ${label}-----\nComment: GPGTools - https://gpgtools.org\n\nhF4DAAAAAAAAAAASAQdA\n=njUN\n${
      end ? `-----END PGP ${label}-----\n` : ''
    }`
  expect(await read(block('MESSAGE'))).toEqual(named('pgp-message', 'PEM'))
  expect(await read(block('MESSAGE', false))).toEqual(named('pgp-message', 'PEM'))
  expect(await read(block('PRIVATE KEY BLOCK'))).toEqual(named('pgp-keys', 'PEM'))
})

test.each<[ForeignFormat, string | Uint8Array]>([
  ['web-page', '<!DOCTYPE html>\n<html><head><title>Log in</title></head></html>'],
  ['web-page', '\ufeff\n<!-- x -->\n<HTML lang="en">'],
  ['picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['parameters', '-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQI=\n-----END DH PARAMETERS-----\n'],
  ['ssh-public-key', `ssh-dss ${Buffer.from(`\0\0\0\x07ssh-dss\0${'x'.repeat(60)}`).toString('base64')}`],
  ['pdf', '%PDF-1.7\n%\u00e2\u00e3'],
  ['archive', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4)],
  ['archive-xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4)],
  ['archive-bzip2', Uint8Array.of(0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26)],
  ['archive-zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 4, 0)],
  ['archive-lz4', Uint8Array.of(4, 0x22, 0x4d, 0x18, 0x64, 0x40, 0xa7, 0x31, 3)],
  ['archive-compress', Uint8Array.of(0x1f, 0x9d, 0x90, 0x30)],
  ['archive-cpio', '070701000A3C1D000081A4'],
  ['dump-of-words', '0000000 8230 f902 8230 e101 03a0 0102 0202 6014\n0000010 c8ba 2fe8\n'],
  ['dump-of-words', '0000000 101060 174402 101060 160401 001640 000402\n'],
  ['dump-of-words', '0000000 2d2d 2d2d 422d 4745 4e49 4320 5245 4954\n'],
  ['dump-of-words', '0000000    026455  026455  041055  043505  047111\n'],
  ['dump-of-words', '0000000 7730 0102 0401 9a20\n'],
  ['crmf', seq(seq(seq(integer(0), seq()), tlv(0xa1, seq(), bitString(new Uint8Array(8)))))],
  ['sqlite', 'SQLite format 3\0\x10\0'],
  ['badger', 'Bdgr\0\0\0\x08\0\0\0\x02'],
  ['sqlite-nss', `SQLite format 3\0${'\0'.repeat(4000)}CREATE TABLE nssPublic (id PRIMARY KEY)`],
  ['pvk', Uint8Array.of(0x1e, 0xf1, 0xb5, 0xb0, 0, 0, 0, 0, 1)],
])('%s by what it begins with', async (format, content) => {
  expect((await read(content)).problems).toMatchObject([{ code: 'pile-format-not-read', detail: { format } }])
})

test('JSON: public keys, what is encrypted, what is signed', async () => {
  const rsa = { kty: 'RSA', n: 'x'.repeat(342), e: 'AQAB' }
  expect(await read(JSON.stringify(rsa))).toEqual(named('jwk-public', 'DER'))
  expect(await read(JSON.stringify({ keys: [rsa, rsa] }))).toEqual(named('jwk-public', 'DER'))
  expect((await read('[[1], [2]]')).problems).toMatchObject([{ code: 'pile-nothing-found' }])
  const withChain = { keys: [{ ...rsa, x5c: [toBase64(certificate)] }] }
  expect(await read(JSON.stringify(withChain))).toEqual({ kinds: ['certificate'], problems: [] })
  const header = Buffer.from('{"alg":"PBES2-HS512+A256KW","enc":"A256GCM"}').toString('base64url')
  expect(
    await read(`${header}.${'A'.repeat(54)}.${'B'.repeat(16)}.${'C'.repeat(800)}.${'D'.repeat(22)}\n`),
  ).toEqual(named('jwe', 'DER'))
  expect(await read(JSON.stringify({ protected: header, iv: 'x', ciphertext: 'y', tag: 'z' }))).toEqual(
    named('jwe', 'DER'),
  )
  expect(await read(`${header}.${'A'.repeat(54)}.${'B'.repeat(342)}`)).toEqual(named('jwt', 'DER'))
})

test('DSA keys, plain or under a passphrase', async () => {
  const der = seq(integer(0), integer(23), integer(11), integer(2), integer(3), integer(4))
  expect(await read(pem('DSA PRIVATE KEY', der))).toEqual(named('dsa-key', 'PEM'))
  const header = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n'
  const closed = pem('DSA PRIVATE KEY', new Uint8Array(64)).replace('\n', `\n${header}`)
  expect(await read(closed)).toEqual(named('dsa-key', 'PEM'))
})

test("Netscape's sequence of certificates is read", async () => {
  const sequence = seq(oid('2.16.840.1.113730.2.5'), tlv(0xa0, seq(certificate, certificate)))
  for (const content of [sequence, encodePem('CERTIFICATE', sequence)])
    expect(await read(content)).toEqual({ kinds: ['certificate', 'certificate'], problems: [] })
})

test('CMS that is encrypted is no fault of form', async () => {
  const enveloped = (type: string) =>
    seq(oid(type), tlv(0xa0, seq(integer(0), octetString(new Uint8Array(40)))))
  for (const [type, format] of [
    ['1.2.840.113549.1.7.3', 'cms-encrypted'],
    ['1.2.840.113549.1.9.16.1.23', 'cms-encrypted'],
    ['1.2.840.113549.1.7.6', 'cms-encrypted-data'],
    ['1.2.840.113549.1.9.16.1.9', 'cms-compressed'],
    ['1.2.840.113549.1.7.5', 'cms-other'],
  ] as const)
    expect(await read(enveloped(type))).toEqual(named(format, 'DER'))
})

test('requests to others, and signatures that came without certificates', async () => {
  const algorithm = seq(oid('2.16.840.1.101.3.4.2.1'))
  const query = seq(integer(1), seq(algorithm, octetString(new Uint8Array(32))), integer(7))
  expect(await read(query)).toEqual(named('timestamp-query', 'DER'))
  const asked = seq(seq(seq(algorithm, octetString(new Uint8Array(20)), integer(5))))
  expect(await read(seq(seq(asked, tlv(0xa2, seq(asked)))))).toEqual(named('ocsp-request', 'DER'))
  expect(await read(encodePem('CERTIFICATE', encodePkcs7([])))).toEqual(
    named('cms-without-certificates', 'PEM'),
  )
})

test("IBM's databases are known by their name alone", async () => {
  expect(await read(Uint8Array.of(1, 2, 3, 4), 'key.KDB')).toEqual(named('ibm-kdb', 'DER'))
})

test('an empty file is said to be empty, and an unknown label is said', async () => {
  expect((await read('')).problems).toMatchObject([{ code: 'pile-file-empty' }])
  expect((await read('-----BEGIN FOO BAR-----\nAAAA\n-----END FOO BAR-----\n')).problems).toMatchObject([
    { code: 'pile-label-unknown', detail: { label: 'FOO BAR' } },
  ])
})

test('a file that by its name was to tell who is revoked, and does not', async () => {
  const page = '<!DOCTYPE html><title>Not found</title>'
  for (const content of ['', page, 'text']) {
    expect((await read(content, 'ca.crl')).problems).toMatchObject([{ status: 'crl' }])
    expect((await read(content, 'a.ors')).problems).toMatchObject([{ status: 'ocspResponse' }])
    expect((await read(content, 'ca.crt')).problems[0]).not.toHaveProperty('status')
  }
  const { problems } = await readPile([
    { name: 'ca.crl', bytes: new Uint8Array(), unread: 'NotReadableError' },
  ])
  expect(problems).toMatchObject([{ code: 'pile-file-unreadable', status: 'crl' }])
})

test('every sentence names the thing first, and no object identifier', () => {
  for (const format of Object.keys(foreignFormats) as ForeignFormat[])
    for (const form of ['PEM', 'DER', 'text'] as const) {
      const error = new CodedError('pile-format-not-read', { format, form })
      const said = errors['pile-format-not-read'](error.detail)
      expect(said).toMatch(/^(?:This|These|By its name this) /)
      expect(said).not.toMatch(/\d\.\d+\.\d+/)
      expect(said.length).toBeLessThan(480)
    }
})
