import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aggregate, marksPath, monthsPath } from '../../../../src/ui/shared/time-axis/aggregate.ts'
import { DAY, endsSoon } from '../../../../src/time.ts'
import type { Span } from '../../../../src/ui/shared/time-axis/scale.ts'

const AT = Date.UTC(2026, 10, 29)
const interval: fc.Arbitrary<Span> = fc
  .tuple(fc.integer({ min: -3000, max: 400 }), fc.integer({ min: 0, max: 9000 }))
  .map(([begin, length]) => ({ from: AT + begin * DAY, to: AT + (begin + length) * DAY }))

function holds(intervals: readonly Span[], most: number): void {
  const { single, groups } = aggregate(intervals, AT, most)
  const grouped = groups.flatMap(({ items }) => items)
  expect(single.length + grouped.length).toBe(intervals.length)
  expect(new Set([...single, ...grouped]).size).toBe(intervals.length)
  expect(groups.length).toBeLessThanOrEqual(most)
  expect(grouped.filter(({ to }) => endsSoon(to, AT))).toEqual([])
  for (const group of groups)
    for (const { from, to } of group.items) if (from < group.from || to > group.to) throw new Error('outside')
}

test('nothing is lost, and nothing that ends within 30 days is in a group', () => {
  fc.assert(
    fc.property(
      fc.array(interval, { maxLength: 200 }),
      fc.integer({ min: 1, max: 40 }),
      (intervals, most) => {
        holds(intervals, most)
      },
    ),
  )
})

test('a few stay as they are', () => {
  const few = [{ from: AT - DAY, to: AT - 1 }]
  expect(aggregate(few, AT, 1)).toEqual({ single: few, groups: [] })
})

test('a hundred thousand become a few, and those that end soon are still there', () => {
  const many = Array.from({ length: 100_000 }, (_, n) => {
    const from = AT - (n % 900) * DAY
    return { from, to: from + ((n % 4000) + 1) * DAY }
  })
  holds(many, 40)
  const { single } = aggregate(many, AT, 40)
  expect(single.length).toBe(many.filter(({ to }) => endsSoon(to, AT)).length)
  expect(single.length).toBeGreaterThan(100)
})

test('what ended and what ends on the thirtieth day are counted, what ends before it is shown', () => {
  const ends = [AT - 1, AT, AT + 30 * DAY - 1, AT + 30 * DAY]
  const { single } = aggregate(
    ends.map((to) => ({ from: AT - DAY, to })),
    AT,
    2,
  )
  expect(single.map(({ to }) => to)).toEqual([AT, AT + 30 * DAY - 1])
})

test('the marks of a hundred thousand instants are as few as there are hairs', () => {
  const axis = { from: AT, to: AT + 30 * DAY }
  const path = marksPath(
    axis,
    Array.from({ length: 100_000 }, (_, n) => new Date(AT + n * 25_000)),
  )
  expect(path.split('M').length).toBeLessThan(2100)
  expect(marksPath(axis, [new Date(AT + 15 * DAY), new Date(AT - DAY)])).toBe('M0.5 0V1')
})

test('a month has a bar as wide as it is long, and only what is on the axis', () => {
  const axis = { from: Date.UTC(2026, 11, 1), to: Date.UTC(2026, 11, 31) }
  const months = [
    { from: new Date(Date.UTC(2026, 10, 1)), count: 5 },
    { from: new Date(Date.UTC(2026, 11, 1)), count: 3 },
  ]
  expect(monthsPath(axis, months, 3)).toBe('M0 0H1V1H0z')
})
