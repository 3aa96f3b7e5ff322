import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWhole } from '../../../src/der/reader.ts'
import { time, tlv } from '../../../src/der/writer.ts'

const ascii = (text: string) => new TextEncoder().encode(text)
const read = (tag: number, text: string) =>
  parseWhole(tlv(tag, ascii(text)), (r) => r.time()).date.toISOString()

describe('times (RFC 5280 §4.1.2.5)', () => {
  test.each([
    [0x17, '490101000000Z', '2049-01-01T00:00:00.000Z'],
    [0x17, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [0x17, '000229235959Z', '2000-02-29T23:59:59.000Z'],
    [0x18, '99991231235959Z', '9999-12-31T23:59:59.000Z'],
    [0x18, '00000101000000Z', '0000-01-01T00:00:00.000Z'],
  ])('tag %i %s is %s', (tag, text, iso) => {
    expect(read(tag, text)).toBe(iso)
  })
  test.each([
    [0x17, '4901010000Z'],
    [0x17, '490101000000+0000'],
    [0x17, '491301000000Z'],
    [0x17, '490229000000Z'],
    [0x17, '490101240000Z'],
    [0x17, '490101006000Z'],
    [0x17, '49010100000Z '],
    [0x18, '490101000000Z'],
    [0x18, '20490101000000.5Z'],
    [0x18, '20490101000000'],
    [0x18, '19000229000000Z'],
  ])('tag %i %s is refused', (tag, text) => {
    expect(() => read(tag, text)).toThrow(
      expect.objectContaining({ code: 'der-time-invalid', detail: { offset: 0, text } }),
    )
  })
  test('UTCTime is written through 2049 and GeneralizedTime from 2050', () => {
    expect(time(new Date('2049-12-31T23:59:59Z'))[0]).toBe(0x17)
    expect(time(new Date('2050-01-01T00:00:00Z'))[0]).toBe(0x18)
    expect(time(new Date('1949-12-31T23:59:59Z'))[0]).toBe(0x18)
  })
  test('what is written is read back to the second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1800, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 }),
        (seconds) => {
          const date = new Date(seconds * 1000)
          expect(parseWhole(time(date), (r) => r.time()).date).toEqual(date)
        },
      ),
    )
  })
})
