import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bigIntOf,
  concat,
  fromBase64,
  hexOctet,
  hexOctets,
  hexOf,
  hexOfNumber,
  sameOctets,
  strictUtf8,
  toBase64,
  utf8,
  utf8Text,
} from '../../src/octets.ts'

const octets = fc.uint8Array({ maxLength: 200 })

describe('octets and their texts', () => {
  test('hexadecimal and base64 there and back, as Node writes them', () => {
    fc.assert(
      fc.property(octets, (value) => {
        expect(hexOf(value)).toBe(Buffer.from(value).toString('hex'))
        expect(hexOctets(hexOf(value))).toEqual(value)
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'))
        expect(fromBase64(toBase64(value))).toEqual(value)
      }),
    )
  })

  test('the same where the engine has neither built in', () => {
    const value = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) & 0xff)
    const bare = Object.assign(value.slice(), { toHex: undefined, toBase64: undefined })
    expect(hexOf(bare as unknown as Uint8Array)).toBe(Buffer.from(value).toString('hex'))
    expect(toBase64(bare)).toBe(Buffer.from(value).toString('base64'))
  })

  test('hexadecimal of others: spaces and colons, either case; half an octet or another letter is none', () => {
    expect(hexOctets('0A:1b 2C')).toEqual(Uint8Array.of(10, 27, 44))
    expect(hexOctets('abc')).toBeNull()
    expect(hexOctets('0x0a')).toBeNull()
  })

  test('base64 of others: white space and missing padding are let pass, another letter is not', () => {
    expect(fromBase64('AAEC\n Aw')).toEqual(Uint8Array.of(0, 1, 2, 3))
    expect(fromBase64('AAE_')).toBeNull()
  })

  test('numbers in whole octets, there and back', () => {
    expect([0n, 15n, 16n, 0x1234n, 0x12345n].map(hexOfNumber)).toEqual(['00', '0f', '10', '1234', '012345'])
    expect(bigIntOf(new Uint8Array())).toBe(0n)
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 300n }), (number) => {
        expect(bigIntOf(hexOctets(hexOfNumber(number))!)).toBe(number)
      }),
    )
    expect(hexOctet(0x0a)).toBe('0a')
  })

  test('joined and compared', () => {
    const [one, two] = [Uint8Array.of(1, 2), Uint8Array.of(3)]
    expect(concat([one, new Uint8Array(), two])).toEqual(Uint8Array.of(1, 2, 3))
    expect([sameOctets(one, one.slice()), sameOctets(one, two), sameOctets(two, Uint8Array.of(4))]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('UTF-8', () => {
  test('every text there and back, as the platform encodes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        expect(utf8(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)))
        expect(strictUtf8(utf8(text))).toBe(text)
      }),
    )
  })

  test('strictly: a byte order mark is a character like others, what is none gives null', () => {
    expect(strictUtf8(utf8('\ufeffa'))).toBe('\ufeffa')
    expect(strictUtf8(Uint8Array.of(0x61, 0xff))).toBeNull()
  })

  test('for people: no byte order mark, and a sign where something was none', () => {
    expect(utf8Text(utf8('\ufeffa'))).toBe('a')
    expect(utf8Text(Uint8Array.of(0x61, 0xff))).toBe('a\ufffd')
  })
})
