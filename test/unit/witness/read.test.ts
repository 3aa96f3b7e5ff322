import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CryptoEngine, PublicKeyInfo } from 'pkijs'
import { describe, expect, test } from 'vitest'
import { hexOf } from '../../../src/octets.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import type { Name } from '../../../src/x509/name.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import { sealWords } from '../../../src/ui/certificate/key-seal.ts'
import { blocksOf, LARGEST_FILE } from '../../../witness/blocks.ts'
import { compareOctets, MOST_ITEMS, readFile, signatureAnswer } from '../../../witness/items.ts'
import { nameLine } from '../../../witness/name.ts'
import { NOT_READ } from '../../../witness/not-read.ts'
import { MOST_ENTRIES, read } from '../../../witness/read.ts'
import type { Facts } from '../../../witness/read.ts'
import { plain, wordsOf } from '../../../witness/text.ts'
import { signatureName, unreadable, verify } from '../../../witness/verify.ts'
import { listOfLength } from '../../support/long-list.ts'

const FOLDER = 'test/fixtures/witness'
const octetsOf = (name: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(join(FOLDER, name)))

function factsOf(name: string): { facts: Facts; der: Uint8Array<ArrayBuffer> } {
  const [part] = blocksOf(octetsOf(name))
  if (!part || !('block' in part)) throw new Error(`${name} has no block`)
  const reading = read(part.block.der, part.block.kind)
  if (!('facts' in reading)) throw new Error(`${name}: ${reading.notRead}`)
  return { facts: reading.facts, der: part.block.der }
}

const namePairs = ({ rdns }: Name) => rdns.flat().map(({ oid, text }) => ({ oid, text }))
const extensionTriples = (given: readonly { oid: string; critical: boolean; value: Uint8Array }[]) =>
  given.map(({ oid, critical, value }) => [oid, critical, hexOf(value)])

describe('facts are what the first reader says', () => {
  const names = readdirSync(FOLDER).sort()
  test.each(names.filter((name) => !/^(list|request)/.test(name)))('of %s', (name) => {
    const { facts, der } = factsOf(name)
    const other = parseCertificate(der)
    expect(facts.kind).toBe('certificate')
    expect(facts.subject).toMatchObject(namePairs(other.subject))
    expect(facts.issuer).toMatchObject(namePairs(other.issuer))
    expect(facts.serial).toBe(hexOf(other.serialNumber))
    expect([facts.from, facts.until]).toEqual([other.notBefore, other.notAfter])
    expect(hexOf(facts.key!.spki)).toBe(hexOf(other.spki.der))
    expect(hexOf(facts.signed.tbs)).toBe(hexOf(other.tbs))
    expect(extensionTriples(facts.extensions)).toEqual(extensionTriples(other.extensions))
  })

  test('of a request', () => {
    const { facts, der } = factsOf('request.pem')
    const other = parseRequest(der)
    expect(facts.subject).toMatchObject(namePairs(other.subject))
    expect(hexOf(facts.key!.spki)).toBe(hexOf(other.spki.der))
    expect(extensionTriples(facts.extensions)).toEqual(extensionTriples(other.extensions))
  })

  test('of a list', () => {
    const { facts, der } = factsOf('list.pem')
    const other = parseCertificateList(der)
    expect(facts.issuer).toMatchObject(namePairs(other.issuer))
    expect([facts.from, facts.until]).toEqual([other.thisUpdate, other.nextUpdate])
    expect(facts.entries).toMatchObject([{ serial: factsOf('leaf.pem').facts.serial }])
    expect(extensionTriples(facts.extensions)).toEqual(extensionTriples(other.extensions))
  })

  test('keys by kind and size, extensions in words, others by their octets', () => {
    expect(factsOf('root.pem').facts.key!.text).toBe('RSA, 2048 bits')
    expect(factsOf('other-root.pem').facts.key!.text).toBe('EC, P-384')
    expect(factsOf('ed25519.pem').facts.key!.text).toBe('Ed25519')
    const texts = new Map(factsOf('leaf.pem').facts.extensions.map(({ oid, text }) => [oid, text]))
    expect(texts.get('2.5.29.17')).toBe(
      'DNS: api.example.com\nIP: 192.0.2.1\nIP: 2001:0db8:0000:0000:0000:0000:0000:0001',
    )
    expect(texts.get('2.5.29.15')).toBe('digitalSignature')
    expect(texts.get('2.5.29.19')).toBe('not a CA')
    expect(texts.get('2.5.29.37')).toBe('TLS server\nTLS client')
    expect(texts.get('2.5.29.31')).toBe('URI: http://crl.example.com/r.crl')
    expect(texts.get('1.3.6.1.5.5.7.1.1')).toBe('OCSP: URI: http://ocsp.example.com')
    expect(texts.get('1.2.3.4.5')).toBeNull()
    const list = factsOf('list.pem').facts.extensions.map(({ oid, text }) => [oid, text])
    expect(new Map(list as [string, string][]).get('2.5.29.20')).toBe('1')
  })
})

