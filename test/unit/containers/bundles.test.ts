import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Pile } from '../../../src/containers/pile/items.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { encodePkcs7 } from '../../../src/containers/pkcs7.ts'
import { contextConstructed } from '../../../src/der/reader.ts'
import { explicit, integer, octetString, oid, seq, set, tlv } from '../../../src/der/writer.ts'
import { concat, toBase64 } from '../../../src/octets.ts'
import { EKU_OIDS } from '../../../src/x509/oids.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { trustOf } from '../../../src/x509/trust-settings.ts'
import { debianRoots } from '../../support/roots.ts'

/** Containers that hold several certificates, whole and broken. */
const [[, first], [, second], [, third]] = debianRoots() as [string, Uint8Array][] & {
  0: [string, Uint8Array]
  1: [string, Uint8Array]
  2: [string, Uint8Array]
}
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url)))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (content: string | Uint8Array): Promise<Pile> =>
  readPile([{ name: 'x', bytes: typeof content === 'string' ? utf8(content) : content }])
const found = ({ items }: Pile) =>
  items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate] : []))
const certificates = (pile: Pile): Uint8Array[] => found(pile).map(({ der }) => der)
const codes = ({ problems }: Pile): string[] => problems.map(({ code }) => code)

/** The content is not a certificate, but all lengths fit. */
function spoilt(der: Uint8Array): Uint8Array {
  const broken = der.slice()
  // The version of a certificate, after two headers of four octets and its own.
  broken[10] = 0x05
  return broken
}

describe('PkiPath', () => {
  test('every certificate, in its order', async () => {
    for (const path of [[first], [first, second], Array.from({ length: 40 }, () => third)]) {
      const pile = await read(seq(...path))
      expect(pile.problems).toEqual([])
      expect(certificates(pile)).toEqual(path)
      expect(pile.items[0]!.source.within).toEqual(['PkiPath'])
    }
    expect(certificates(await read(`see below\n${toBase64(seq(first, second))}\n`))).toEqual([first, second])
  })

  test('one that cannot be read leaves the others', async () => {
    const pile = await read(seq(first, spoilt(second), third))
    expect(certificates(pile)).toEqual([first, third])
    expect(pile.problems).toMatchObject([{ source: { within: ['PkiPath'] } }])
  })

  test('what follows it in its block is told', async () => {
    const pile = await read(encodePem('CERTIFICATE', concat([seq(first, second), seq(integer(1))])))
    expect(certificates(pile)).toEqual([first, second])
    expect(codes(pile)).toEqual(['der-trailing-data'])
  })
})

const u32 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
const element = (id: number, value: Uint8Array): Uint8Array =>
  concat([u32(id), u32(1), u32(value.length), value])
const HEADER = concat([u32(0), utf8('CERT')])
const END = new Uint8Array(12)
const store = (...elements: readonly Uint8Array[]): Uint8Array => concat([HEADER, ...elements, END])
const CERTIFICATE = 0x20

describe('the serialized store of Windows', () => {
  test('as it was written there', async () => {
    const pile = await read(fixture('q29.sst'))
    expect(pile.problems).toEqual([])
    expect(pile.notices).toEqual([])
    expect(pile.items).toMatchObject([{ kind: 'certificate', source: { within: ['SST'], line: null } }])
  })

  test('certificates with their names, lists, and who signed a list of trust', async () => {
    const name = Uint8Array.from('Zürich CA\0', (letter) => letter.charCodeAt(0)).reduce<number[]>(
      (all, octet) => [...all, octet, 0],
      [],
    )
    const pile = await read(
      store(
        element(3, new Uint8Array(20)),
        element(11, Uint8Array.from(name)),
        element(CERTIFICATE, first),
        element(CERTIFICATE, second),
        element(0x22, encodePkcs7([third])),
      ),
    )
    expect(pile.problems).toEqual([])
    expect(certificates(pile)).toEqual([first, second, third])
    expect(pile.items).toMatchObject([{ friendlyName: 'Zürich CA' }, { friendlyName: null }, {}])
  })

  test('a list in it that cannot be read is known to be one', async () => {
    const pile = await read(store(element(0x21, spoilt(first)), element(CERTIFICATE, first)))
    expect(certificates(pile)).toEqual([first])
    expect(pile.problems).toMatchObject([{ status: 'crl', source: { within: ['SST'] } }])
  })

  test('what Windows does not trust it for counts, and is told', async () => {
    const { clientAuth, serverAuth, anyExtendedKeyUsage } = EKU_OIDS
    const settings = async (...properties: Uint8Array[]) => {
      const pile = await read(store(...properties, element(CERTIFICATE, first)))
      expect(pile.notices.map(({ code }) => code)).toContain('trust-settings')
      return trustOf(found(pile)[0]!)
    }
    const only = element(9, seq(oid(clientAuth)))
    expect(await settings(only)).toEqual({ trust: [clientAuth], reject: [] })
    expect(await settings(element(9, seq()))).toEqual({ trust: [], reject: [] })
    const from = element(104, new Uint8Array(8))
    expect(await settings(from)).toEqual({ trust: null, reject: [anyExtendedKeyUsage] })
    expect(await settings(from, element(122, seq(oid(serverAuth))))).toEqual({
      trust: null,
      reject: [serverAuth],
    })
  })

  test('properties are those of the certificate behind them, and no others', async () => {
    const pile = await read(
      store(element(9, seq()), element(CERTIFICATE, first), element(CERTIFICATE, second)),
    )
    expect(found(pile).map(trustOf)).toEqual([{ trust: [], reject: [] }, null])
  })

  test('a limit to its trust that cannot be read leaves none', async () => {
    const pile = await read(store(element(9, utf8('?')), element(CERTIFICATE, first)))
    expect(found(pile).map(trustOf)).toEqual([{ trust: [], reject: [] }])
    expect(codes(pile)).toHaveLength(1)
  })

  test('a day from which nothing new is trusted is told', async () => {
    const pile = await read(store(element(126, new Uint8Array(8)), element(CERTIFICATE, first)))
    expect(pile.notices).toMatchObject([{ code: 'trust-dates' }])
  })

  test('one that is cut short gives what stands before', async () => {
    const whole = store(element(CERTIFICATE, first), element(CERTIFICATE, second))
    const afterFirst = HEADER.length + 12 + first.length
    for (const [length, expected, offset] of [
      [HEADER.length, [], HEADER.length],
      [afterFirst, [first], afterFirst],
      [afterFirst + 5, [first], afterFirst],
      [afterFirst + 100, [first], afterFirst + 12],
      [whole.length - 1, [first, second], whole.length - 12],
    ] as const) {
      const pile = await read(whole.subarray(0, length))
      expect(certificates(pile)).toEqual(expected)
      expect(pile.problems).toMatchObject([{ code: 'archive-cut-short', detail: { format: 'SST', offset } }])
    }
  })

  test('octets behind its end are told', async () => {
    const pile = await read(concat([store(element(CERTIFICATE, first)), utf8('more')]))
    expect(certificates(pile)).toEqual([first])
    expect(codes(pile)).toEqual(['archive-damaged'])
  })

  test('its size and its objects are limited', async () => {
    const { CONTAINER_LIMITS } = await import('../../../src/containers/limits.ts')
    const { readSst } = await import('../../../src/containers/sst.ts')
    const whole = store(element(CERTIFICATE, first), element(CERTIFICATE, second))
    expect(() => [...readSst(whole, { ...CONTAINER_LIMITS, size: 100 })]).toThrow('der-too-large')
    expect(() => [...readSst(whole, { ...CONTAINER_LIMITS, count: 1 })]).toThrow('der-too-many')
  })
})

