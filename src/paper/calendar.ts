import { seen } from '../plain-text.ts'

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
  const stamp = instant(now)
  return [
    folded(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Rootcellar//Expiry//EN']),
    ...reminders.map((reminder) => folded(event(reminder, stamp))),
    folded(['END:VCALENDAR']),
  ].join('')
}

function event({ uid, summary, description, at, daysBefore }: Reminder, stamp: string): string[] {
  const [called, ends] = [text(summary), instant(at)]
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${ends}`,
    `DTEND:${ends}`,
    `SUMMARY:${called}`,
    `DESCRIPTION:${lines(description)}`,
    'TRANSP:TRANSPARENT',
    ...daysBefore.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:-P${String(days)}D`,
      `DESCRIPTION:${called}`,
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

const folded = (content: readonly string[]): string => content.map((line) => `${fold(line)}\r\n`).join('')

/** Content lines are at most 75 octets (§3.1); a longer one continues after a line break and a space. */
function fold(line: string): string {
  if (line.length * 3 <= 75) return line
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!)
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}

/** Octets of a character in UTF-8 (RFC 3629 §3); counted, because a calendar may have a million lines. */
const octetsOf = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
