import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  domainOf,
  placeOf,
  shareOf,
  ticksOf,
  windowOf,
  ZOOMS,
  zoomedBy,
  type Span,
} from '../../../../src/ui/shared/time-axis/scale.ts'
import { DAY, monthNumber, monthStart } from '../../../../src/time.ts'

const TODAY = Date.UTC(2026, 10, 29, 14)
const instant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2120, 0, 1) })
const span: fc.Arbitrary<Span> = fc
  .tuple(instant, fc.integer({ min: DAY, max: 90 * 365 * DAY }))
  .map(([from, length]) => ({ from, to: from + length }))

test('an instant has one place, and the place leads back to it', () => {
  fc.assert(
    fc.property(span, instant, (axis, time) => {
      const back = axis.from + shareOf(axis, time) * (axis.to - axis.from)
      expect(Math.abs(back - time)).toBeLessThan(1)
    }),
  )
})

test('the axis covers everything and the day on view, within fifty years of it', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), instant, (spans, at) => {
      const { from, to } = domainOf(spans, at)
      expect(from).toBeLessThan(at)
      expect(to).toBeGreaterThan(at)
      const near = 49 * 365 * DAY
      for (const each of spans) {
        if (each.from > at - near) expect(from).toBeLessThan(each.from)
        if (each.to < at + near) expect(to).toBeGreaterThan(each.to)
      }
    }),
  )
})

test('an end in the year 9999 and a date that does not exist do not stretch it', () => {
  const endless = { from: TODAY, to: Date.UTC(9999, 11, 31) }
  const broken = { from: Number.NaN, to: Number.NaN }
  const { from, to } = domainOf([endless, broken], TODAY)
  expect(new Date(to).getUTCFullYear()).toBeLessThan(2080)
  expect(placeOf({ from, to }, endless)).toMatchObject({ end: 1, after: true })
  expect(placeOf({ from, to }, broken)).toBeNull()
})

test('whatever the zoom, the day on view is on the axis, and today stays where it is as long as it can', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZOOMS), fc.array(span, { maxLength: 5 }), instant, (zoom, spans, at) => {
      const shown = windowOf(zoom, domainOf(spans, at), TODAY, at)
      expect(shareOf(shown, at)).toBeGreaterThanOrEqual(0)
      expect(shareOf(shown, at)).toBeLessThanOrEqual(1)
    }),
  )
  const domain = domainOf([], TODAY)
  expect(windowOf('1y', domain, TODAY, TODAY + 200 * DAY)).toEqual(windowOf('1y', domain, TODAY, TODAY))
})

test('zooming ends at either end', () => {
  expect(zoomedBy('all', 1)).toBe('30y')
  expect(zoomedBy('all', -1)).toBe('all')
  expect(zoomedBy('30d', 1)).toBe('30d')
})

test('of an interval the part on the axis is placed, and which way it goes on', () => {
  const axis = { from: 0, to: 100 }
  expect(placeOf(axis, { from: -50, to: 50 })).toEqual({ start: 0, end: 0.5, before: true, after: false })
  expect(placeOf(axis, { from: 25, to: 150 })).toEqual({ start: 0.25, end: 1, before: false, after: true })
  expect(placeOf(axis, { from: -50, to: -1 })).toBe('past')
  expect(placeOf(axis, { from: 101, to: 200 })).toBe('coming')
})

test('ticks are few, in order, on the axis, and at whole days, months or years', () => {
  fc.assert(
    fc.property(span, fc.integer({ min: 3, max: 14 }), (axis, most) => {
      const ticks = ticksOf(axis, most)
      expect(ticks.length).toBeLessThanOrEqual(most + 2)
      for (const [n, { at, unit }] of ticks.entries()) {
        expect(at).toBeGreaterThanOrEqual(axis.from)
        expect(at).toBeLessThanOrEqual(axis.to)
        if (n > 0) expect(at).toBeGreaterThan(ticks[n - 1]!.at)
        expect(Math.abs(at % DAY)).toBe(0)
        if (unit !== 'day') expect(new Date(at).getUTCDate()).toBe(1)
        if (unit === 'year') expect(new Date(at).getUTCMonth()).toBe(0)
      }
    }),
  )
})

test('ticks go from days to decades, by the calendar', () => {
  const days = (from: string, to: string, most = 10) =>
    ticksOf({ from: Date.parse(from), to: Date.parse(to) }, most).map(({ at }) =>
      new Date(at).toISOString().slice(0, 10),
    )
  expect(days('2026-11-26', '2026-12-26', 6)).toEqual([
    '2026-11-30',
    '2026-12-07',
    '2026-12-14',
    '2026-12-21',
  ])
  expect(days('2027-12-20', '2028-05-10')).toEqual([
    ...['2028-01-01', '2028-02-01', '2028-03-01', '2028-04-01', '2028-05-01'],
  ])
  expect(days('2025-06-01', '2047-01-01', 12)).toEqual([
    ...['2026-01-01', '2028-01-01', '2030-01-01', '2032-01-01', '2034-01-01', '2036-01-01'],
    ...['2038-01-01', '2040-01-01', '2042-01-01', '2044-01-01', '2046-01-01'],
  ])
})

test('a month begins on its first day, in any year', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 }), (time) => {
      const month = monthNumber(time)
      expect(monthStart(month)).toBeLessThanOrEqual(time)
      expect(monthStart(month + 1)).toBeGreaterThan(time)
    }),
  )
})