const DATA = '1.2.840.113549.1.7.1'
const SIGNED_DATA = '1.2.840.113549.1.7.2'

/** A SignedData around `content`, as far as it is parsed: its signature is not. */
const signed = (content: Uint8Array, signers: readonly Uint8Array[], type = DATA): Uint8Array =>
  seq(
    oid(SIGNED_DATA),
    explicit(
      0,
      seq(
        integer(1),
        set(),
        seq(oid(type), explicit(0, content)),
        tlv(contextConstructed(0), ...signers),
        set(),
      ),
    ),
  )

describe('what was signed', () => {
  const payload = (...values: readonly Uint8Array[]): Uint8Array =>
    octetString(
      utf8(
        `<?xml version="1.0"?>\n<plist version="1.0"><dict>${values
          .map((value) => `<key>PayloadContent</key>\n\t\t<data>\n\t\t${toBase64(value)}\n\t\t</data>\n`)
          .join('')}</dict></plist>\n`,
      ),
    )

  test('a profile: its signers, and what it carries', async () => {
    const pile = await read(signed(payload(second, third), [first]))
    expect(pile.problems).toEqual([])
    expect(pile.notices).toEqual([])
    expect(certificates(pile)).toEqual([first, second, third])
    expect(pile.items.map(({ source }) => source.within)).toEqual([['PKCS#7'], ['PKCS#7'], ['PKCS#7']])
  })

  test('the profile of a stranger', async () => {
    const pile = await read(signed(octetString(fixture('q17.mobileconfig')), [first]))
    expect(pile.items.map(({ kind }) => kind)).toEqual(['certificate', 'certificate', 'locked'])
  })

  test('octets of any kind: DER, PEM, a store, and the same once more', async () => {
    for (const content of [
      second,
      utf8(encodePem('CERTIFICATE', second)),
      seq(second),
      store(element(CERTIFICATE, second)),
      signed(octetString(second), []),
    ])
      expect(certificates(await read(signed(octetString(content), [first])))).toEqual([first, second])
  })

  test('what is broken in it is told, and the rest read', async () => {
    const pile = await read(signed(payload(spoilt(second), third), [first]))
    expect(certificates(pile)).toEqual([first, third])
    expect(pile.problems).toHaveLength(1)
  })

  test('what holds nothing, or is no plain data, is said to be passed over', async () => {
    for (const bytes of [
      signed(octetString(utf8('Good morning')), [first]),
      signed(octetString(seq(integer(1))), [first], '1.2.840.113549.1.9.16.1.4'),
      signed(seq(integer(1)), [first]),
    ]) {
      const pile = await read(bytes)
      expect(certificates(pile)).toEqual([first])
      expect(pile.problems).toEqual([])
      expect(pile.notices).toMatchObject([{ code: 'skipped-parts' }])
    }
    expect((await read(signed(octetString(new Uint8Array(0)), [first]))).notices).toEqual([])
  })

  test('one within the other goes only so deep', async () => {
    let bytes = second
    for (let depth = 0; depth < 20; depth++) bytes = signed(octetString(bytes), [])
    const pile = await read(bytes)
    expect(pile.items).toEqual([])
    expect(codes(pile)).toEqual(['pile-too-deep'])
  })
})
