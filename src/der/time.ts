import { DAY } from '../time.ts'

/** UTCTime and GeneralizedTime in the forms of RFC 5280 §4.1.2.5.1 and §4.1.2.5.2: seconds, Z, no fraction. */

export type TimeType = 'UTCTime' | 'GeneralizedTime'
export interface Time {
  readonly date: Date
  readonly type: TimeType
}

/** bytes[start, end) as YYMMDDHHMMSSZ; YY below 50 is 20YY (§4.1.2.5.1). Returns null for any other content. */
export function readUtcTime(bytes: Uint8Array, start = 0, end = bytes.length): Date | null {
  if (end - start !== 13) return null
  const year = digits(bytes, start, 2)
  return instant(bytes, start + 2, year < 0 ? -1 : year < 50 ? 2000 + year : 1900 + year)
}

/** bytes[start, end) as YYYYMMDDHHMMSSZ (§4.1.2.5.2). Returns null for any other content. */
export function readGeneralizedTime(bytes: Uint8Array, start = 0, end = bytes.length): Date | null {
  return end - start === 15 ? instant(bytes, start + 4, digits(bytes, start, 4)) : null
}

function digits(content: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = content[i]! - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

const FOUR_CENTURIES = 146_097 * DAY

function instant(content: Uint8Array, at: number, year: number): Date | null {
  const month = digits(content, at, 2)
  const day = digits(content, at + 2, 2)
  const hour = digits(content, at + 4, 2)
  const minute = digits(content, at + 6, 2)
  const second = digits(content, at + 8, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || content[at + 10] !== 0x5a) return null
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null
  // Computed 400 years later, when the calendar repeats, and shifted back: Date.UTC maps the years 0 to 99 to 1900 to
  // 1999.
  const later = Date.UTC(year + 400, month - 1, day, hour, minute, second)
  const date = new Date(later - FOUR_CENTURIES)
  return day <= 28 || date.getUTCDate() === day ? date : null
}

const two = (n: number): string => n.toString().padStart(2, '0')

/** UTCTime through 2049, GeneralizedTime from 2050 and before 1950 (RFC 5280 §4.1.2.5). */
export function timeType(date: Date): TimeType {
  const year = date.getUTCFullYear()
  return year >= 1950 && year < 2050 ? 'UTCTime' : 'GeneralizedTime'
}

/** Returns the text of a time value; fractions of a second are dropped. */
export function timeText(date: Date, type: TimeType): string {
  const year = date.getUTCFullYear()
  const head = type === 'UTCTime' ? two(year % 100) : year.toString().padStart(4, '0')
  const fields = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ]
  return `${head}${fields.map(two).join('')}Z`
}
