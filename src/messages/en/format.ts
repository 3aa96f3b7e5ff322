import { hexOctet } from '../../octets.ts'
import { dayText, momentText, secondText } from '../dates.ts'
import { writing } from '../writing.ts'

/** Numbers, dates and counts in English. Pure; dates are always UTC here. */

/** British lists have no comma before their last word. */
const english = writing('en-GB')

/** `calendarDay` is for the end of a length of time, which is read and not compared with other screens. */
export const { number, list, either, series, calendarDay, tick } = english

/** 2026-11-21 14:05 UTC */
export const moment = (date: Date): string => momentText(date) ?? 'an impossible date'

/** 2026-11-21 14:05:09 UTC, for the fields of a file */
export const second = (date: Date): string => secondText(date) ?? 'an impossible date'

/** 2026-11-21 */
export const day = (date: Date): string => dayText(date) ?? 'an impossible date'

/** "2026-11-21 to 2026-11-30"; one day if both are the same. */
export function days(from: Date, to: Date): string {
  return day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`
}

/** Returns `one` for 1, else `other`. */
export const plural = (n: number, one: string, other: string): string => english.plural(n, { one, other })

/** "1 certificate", "12 certificates", "1,000 certificates" */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${plural(n, one, many)}`
}

/** Ends a sentence whose last word is a name, which may itself end with a full stop. */
export const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

/** 0x30 */
export function tag(n: number): string {
  return `0x${hexOctet(n)}`
}

/** A length of time in its largest sensible unit, rounded down: "8 min", "3 days". */
export function duration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`
  const days = Math.floor(seconds / 86400)
  return days < 731 ? count(days, 'day') : count(Math.floor(days / 365.2425), 'year')
}

/** 900 B, 12.3 kB, 4.5 MB */
export function size(octets: number): string {
  if (octets < 1000) return `${octets} B`
  return octets < 1e6 ? `${english.tenths(octets / 1e3)} kB` : `${english.tenths(octets / 1e6)} MB`
}

/** "5 years": of whole years, each with a day more for each leap year among them; else "200 days". */
export function lifetime(days: number): string {
  const years = Math.floor(days / 365)
  const isWhole = years > 0 && days - years * 365 <= Math.ceil(years / 4)
  return isWhole ? count(years, 'year') : count(days, 'day')
}
