import '../../support/english.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodePem } from '../../../src/x509/pem.ts'
import { encodeRevokedEntry } from '../../../src/x509/revoked-entry.ts'
import { digest, sha256Hex } from '../../../src/webcrypto/signature.ts'
import { colons, concat, hexOf } from '../../../src/octets.ts'
import type { LookedInto, ThingPlace } from '../../../src/border/protocol/look-into.ts'
import { entryText, thingFields } from '../../../src/ui/validate/thing-fields.ts'
import { days, drawList } from '../../support/revocation.ts'
import { ca, key, list, proved, responder, response, server, top, unproved } from '../../support/things.ts'
import { startWorker } from '../../support/worker.ts'

// What is shown of a thing in the pile that is no certificate: everything in it, and nothing of what it lies beside.

/** Serial numbers from 01 00 00 00 on. */
const long = await drawList(top, {
  revoked: [
    concat(
      Array.from({ length: 100_000 }, (_, i) =>
        encodeRevokedEntry({
          serialNumber: Uint8Array.of(1, i >> 16, (i >> 8) & 255, i & 255),
          revocationDate: days(-2),
        }),
      ),
    ),
  ],
})
/** The version is no number. */
const broken = proved.slice()
broken[proved.findIndex((octet, i) => octet === 2 && proved[i + 1] === 1 && proved[i + 2] === 0)] = 5
const noise = 'noise\n'.repeat(20_000)
const text = [
  ...[ca, server, server].map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)),
  encodePem('X509 CRL', list.der),
  encodePem('CERTIFICATE REQUEST', proved),
  encodePem('CERTIFICATE REQUEST', unproved),
  encodePem('CERTIFICATE REQUEST', broken),
  encodePem('PRIVATE KEY', server.key.pkcs8),
  noise,
].join('')
const worker = startWorker()
const { client } = worker
beforeAll(async () => {
  const files = [
    { name: 'pile.txt', bytes: new TextEncoder().encode(text) },
    { name: 'a.ors', bytes: response.der.slice() },
    { name: 'long.crl', bytes: long.der.slice() },
  ]
  await client.call('validate.read', { files, passwords: [], add: false })
})
afterAll(() => worker.close())

const into = <K extends ThingPlace['kind']>(kind: K, index: number) =>
  client.call('validate.lookInto', { kind, index }) as Promise<Extract<LookedInto, { kind: K }>>
const rowsOf = (thing: Parameters<typeof thingFields>[0]): string[] =>
  thingFields(thing).map(
    ({ label, critical, values }) => `${label}${critical ? ' (critical)' : ''}: ${values.join(' | ')}`,
  )
const id = (octets: Uint8Array | null): string => colons(hexOf(octets!))

test('everything that is no certificate is listed, a page at a time', async () => {
  const { total, things } = await client.call('validate.things', { offset: 0, limit: 4 })
  expect([total, things.map(({ kind, index, name }) => [kind, index, name])]).toEqual([
    7,
    [
      ['crl', 0, 'CN=Intermediate'],
      ['crl', 1, 'CN=Root'],
      ['ocspResponse', 0, ''],
      ['request', 0, 'CN=example.com'],
    ],
  ])
  const rest = await client.call('validate.things', { offset: 4, limit: 4 })
  expect(rest.things.map(({ kind, index, name }) => [kind, index, name])).toEqual([
    ['request', 1, 'CN=example.com'],
    ['request', 2, ''],
    ['privateKey', 0, 'p256'],
  ])
})

test('a certificate of the list comes with its octets and sums', async () => {
  const { der, facts } = await into('certificate', 1)
  expect(der).toEqual(server.certificate.der)
  expect(facts.fingerprint).toBe(await sha256Hex(der))
})