describe('words', () => {
  test('are those of the main page for every octet in every place', () => {
    for (let octet = 0; octet < 256; octet++) {
      const hash = Uint8Array.from({ length: 32 }, (_, i) => (octet + i * 67) & 255)
      expect(wordsOf(hash)).toBe(sealWords(hash))
    }
  })

  test('text of others is never obeyed', () => {
    expect(plain('a\u202eb\u0000c\u00a0d\ne f')).toBe('a‹U+202E›b‹U+0000›c‹U+00A0›d‹U+000A›e f')
    const line = nameLine(factsOf('hostile.pem').facts.subject!)
    expect(line).toContain('safe‹U+202E›gro.live‹U+0001›‹U+001B›[31m')
    expect(plain('x'.repeat(10_000)).length).toBeLessThan(4_100)
  })
})

describe('signatures', () => {
  const facts = (name: string) => factsOf(name).facts
  const given = () => [facts('root.pem'), facts('other-root.pem'), facts('leaf.pem')]

  test.each([
    ['root.pem', 'The signature verifies with its own key.'],
    ['other-root.pem', 'The signature verifies with its own key.'],
    ['pss.pem', 'The signature verifies with its own key.'],
    ['request.pem', 'The signature verifies with its own key.'],
    ['hostile.pem', 'The signature verifies with its own key.'],
    ['leaf.pem', 'The signature verifies with the key of C: DE · O: Example Trust · CN: Example Root.'],
    ['list.pem', 'The signature verifies with the key of C: DE · O: Example Trust · CN: Example Root.'],
  ])('of %s', async (name, sentence) => {
    expect(await signatureAnswer(facts(name), given())).toEqual({ tone: 'good', sentence })
  })

  test('one changed octet under the signature and it does not verify', async () => {
    const root = facts('root.pem')
    for (const name of ['root.pem', 'other-root.pem', 'pss.pem', 'request.pem']) {
      const { signed, key } = facts(name)
      const tbs = signed.tbs.slice()
      tbs[tbs.length - 1]! ^= 1
      expect(await verify({ ...signed, tbs }, key!)).toBe('fails')
    }
    const leaf = facts('leaf.pem')
    const tbs = leaf.signed.tbs.slice()
    tbs[tbs.length - 1]! ^= 1
    const answer = await signatureAnswer({ ...leaf, signed: { ...leaf.signed, tbs } }, [root])
    expect(answer).toMatchObject({ tone: 'bad' })
    expect(answer.sentence).toContain('does not verify with the key of')
  })

  test('without the issuer it is not checked, and says what to add', async () => {
    const answer = await signatureAnswer(facts('leaf.pem'), [facts('leaf.pem')])
    expect(answer.tone).toBe('grey')
    expect(answer.sentence).toContain('Add the certificate of the issuer')
  })
})

