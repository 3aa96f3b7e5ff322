import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oidOctets } from '../../../src/der/oid.ts'
import { Reader, TAG, parseWhole } from '../../../src/der/reader.ts'
import { CodedError } from '../../../src/errors.ts'
import {
  bitString,
  explicit,
  ia5String,
  implicit,
  integer,
  namedBits,
  nul,
  octetString,
  oid,
  printableString,
  seq,
  setOf,
  tlv,
  utf8String,
} from '../../../src/der/writer.ts'
import { hex, toHex } from '../../support/bytes.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 20000)

describe('writing', () => {
  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [-1, '0201ff'],
    [-128, '020180'],
    [-129, '0202ff7f'],
    [65537, '0203010001'],
  ])('INTEGER %i', (value, bytes) => {
    expect(toHex(integer(value))).toBe(bytes)
  })
  test('an unsigned number gets a zero octet only where its top bit is set', () => {
    expect(toHex(integer(hex('80')))).toBe('02020080')
    expect(toHex(integer(hex('007f')))).toBe('02017f')
    expect(toHex(integer(new Uint8Array(0)))).toBe('020100')
  })
  test('lengths take the shortest form at each boundary', () => {
    for (const length of [0, 127, 128, 255, 256, 65535, 65536]) {
      const written = octetString(new Uint8Array(length))
      expect(parseWhole(written, (r) => r.octetString())).toHaveLength(length)
    }
  })
  test('named bits drop trailing zeros (X.690 §11.2.2)', () => {
    expect(toHex(namedBits([5, 6]))).toBe('03020106')
    expect(toHex(namedBits([]))).toBe('030100')
    expect(toHex(namedBits([0, 8]))).toBe('0303078080')
  })
  test('SET OF is ordered by octets (X.690 §11.6)', () => {
    expect(toHex(setOf(integer(3), integer(1), nul()))).toBe('3108' + '020101' + '020103' + '0500')
  })
  test('tags: explicit wraps, implicit replaces and keeps the form', () => {
    expect(toHex(explicit(3, integer(1)))).toBe('a303020101')
    expect(toHex(implicit(0, octetString(hex('ab'))))).toBe('8001ab')
    expect(toHex(implicit(1, seq(nul())))).toBe('a1020500')
  })
  test('a character outside the string type is a bug, not a wrong certificate', () => {
    expect(() => printableString('a@b')).toThrow('not a PrintableString')
    expect(() => ia5String('ä')).toThrow('not an IA5String')
    expect(() => oid('1.2.x')).toThrow('not an object identifier')
    expect(oidOctets('1.40.1')).toBeNull()
  })
  test('strings carry their octets', () => {
    expect(toHex(utf8String('é'))).toBe('0c02c3a9')
    expect(toHex(bitString(hex('a0'), 5))).toBe('030205a0')
  })
})

describe('round trips', () => {
  test('every bigint is read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (value) => {
        expect(
          BigInt.asIntN(1600, BigInt('0x' + toHex(parseWhole(integer(value), (r) => r.integer())))) >= 0n,
        ).toBe(true)
        const content = parseWhole(integer(value), (r) => r.integer())
        const unsigned = BigInt('0x' + toHex(content))
        expect(content[0]! >= 0x80 ? unsigned - (1n << BigInt(content.length * 8)) : unsigned).toBe(value)
      }),
    )
  })
  test('every object identifier is read back', () => {
    const arcs = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n }), { maxLength: 5 })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 39 }),
        arcs,
        (root, second, rest) => {
          const text = [root, second, ...rest].join('.')
          expect(parseWhole(oid(text), (r) => r.oid())).toBe(text)
        },
      ),
    )
  })
})

/** Reads any value as the parsers above do: by tag, and recursively if constructed. */
function walk(reader: Reader): void {
  while (!reader.atEnd) {
    const tag = reader.peekTag()
    if (tag === TAG.INTEGER) reader.integer()
    else if (tag === TAG.OID) reader.oid()
    else if (tag === TAG.BOOLEAN) reader.boolean()
    else if (tag === TAG.BIT_STRING) reader.bitString()
    else if (tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME) reader.time()
    else if ((tag & 0x20) !== 0) walk(reader.constructed(tag))
    else reader.skip()
  }
}

describe(`hostile input, ${String(RUNS)} times`, () => {
  const certain = seq(
    integer(5),
    oid('1.2.840.113549.1.1.11'),
    setOf(utf8String('name')),
    explicit(3, octetString(new Uint8Array(200))),
    tlv(0x17, new TextEncoder().encode('490101000000Z')),
  )
  const onlyCoded = (bytes: Uint8Array) => {
    try {
      walk(new Reader(bytes))
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
    }
  }
  test('random octets give a CodedError or are read', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), onlyCoded), { numRuns: RUNS })
  })
  test('flipped bits and cuts give a CodedError or are read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: certain.length * 8 - 1 }),
        fc.integer({ min: 0, max: certain.length }),
        (bit, cut) => {
          const bytes = certain.slice(0, cut)
          if (bit >> 3 < bytes.length) bytes[bit >> 3]! ^= 1 << (bit & 7)
          onlyCoded(bytes)
        },
      ),
      { numRuns: RUNS },
    )
  })
})