describe('a revocation list', () => {
  test('its fields and extensions are in words', async () => {
    const thing = await into('crl', 0)
    expect(rowsOf(thing)).toEqual([
      'Version: v2',
      'Signature algorithm: ecdsa-with-SHA256 (1.2.840.10045.4.3.2)',
      'Issuer: CN = Intermediate',
      'This update: 2026-02-28 12:00:00 UTC',
      'Next update: 2026-03-08 12:00:00 UTC',
      `Authority key identifier: key id ${id(ca.certificate.subjectKeyIdentifier)}`,
      'CRL number: 4660',
      'Delta CRL indicator (critical): changes since list 4600',
      'Issuing distribution point (critical): URI:http://crl.test/a.crl | only certificates of end entities | certificates of other issuers too (indirect) | only for these reasons: keyCompromise',
    ])
    expect(thing.fingerprint).toBe(await sha256Hex(list.der))
  })

  test('its entries say date, reason and whatever else they have', async () => {
    const { total, entries } = await client.call('validate.entries', {
      ...{ kind: 'crl', index: 0, serialNumber: '', offset: 0, limit: 20 },
    })
    expect([total, entries.map(entryText)]).toEqual([
      2,
      [
        {
          serial: '0A',
          lines: [
            'revoked on 2026-02-27 12:00:00 UTC: its key is known to others, or may be (keyCompromise)',
          ],
        },
        {
          serial: '00:8B',
          lines: [
            'revoked on 2026-02-27 12:00:00 UTC',
            'not to be relied on since 2026-01-02 03:04:05 UTC',
            'issuer dirName:CN=Root',
          ],
        },
      ],
    ])
  })

  test.each(['8b', '8B', '00:8b', '0x8B', ' 00 8B '])('a serial number is found as “%s”', async (serial) => {
    const query = { kind: 'crl', index: 0, serialNumber: serial, offset: 0, limit: 20 } as const
    const { total, entries } = await client.call('validate.entries', query)
    expect([total, entries.map((each) => entryText(each).serial)]).toEqual([1, ['00:8B']])
  })

  test.each(['7', 'not a number', '8b8b'])('“%s” is not on it', async (serial) => {
    const query = { kind: 'crl', index: 0, serialNumber: serial, offset: 0, limit: 20 } as const
    expect((await client.call('validate.entries', query)).total).toBe(0)
  })

  test('of a hundred thousand entries one page is sent, and of millions of octets none', async () => {
    const thing = await into('crl', 1)
    expect([thing.entries, thing.der]).toEqual([100_000, null])
    const query = { kind: 'crl', index: 1, serialNumber: '', offset: 99_990, limit: 20 } as const
    const { total, entries } = await client.call('validate.entries', query)
    expect([total, entries.length, entryText(entries[9]!).serial]).toEqual([100_000, 10, '01:01:86:9F'])
    const found = await client.call('validate.entries', { ...query, serialNumber: '01010000', offset: 0 })
    expect(found.entries.map((each) => entryText(each).serial)).toEqual(['01:01:00:00'])
  })

  test('nothing of the file beside it crosses to the page', async () => {
    const { list: read, der } = await into('crl', 0)
    const { entries } = await client.call('validate.entries', {
      ...{ kind: 'crl', index: 1, serialNumber: '', offset: 0, limit: 1 },
    })
    const views = [der!, read.issuer.der, read.extensions[0]!.value, entries[0]!]
    for (const view of views) {
      const octets = view instanceof Uint8Array ? view : 'serialNumber' in view ? view.serialNumber : der!
      expect(octets.buffer.byteLength).toBe(octets.length)
    }
  })
})

test('a response says who answered, and each answer in full', async () => {
  const thing = await into('ocspResponse', 0)
  const responderKey = id(await digest('SHA-1', responder.certificate.spki.publicKey))
  expect(rowsOf(thing)).toEqual([
    'Response status: successful',
    'Version: v1',
    `Responder: key with the SHA-1 ${responderKey}`,
    'Produced at: 2026-02-28 12:00:00 UTC',
    'Nonce: 04:02:AB:CD',
    'Signature algorithm: ecdsa-with-SHA256 (1.2.840.10045.4.3.2)',
  ])
  expect(thing.certificates.map(({ der }) => der)).toEqual([responder.certificate.der])
  const query = { kind: 'ocspResponse', index: 0, serialNumber: '', offset: 0, limit: 20 } as const
  const { total, entries } = await client.call('validate.entries', query)
  const name = id(await digest('SHA-1', ca.certificate.subject.der))
  const issuerKey = id(await digest('SHA-1', ca.certificate.spki.publicKey))
  expect([total, entries.map(entryText)]).toEqual([
    1,
    [
      {
        serial: id(server.certificate.serialNumber),
        lines: [
          'revoked on 2026-02-27 00:00:00 UTC: another certificate has taken its place (superseded)',
          'as of 2026-02-28 12:00:00 UTC, current until 2026-03-08 12:00:00 UTC',
          `issuer by SHA-1: name ${name}, key ${issuerKey}`,
        ],
      },
    ],
  ])
})

test('a request says what it asks for, and whether it proves possession', async () => {
  const thing = await into('request', 0)
  expect(rowsOf(thing)).toEqual([
    'Version: v1',
    'Subject: CN = example.com',
    'Public key: ECDSA P-256 | 65 octets',
    'Challenge password: between us',
    'Asks for: Subject alternative name (critical): DNS:a.test',
    'Signature algorithm: ecdsa-with-SHA256 (1.2.840.10045.4.3.2)',
  ])
  expect([thing.possession, thing.spkiHash]).toEqual(['valid', await digest('SHA-256', key.spki)])
  expect((await into('request', 1)).possession).toBe('invalid')
})

test('of a private key the public part is shown, and whose it is; nothing else of it crosses', async () => {
  const thing = await into('privateKey', 0)
  expect(rowsOf(thing)).toEqual(['Key: ECDSA P-256', 'Certificates with this key: CN=example.com'])
  expect(thing.spkiHash).toEqual(await digest('SHA-256', server.certificate.spki.der))
  // The private number of an EC key: 32 octets at the same place in each PKCS#8.
  const secret = hexOf(server.key.pkcs8).slice(72, 136)
  expect(secret.length).toBe(64)
  const sent = JSON.stringify(worker.messages, (_name, value: unknown) =>
    value instanceof Uint8Array ? hexOf(value) : typeof value === 'bigint' ? String(value) : value,
  )
  expect(sent.includes(hexOf(server.certificate.spki.der))).toBe(true)
  expect(sent.includes(secret)).toBe(false)
})

test('what is no longer there, and what cannot be read, is said by code', async () => {
  await expect(into('crl', 7)).rejects.toMatchObject({ code: 'pile-nothing-found' })
  await expect(into('request', 2)).rejects.toMatchObject({ code: 'der-unexpected-tag' })
})
