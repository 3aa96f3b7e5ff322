/** Many intervals as a few: what ends soon is always shown, the rest is counted by when it ends. */
import { endsSoon, monthNumber, monthStart } from '../../../time.ts'
import { shareOf, type Span } from './scale.ts'

/** Intervals that end in the same months; it covers all of them. */
export interface Group<T extends Span> extends Span {
  readonly items: readonly T[]
}

export interface Aggregated<T extends Span> {
  /** In the order they came. */
  readonly single: readonly T[]
  /** In order of end. */
  readonly groups: readonly Group<T>[]
}

/** Months that a group covers: the first that gives few enough. */
const MONTHS = [1, 3, 12, 60, 120, 600, Infinity]

/** Leaves up to `most` as they are; of more, groups all but those that end within 30 days of `at`. */
export function aggregate<T extends Span>(intervals: readonly T[], at: number, most: number): Aggregated<T> {
  if (intervals.length <= most) return { single: intervals, groups: [] }
  const single: T[] = []
  const byMonth = new Map<number, T[]>()
  for (const interval of intervals) {
    if (endsSoon(interval.to, at) || Number.isNaN(interval.to)) single.push(interval)
    else push(byMonth, monthNumber(interval.to), interval)
  }
  let groups = byMonth
  for (const months of MONTHS) {
    if (groups.size <= most) break
    groups = coarser(byMonth, months)
  }
  const inOrder = [...groups.entries()].sort(([one], [other]) => one - other)
  return { single, groups: inOrder.map(([, items]) => groupOf(items)) }
}

function coarser<T>(byMonth: ReadonlyMap<number, readonly T[]>, months: number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const [month, items] of byMonth)
    for (const item of items) push(groups, Math.floor(month / months), item)
  return groups
}

function push<T>(groups: Map<number, T[]>, key: number, item: T): void {
  const known = groups.get(key)
  if (known) known.push(item)
  else groups.set(key, [item])
}

function groupOf<T extends Span>(items: readonly T[]): Group<T> {
  let [from, to] = [Infinity, -Infinity]
  for (const item of items) {
    if (item.from < from) from = item.from
    if (item.to > to) to = item.to
  }
  return { from, to, items }
}

/** How many certificates end in a month, which begins at `from`. */
export interface MonthCount {
  readonly from: Date
  readonly count: number
}

const PIXELS = 2000

/** Returns a path, 1 wide and 1 high, with a bar for each month: its height grows with the logarithm of the count. */
export function monthsPath(axis: Span, months: readonly MonthCount[], most: number): string {
  const height = (count: number): number => Math.log2(count + 1) / Math.log2(most + 1)
  return months
    .map(({ from, count }) => {
      const begin = from.getTime()
      const left = Math.max(0, shareOf(axis, begin))
      const right = Math.min(1, shareOf(axis, monthStart(monthNumber(begin) + 1)))
      if (right <= left || count === 0) return ''
      const high = height(count)
      return `M${fixed(left)} ${fixed(1 - high)}H${fixed(right)}V1H${fixed(left)}z`
    })
    .join('')
}

/** Returns a path with a stroke for each instant; those that fall on the same hair are drawn once. */
export function marksPath(axis: Span, instants: readonly Date[]): string {
  const places = new Set<number>()
  for (const instant of instants) {
    const share = shareOf(axis, instant.getTime())
    if (share >= 0 && share <= 1) places.add(Math.round(share * PIXELS))
  }
  return Array.from(places, (place) => `M${fixed(place / PIXELS)} 0V1`).join('')
}

const fixed = (share: number): string => String(Math.round(share * 1e5) / 1e5)
