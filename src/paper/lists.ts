/** Files that go with signed lists: dated files, a sheet that says what to publish when, and a calendar. */
import type { ListScope, ListsDue, ListView, SignedLists } from '../border/protocol/list.ts'
import type { ExportFile } from '../border/views.ts'
import { encodeCalendar, type Reminder } from './calendar.ts'
import { listFileName, sanitize } from '../containers/file-name.ts'
import { zipOf } from '../containers/zip.ts'
import { messages, type Messages } from '../messages/messages.ts'
import { utf8 } from '../octets.ts'
import { seen } from '../plain-text.ts'
import { sheetHtml, sheetText, type Sheet } from './sheet.ts'

const words = (): Messages['ui']['lists']['publish'] => messages().ui.lists.publish

/** Returns one list as it is; several in a dated ZIP, with the sheet and the calendar. */
export function listsFile(run: SignedLists): ExportFile {
  const { stem, signed, at } = run
  const [only, ...more] = signed
  if (only && more.length === 0)
    return { name: `${stem}.list.crl`, type: 'application/pkix-crl', bytes: only.der }
  const contents: Record<string, Uint8Array> = Object.fromEntries(
    signed.map(({ fileName, der }) => [fileName, der]),
  )
  const sheet = sheetOf(run)
  contents['publish.html'] = utf8(sheetHtml(sheet))
  contents['publish.txt'] = utf8(sheetText(sheet))
  contents['publish.ics'] = listCalendar([run], at).bytes
  return { name: `${stem}.lists.zip`, type: 'application/zip', bytes: zipOf(contents, at) }
}

function sheetOf({ name, signed, addresses, at, by }: SignedLists): Sheet {
  const { from, until, nextUpdate, number, part, file } = words().columns
  return {
    language: words().language,
    title: words().title(seen(name)),
    lead: words().lead(messages().format.number(signed.length), messages().format.moment(at), seen(by)),
    warnings: words().warnings,
    columns: [from, until, nextUpdate, number, part, file],
    rows: signed.map((each) =>
      [
        messages().format.moment(each.thisUpdate),
        messages().format.moment(each.publishUntil),
        messages().format.moment(each.nextUpdate),
        each.number,
        partText(each.scope),
        each.fileName,
      ].map(seen),
    ),
    verbatim:
      addresses.length > 0 ? [{ heading: words().addresses, text: addresses.map(seen).join('\n') }] : [],
  }
}

function partText(scope: ListScope | null): string {
  const { parts } = words()
  if (!scope) return parts.all
  const { addresses, only, reasons } = scope
  if (addresses.length > 0) return addresses.join(' ')
  if (only) return parts[only]
  return reasons ? parts.reasons(messages().format.series(reasons)) : parts.all
}

/** The lists of one authority, for a calendar. */
type CalendarLists = ListsDue['authorities'][number]

/** Returns when each newest list expires, and when each list signed ahead is to be published. */
export function listCalendar(authorities: readonly CalendarLists[], now: Date): ExportFile {
  const reminders = authorities.flatMap((each) => [...remindersOf(each, now)])
  const [only, ...more] = authorities
  const stem = (more.length === 0 && only && sanitize(only.name)) || 'revocation'
  const bytes = utf8(encodeCalendar(reminders, { now }))
  return { name: `${stem}.lists.ics`, type: 'text/calendar', bytes }
}

function* remindersOf({ authorityId, name, lists }: CalendarLists, now: Date): Iterable<Reminder> {
  const ending = new Map<string, ListView>()
  for (const list of lists.filter(({ superseded }) => !superseded)) {
    const file = listFileName(name, list)
    if (list.thisUpdate > now)
      yield {
        uid: `${list.id}@rootcellar`,
        summary: words().publish(seen(file), seen(name)),
        description: [file],
        at: list.thisUpdate,
        daysBefore: [1],
      }
    const last = ending.get(list.series)
    if (!last || list.thisUpdate > last.thisUpdate) ending.set(list.series, list)
  }
  for (const { series, nextUpdate, number } of ending.values())
    if (nextUpdate && nextUpdate > now)
      yield {
        // The same uid for its replacement: a newer file moves the calendar entry.
        uid: `${authorityId}-${uidOf(series)}-ends@rootcellar`,
        summary: words().ends(seen(name)),
        description: [name, number ?? ''].filter(Boolean),
        at: nextUpdate,
        daysBefore: [14, 7, 2],
      }
}

/** A series is hexadecimal of any length; a calendar needs a short name for it. */
function uidOf(series: string): string {
  let hash = 0
  for (const character of series) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0
  return hash.toString(16)
}