describe('not read', () => {
  test('docs/witness.md lists each sentence, and no other', () => {
    const listed = readFileSync('docs/witness.md', 'utf8').split('## What is not read')[1]!
    expect([...listed.matchAll(/^- (.*)$/gm)].map(([, line]) => line)).toEqual(Object.values(NOT_READ))
  })

  test('Ed25519 and ML-DSA, which PKI.js does not verify', async () => {
    const { signed, key } = factsOf('ed25519.pem').facts
    expect(await verify(signed, key!)).toEqual({ notRead: 'ed25519' })
    expect(signatureName(signed)).toBe('Ed25519')
    const engine = new CryptoEngine({ name: 'test', crypto: globalThis.crypto })
    const info = PublicKeyInfo.fromBER(key!.spki)
    const attempt = engine.verifyWithPublicKey(signed.tbs, signed.signature, info, signed.algorithm)
    await expect(attempt).rejects.toThrow()

    const algorithm = Object.assign(Object.create(signed.algorithm) as typeof signed.algorithm, {
      algorithmId: '2.16.840.1.101.3.4.3.18',
    })
    expect(unreadable({ ...signed, algorithm })).toBe('mldsa')
    expect(engine.getHashAlgorithm(algorithm)).toBe('')
  })

  test('lists above 10,000 entries; one of 10,000 is read', () => {
    const reading = read(listOfLength(MOST_ENTRIES))
    expect('facts' in reading && reading.facts.entries.length).toBe(MOST_ENTRIES)
    expect(read(listOfLength(MOST_ENTRIES + 1))).toEqual({ notRead: 'long' })
    expect(read(listOfLength(60_000), 'list')).toEqual({ notRead: 'long' })
  })

  test('a file too large, a private key, octets after the end, other octets, none', () => {
    expect(blocksOf(new Uint8Array(LARGEST_FILE + 1))).toEqual([{ notRead: 'size' }])
    expect(blocksOf(new Uint8Array())).toEqual([{ damaged: 'It is empty.' }])
    const key = '-----BEGIN ' + 'PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'
    expect(blocksOf(new TextEncoder().encode(key))).toEqual([{ notRead: 'privateKey' }])
    const { der } = factsOf('root.pem')
    expect(read(Uint8Array.from([...der, 0]))).toEqual({ notRead: 'ber' })
    expect(read(der, 'request')).toEqual({ notRead: 'ber' })
    expect(read(Uint8Array.from({ length: 4096 }, () => 0x30))).toEqual({ notRead: 'ber' })
    for (let length = 0; length < der.length; length += 7)
      expect(read(der.slice(0, length))).toEqual({ notRead: 'ber' })
  })

  test('one bad block hides no other', async () => {
    const pem = (name: string) => readFileSync(join(FOLDER, name), 'latin1')
    const text = [
      pem('root.pem'),
      '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n',
      '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n',
      '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n',
      pem('list.pem'),
    ].join('')
    const { items } = await readFile('mixed.pem', new TextEncoder().encode(text), MOST_ITEMS)
    expect(items.map(({ facts, sentence }) => facts?.kind ?? sentence)).toEqual([
      'certificate',
      'What is in a block named “CERTIFICATE” is not base64.',
      'A block named “CERTIFICATE” has no end. Copy the whole of it.',
      NOT_READ.ber,
      'list',
    ])
  })

  test('more items than may be shown', async () => {
    const { items } = await readFile('many.pem', octetsOf('root.pem'), 0)
    expect(items.map(({ sentence }) => sentence)).toEqual([NOT_READ.many])
  })
})

test('two files are compared octet for octet', () => {
  const one = Uint8Array.of(1, 2, 3)
  expect(compareOctets(one, Uint8Array.of(1, 2, 3))).toEqual({ same: true, first: 3 })
  expect(compareOctets(one, Uint8Array.of(1, 9, 3))).toEqual({ same: false, first: 1 })
  expect(compareOctets(one, Uint8Array.of(1, 2))).toEqual({ same: false, first: 2 })
})
