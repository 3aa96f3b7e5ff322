import { describe, expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import { Reader, TAG, contextConstructed, contextPrimitive, parseWhole } from '../../../src/der/reader.ts'
import { seq } from '../../../src/der/writer.ts'
import { hex, toHex } from '../../support/bytes.ts'

function refusal(bytes: string, read: (reader: Reader) => unknown): unknown {
  try {
    parseWhole(hex(bytes), read)
  } catch (error) {
    if (isCodedError(error)) return { code: error.code, ...error.detail }
    throw error
  }
  return 'accepted'
}

describe('length octets', () => {
  const read = (reader: Reader) => reader.content(TAG.OCTET_STRING)
  test('the indefinite form is refused (X.690 §10.1)', () => {
    expect(refusal('0480 0000', read)).toEqual({ code: 'der-length-indefinite', offset: 1 })
  })
  test('a long form for a length below 128 is refused (§10.1)', () => {
    expect(refusal('04817f' + '00'.repeat(127), read)).toEqual({ code: 'der-length-not-minimal', offset: 1 })
  })
  test('a long form with a leading zero is refused (§10.1)', () => {
    expect(refusal('04820080' + '00'.repeat(128), read)).toEqual({
      code: 'der-length-not-minimal',
      offset: 1,
    })
  })
  test('128 octets in the long form are read', () => {
    expect(parseWhole(hex('048180' + 'ab'.repeat(128)), read)).toHaveLength(128)
  })
  test('a length of 2^31 is a truncation, not an allocation', () => {
    expect(refusal('048480000000', read)).toEqual({
      code: 'der-truncated',
      offset: 6,
      need: 2 ** 31,
      have: 0,
    })
  })
  test('a length of five octets is refused', () => {
    expect(refusal('04850100000000', read)).toEqual({ code: 'der-length-too-large', offset: 1 })
  })
  test('a value longer than its parent is refused', () => {
    expect(refusal('3003 0405 0102030405', (r) => r.sequence().content(TAG.OCTET_STRING))).toEqual({
      code: 'der-truncated',
      offset: 4,
      need: 5,
      have: 1,
    })
  })
  test('octets after the value are refused with their place', () => {
    expect(
      refusal('0500ffff', (r) => {
        r.null()
      }),
    ).toEqual({ code: 'der-trailing-data', offset: 2, length: 2 })
  })
  test('an empty input is a truncation at 0', () => {
    expect(refusal('', read)).toEqual({ code: 'der-truncated', offset: 0, need: 2, have: 0 })
  })
})

describe('identifier octets', () => {
  test('another tag than the one expected is refused with both', () => {
    expect(refusal('0201 01', (r) => r.oid())).toEqual({
      code: 'der-unexpected-tag',
      offset: 0,
      expected: TAG.OID,
      actual: TAG.INTEGER,
    })
  })
  test('a tag number above 30 is refused', () => {
    expect(refusal('1f2300', (r) => r.element())).toEqual({ code: 'der-high-tag-number', offset: 0 })
  })
  test('optional() takes the value only under its tag', () => {
    const reader = new Reader(hex('a1030201050500'))
    expect(reader.optional(contextConstructed(0))).toBeNull()
    expect(reader.optional(contextConstructed(1))?.smallInteger()).toBe(5)
    reader.null()
    expect(reader.atEnd).toBe(true)
    expect(reader.optional(contextConstructed(1))).toBeNull()
  })
})

describe('limits', () => {
  test('values nested 10,000 deep are refused at the limit, not by the stack', () => {
    let bytes = seq()
    for (let i = 1; i < 10_000; i++) bytes = seq(bytes)
    const descend = (reader: Reader): void => {
      const child = reader.sequence()
      if (!child.atEnd) descend(child)
    }
    expect(() => {
      parseWhole(bytes, descend)
    }).toThrow(expect.objectContaining({ code: 'der-too-deep' }))
  })
  test('an input over the size limit is refused before it is read', () => {
    expect(() => new Reader(new Uint8Array(11), { size: 10, depth: 5 })).toThrow(
      expect.objectContaining({ code: 'der-too-large', detail: { size: 11, limit: 10 } }),
    )
  })
})

describe('primitive values', () => {
  test.each([
    ['020100', '00'],
    ['0201ff', 'ff'],
    ['02020080', '0080'],
    ['0202ff7f', 'ff7f'],
  ])('INTEGER %s is minimal', (bytes, content) => {
    expect(toHex(parseWhole(hex(bytes), (r) => r.integer()))).toBe(content)
  })
  test.each([['02020001'], ['0202ff80'], ['0203000001']])(
    'padded INTEGER %s is refused (§8.3.2)',
    (bytes) => {
      expect(refusal(bytes, (r) => r.integer())).toEqual({ code: 'der-integer-not-minimal', offset: 0 })
    },
  )
  test('an INTEGER without content is refused', () => {
    expect(refusal('0200', (r) => r.integer())).toEqual({ code: 'der-integer-empty', offset: 0 })
  })
  test('smallInteger refuses negative and large values', () => {
    expect(parseWhole(hex('02047fffffff'), (r) => r.smallInteger())).toBe(2 ** 31 - 1)
    expect(refusal('0201ff', (r) => r.smallInteger())).toEqual({ code: 'der-integer-too-large', offset: 0 })
    expect(refusal('02050080000000', (r) => r.smallInteger())).toEqual({
      code: 'der-integer-too-large',
      offset: 0,
    })
  })
  test('BOOLEAN is 00 or FF (§11.1)', () => {
    expect(parseWhole(hex('0101ff'), (r) => r.boolean())).toBe(true)
    expect(parseWhole(hex('010100'), (r) => r.boolean())).toBe(false)
    expect(refusal('010101', (r) => r.boolean())).toEqual({
      code: 'der-boolean-invalid',
      offset: 0,
      value: 1,
    })
    expect(refusal('0102ffff', (r) => r.boolean())).toMatchObject({ code: 'der-boolean-invalid' })
  })
  test('a BIT STRING has zero unused bits (§11.2.1)', () => {
    expect(parseWhole(hex('030205a0'), (r) => r.bitString())).toMatchObject({ unusedBits: 5 })
    for (const bytes of ['030205a1', '03020880', '030101', '0300'])
      expect(refusal(bytes, (r) => r.bitString())).toMatchObject({ code: 'der-bit-string-invalid' })
  })
  test('NULL has no content', () => {
    expect(
      refusal('050100', (r) => {
        r.null()
      }),
    ).toEqual({ code: 'der-null-invalid', offset: 0 })
  })
  test('an implicit tag is read as its type', () => {
    expect(parseWhole(hex('8001ff'), (r) => r.boolean(contextPrimitive(0)))).toBe(true)
  })
})

describe('OBJECT IDENTIFIER', () => {
  test.each([
    ['06032a0304', '1.2.3.4'],
    ['0603550403', '2.5.4.3'],
    ['0602 8837', '2.999'],
    ['06092a864886f70d01010b', '1.2.840.113549.1.1.11'],
  ])('%s is %s', (bytes, text) => {
    expect(parseWhole(hex(bytes), (r) => r.oid())).toBe(text)
    expect(parseWhole(hex(bytes), (r) => r.oid())).toBe(text)
  })
  test('an arc beyond 2^53 keeps every digit', () => {
    expect(parseWhole(hex('060b 69 ffffffffffffffffff7f'), (r) => r.oid())).toBe(
      `2.25.${String(2n ** 70n - 1n)}`,
    )
  })
  test.each([['0600'], ['06025580'], ['0603558003'], ['0641' + '55'.repeat(65)]])(
    '%s is refused (§8.19.2)',
    (bytes) => {
      expect(refusal(bytes, (r) => r.oid())).toEqual({ code: 'der-oid-invalid', offset: 0 })
    },
  )
})
