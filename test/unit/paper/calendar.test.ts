import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seen } from '../../../src/plain-text.ts'
import { encodeCalendar } from '../../../src/paper/calendar.ts'

const now = new Date('2026-11-21T08:00:00.123Z')
const reminder = {
  uid: 'a1@rootcellar',
  summary: 'api.example.com runs out',
  description: ['Issued by Example CA, serial 01; renew it.', 'Line\ntwo'],
  at: new Date('2027-01-02T03:04:05Z'),
  daysBefore: [30, 7],
}

/** Undoes folding and escapes, as a calendar program does. */
const unfolded = (file: string) => file.replaceAll('\r\n ', '').split('\r\n')
const plain = (value: string) =>
  value.replace(/\\([\\;,n])/g, (_all, character: string) => (character === 'n' ? '\n' : character))

describe('a calendar file (RFC 5545)', () => {
  test('holds an event with its instants in UTC and an alarm for each number of days', () => {
    expect(unfolded(encodeCalendar([reminder], { now }))).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'DTSTAMP:20261121T080000Z',
        'DTSTART:20270102T030405Z',
        'TRIGGER:-P30D',
        'TRIGGER:-P7D',
        'DESCRIPTION:Issued by Example CA\\, serial 01\\; renew it.\\nLine‹U+000A›two',
        'END:VCALENDAR',
      ]),
    )
  })
  test('no line is longer than 75 octets and no value is lost (§3.1, §3.3.11)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
        const file = encodeCalendar([{ ...reminder, summary }], { now })
        for (const line of file.split('\r\n'))
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
        const line = unfolded(file).find((each) => each.startsWith('SUMMARY:'))!
        const expected = seen(summary)
        expect(plain(line.slice('SUMMARY:'.length))).toBe(expected)
      }),
    )
  })
  test('a name cannot end its line and begin a property of its own', () => {
    const file = encodeCalendar([{ ...reminder, summary: 'x\r\nATTACH:http://example.com' }], { now })
    expect(unfolded(file).some((line) => line.startsWith('ATTACH'))).toBe(false)
  })
})
