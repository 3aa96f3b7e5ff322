import { seen } from '../plain-text.ts'
import { utf8 } from '../octets.ts'

/** A calendar file (RFC 5545) with reminders of expiring certificates and revocation lists. */

export interface Reminder {
  /** Constant for the same item, so that importing a newer file moves the entry instead of adding one. */
  readonly uid: string
  readonly summary: string
  /** One element per line. */
  readonly description: readonly string[]
  /** The expiry time. */
  readonly at: Date
  /** Days before the expiry at which the calendar alerts. */
  readonly daysBefore: readonly number[]
}

/** Returns the text of the file: one event per entry, all times UTC, `now` as its creation time. */
export function encodeCalendar(reminders: readonly Reminder[], { now }: { now: Date }): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rootcellar//Expiry//EN',
    ...reminders.flatMap((reminder) => event(reminder, now)),
    'END:VCALENDAR',
  ]
  return lines.map(fold).join('\r\n') + '\r\n'
}

function event({ uid, summary, description, at, daysBefore }: Reminder, now: Date): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `DTSTAMP:${instant(now)}`,
    `DTSTART:${instant(at)}`,
    `DTEND:${instant(at)}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${lines(description)}`,
    'TRANSP:TRANSPARENT',
    ...daysBefore.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:-P${String(days)}D`,
      `DESCRIPTION:${text(summary)}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
}

const instant = (date: Date): string => date.toISOString().replace(/[-:]|\.\d+/g, '')

/**
 * TEXT (§3.3.11): backslash, semicolon and comma escaped; invisible characters are named, line breaks in a name too.
 */
const text = (value: string): string => seen(value).replace(/[\\;,]/g, (character) => `\\${character}`)

/** Our own lines: each a TEXT, joined with the line break that TEXT uses. */
const lines = (values: readonly string[]): string => values.map(text).join('\\n')

/** Content lines are at most 75 octets (§3.1); a longer one continues after a line break and a space. */
function fold(line: string): string {
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = utf8(character).length
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}
