import { hexOctet } from '../../octets.ts'

/** Numbers, dates and counts as this language writes them. Pure; dates are always UTC here. */

/** 2026-11-21 14:05 UTC */
export function moment(date: Date): string {
  return Number.isNaN(date.getTime())
    ? 'an impossible date'
    : `${isoParts(date).day} ${isoParts(date).minute} UTC`
}

/** 2026-11-21 */
export function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an impossible date' : isoParts(date).day
}

/** "2026-11-21 to 2026-11-30"; one day if both are the same. */
export function days(from: Date, to: Date): string {
  return day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`
}

function isoParts(date: Date): { day: string; minute: string } {
  const [day = '', time = ''] = date.toISOString().split('T')
  return { day, minute: time.slice(0, 5) }
}

/** "1 certificate", "12 certificates", "1,000 certificates" */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`
}

export function number(n: number): string {
  return n.toLocaleString('en-US')
}

/** "a", "a and b", "a, b and c" */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${last} ${items[items.length - 1]}`
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
  return days < 730 ? `${number(days)} days` : `${number(Math.floor(days / 365.2425))} years`
}

/** 900 B, 12.3 kB, 4.5 MB */
export function size(octets: number): string {
  if (octets < 1000) return `${octets} B`
  return octets < 1e6 ? `${(octets / 1e3).toFixed(1)} kB` : `${(octets / 1e6).toFixed(1)} MB`
}
