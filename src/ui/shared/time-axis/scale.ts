/** The one axis of time: what it covers, where an instant is on it, and its ticks. Milliseconds, UTC, no drawing. */
import { DAY, monthNumber, monthStart } from '../../../time.ts'

/** From an instant to a later one. */
export interface Span {
  readonly from: number
  readonly to: number
}

const YEAR = 365.2425 * DAY
/** Certificates "without an end" are dated until 9999 (RFC 5280 §4.1.2.5): the axis ends before that. */
const FURTHEST = 50 * YEAR
const SHORTEST = 2 * DAY

/** What the axis shows: everything, or so many days around the day on view. */
export const ZOOMS = ['all', '30y', '10y', '3y', '1y', '90d', '30d'] as const
export type Zoom = (typeof ZOOMS)[number]

const LENGTHS: Readonly<Record<Exclude<Zoom, 'all'>, number>> = {
  '30y': 30 * YEAR,
  '10y': 10 * YEAR,
  '3y': 3 * YEAR,
  '1y': YEAR,
  '90d': 90 * DAY,
  '30d': 30 * DAY,
}
/** The past is shown too, but what is coming matters. */
const PAST = 0.1

/** Returns the next zoom in (`+1`) or out (`-1`); the same at either end. */
export function zoomedBy(zoom: Zoom, step: 1 | -1): Zoom {
  return ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(zoom) + step))]!
}

/** Returns what covers all of these and `at`, within fifty years of it; dates that do not exist are left out. */
export function domainOf(spans: readonly Span[], at: number): Span {
  let [from, to] = [at, at]
  for (const span of spans) {
    if (span.from < from) from = span.from
    if (span.to > to) to = span.to
  }
  from = Math.max(from, at - FURTHEST)
  to = Math.min(to, at + FURTHEST)
  const margin = Math.max((to - from) * 0.02, SHORTEST / 2)
  return { from: from - margin, to: to + margin }
}

/** Returns what is shown: it stays where it is, around today, as long as the day on view is in it. */
export function windowOf(zoom: Zoom, domain: Span, today: number, at: number): Span {
  if (zoom === 'all') return domain
  const length = LENGTHS[zoom]
  const around = (time: number): Span => ({ from: time - PAST * length, to: time + (1 - PAST) * length })
  const now = around(today)
  return now.from <= at && at <= now.to ? now : around(at)
}

/** Returns where an instant is, from 0 to 1 within the span, outside it below 0 or above 1. */
export const shareOf = ({ from, to }: Span, time: number): number => (time - from) / (to - from)

/** What of an interval is to be seen; `before` and `after`: it goes on there. */
export interface Placed {
  readonly start: number
  readonly end: number
  readonly before: boolean
  readonly after: boolean
}

/** Returns the part of an interval within the axis, or on which side of it the whole is; null without real dates. */
export function placeOf(axis: Span, { from, to }: Span): Placed | 'past' | 'coming' | null {
  if (Number.isNaN(from) || Number.isNaN(to)) return null
  const [start, end] = [shareOf(axis, Math.min(from, to)), shareOf(axis, Math.max(from, to))]
  if (end < 0) return 'past'
  if (start > 1) return 'coming'
  return { start: Math.max(0, start), end: Math.min(1, end), before: start < 0, after: end > 1 }
}

export interface Tick {
  readonly at: number
  readonly unit: 'day' | 'month' | 'year'
}

/** Steps by the calendar; a week begins on Monday. */
const STEPS: readonly { unit: Tick['unit']; step: number; length: number }[] = [
  ...[1, 2, 7, 14].map((step) => ({ unit: 'day' as const, step, length: step * DAY })),
  ...[1, 3, 6].map((step) => ({ unit: 'month' as const, step, length: (step * YEAR) / 12 })),
  ...[1, 2, 5, 10, 20, 50, 100].map((step) => ({ unit: 'year' as const, step, length: step * YEAR })),
]
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY

/** Returns at most `most` ticks (and one more where months differ in length), at whole days, months or years. */
export function ticksOf({ from, to }: Span, most: number): Tick[] {
  const chosen = STEPS.find(({ length }) => (to - from) / length <= most) ?? STEPS.at(-1)!
  const { unit, step } = chosen
  const ticks: Tick[] = []
  let number = Math.ceil(numberOf(unit, from) / step) * step
  for (; instantOf(unit, number) <= to; number += step) {
    const at = instantOf(unit, number)
    if (at >= from) ticks.push({ at, unit })
  }
  return ticks
}

/** The number of days, months or years that have begun by then. */
function numberOf(unit: Tick['unit'], time: number): number {
  const date = new Date(time)
  if (unit === 'day') return Math.floor((time - MONDAY) / DAY)
  if (unit === 'year') return date.getUTCFullYear()
  return monthNumber(time)
}

function instantOf(unit: Tick['unit'], number: number): number {
  if (unit === 'day') return MONDAY + number * DAY
  return monthStart(unit === 'year' ? number * 12 : number)
}
