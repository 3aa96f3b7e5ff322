import { seen } from '../plain-text.ts'
import { utf8 } from '../octets.ts'

/** A calendar file (RFC 5545) that reminds of what runs out: certificates and revocation lists. */

export interface Reminder {
  /** Never changes for the same thing, so that importing a newer file moves the entry and adds none. */
  readonly uid: string
  readonly summary: string
  /** Line by line. */
  readonly description: readonly string[]
  /** When it runs out. */
  readonly at: Date
  /** Days before at which the calendar speaks up. */
  readonly daysBefore: readonly number[]
}

/** The file's text: one event an entry, all times UTC, `now` as the time of making. */
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

/** TEXT (§3.3.11): backslash, semicolon and comma escaped; what is not seen is named, line breaks of a name too. */
const text = (value: string): string => seen(value).replace(/[\\;,]/g, (character) => `\\${character}`)

/** Lines of our own: each a TEXT, parted as TEXT parts lines. */
const lines = (values: readonly string[]): string => values.map(text).join('\\n')

/** Content lines are at most 75 octets (§3.1); a longer one goes on after a line break and a space. */
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
