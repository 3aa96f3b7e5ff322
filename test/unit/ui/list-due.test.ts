import { expect, test } from 'vitest'
import { dueOf } from '../../../src/ui/lists/due.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 21, 12)
const hours = (count: number): Date => new Date(START + count * HOUR)
const none = { ahead: 0, unlisted: 0 }

test.each([
  ['an hour', 1, 0.5],
  ['a day', 24, 12],
  ['two days', 48, 24],
  ['three days', 72, 24],
  ['a week', 168, 33.6],
  ['thirty days', 720, 144],
  ['half a year', 4320, 864],
])('the list after one for %s is due this many hours before its end', (_what, life, before) => {
  const list = { thisUpdate: hours(0), nextUpdate: hours(life) }
  expect(dueOf(list, none, hours(life - before))).toBe('none')
  expect(dueOf(list, none, new Date(hours(life - before).getTime() + 1000))).toBe('next')
  expect(dueOf(list, { ahead: 1, unlisted: 0 }, hours(life - before / 2))).toBe('none')
  expect(dueOf(list, none, hours(life))).toBe('ended')
})

test('a revocation that no list names is due before that', () => {
  const list = { thisUpdate: hours(0), nextUpdate: hours(720) }
  expect(dueOf(list, { ahead: 3, unlisted: 1 }, hours(1))).toBe('unlisted')
  expect(dueOf(null, none, hours(1))).toBe('first')
  expect(dueOf({ ...list, nextUpdate: null }, none, hours(1))).toBe('none')
})
