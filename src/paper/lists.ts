/** Files that go with signed lists: dated files, a sheet that says what to publish when, and a calendar. */
import { DOCUMENT_POLICY_META } from '../../csp/policy.ts'
import { seen } from '../../plain-text.ts'
import { encodeCalendar, type Reminder } from '../../ca/calendar.ts'
import type { ScheduledList } from '../../ca/list-schedule.ts'
import { zipOf } from '../../containers/zip.ts'
import { exportFileName, sanitize } from '../../containers/file-name.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import type { ListScope, ListView, PublishWords } from '../../border/protocol/list.ts'
import type { ExportFile } from '../../border/views.ts'
import { utf8 } from '../../octets.ts'

interface Publication {
  readonly certificate: Certificate
  readonly authorityId: string
  readonly signed: readonly ScheduledList[]
  readonly lists: readonly ListView[]
  /** The list addresses named in the certificates. */
  readonly addresses: readonly string[]
  readonly words: PublishWords
  readonly at: Date
  readonly who: string
}

/** Returns one list as it is; several in a dated ZIP, with the sheet and the calendar. */
export function publication(publication: Publication): ExportFile {
  const { certificate, authorityId, signed, lists, words, at } = publication
  const [only, ...more] = signed
  if (only && more.length === 0) {
    const name = exportFileName(certificate, 'list', 'crl')
    return { name, type: 'application/pkix-crl', bytes: only.list.der }
  }
  const rows = signed.map((each, i) => [
    instant(each.thisUpdate),
    instant(each.publishUntil),
    instant(each.nextUpdate),
    String(each.number),
    partText(lists[i]?.scope ?? null, words),
    each.fileName,
  ])
  const sheet = sheetOf(publication, rows)
  const contents: Record<string, Uint8Array> = Object.fromEntries(
    signed.map(({ fileName, list }) => [fileName, list.der]),
  )
  contents['publish.html'] = utf8(sheetHtml(sheet))
  contents['publish.txt'] = utf8(sheetText(sheet))
  contents['publish.ics'] = listCalendar(
    [{ authorityId, name: callingName(certificate), lists }],
    words,
    at,
  ).bytes
  const bytes = zipOf(contents, at)
  return { name: exportFileName(certificate, 'lists', 'zip'), type: 'application/zip', bytes }
}

/** 2026-11-21 14:05 UTC: the one unambiguous form. */
export const instant = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ') + ' UTC'

/** A sheet to read along with the files it describes, in the page's words. */
export interface Sheet {
  readonly language: string
  readonly title: string
  readonly lead: readonly string[]
  readonly warnings: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** A heading, and lines to copy verbatim. */
  readonly verbatim: readonly { readonly heading: string; readonly text: string }[]
}

function sheetOf(
  { certificate, addresses, words, at, who, signed }: Publication,
  rows: readonly (readonly string[])[],
): Sheet {
  const known = { name: callingName(certificate), at: instant(at), who, count: String(signed.length) }
  const { from, until, nextUpdate, number, part, file } = words.columns
  return {
    language: words.language,
    title: filled(words.title, known),
    lead: words.lead.map((text) => filled(text, known)),
    warnings: words.warnings.map((text) => filled(text, known)),
    columns: [from, until, nextUpdate, number, part, file],
    rows: rows.map((row) => row.map(seen)),
    verbatim:
      addresses.length > 0 ? [{ heading: words.addresses, text: addresses.map(seen).join('\n') }] : [],
  }
}

function partText(scope: ListScope | null, { parts }: PublishWords): string {
  if (!scope) return parts.all
  const { addresses, only, reasons } = scope
  if (addresses.length > 0) return addresses.join(' ')
  if (only) return parts[only]
  return reasons ? filled(parts.reasons, { reasons: reasons.join(', ') }) : parts.all
}

/** Replaces {name} and the like by known values, without expanding those again; spells out invisible characters. */
export function filled(text: string, known: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => seen(known[name] ?? all))
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!)

/** No scripts and nothing external: it is opened from a USB stick, decades later. */
export function sheetHtml({ language, title, lead, warnings, columns, rows, verbatim }: Sheet): string {
  const cells = (tag: string, texts: readonly string[]): string =>
    texts.map((text) => `<${tag}>${html(text)}</${tag}>`).join('')
  return [
    `<!doctype html>\n<html lang="${html(language)}">\n<meta charset="utf-8">\n${DOCUMENT_POLICY_META}`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${html(title)}</title>`,
    '<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}',
    'table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #999;overflow-wrap:anywhere}',
    'strong{display:block;border-left:3px solid #b00;padding-left:.8rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style>',
    `<main>\n<h1>${html(title)}</h1>`,
    ...lead.map((text) => `<p>${html(text)}</p>`),
    ...warnings.map((text) => `<p><strong>${html(text)}</strong></p>`),
    `<table>\n<tr>${cells('th', columns)}</tr>`,
    ...rows.map((row) => `<tr>${cells('td', row)}</tr>`),
    '</table>',
    ...verbatim.map(({ heading, text }) => `<h2>${html(heading)}</h2>\n<pre>${html(text)}</pre>`),
    '</main>\n</html>',
  ].join('\n')
}

/** Returns the same as plain text, for a terminal or a printer. */
export function sheetText({ title, lead, warnings, columns, rows, verbatim }: Sheet): string {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')
  const blocks = [
    title,
    ...lead,
    ...warnings.map((text) => `!  ${text}`),
    [columns, ...rows].map(line).join('\n'),
    ...verbatim.map(({ heading, text }) => `${heading}\n\n${text}`),
  ]
  return blocks.join('\n\n').replace(/\n/g, '\r\n') + '\r\n'
}

/** The lists of one authority, for a calendar. */
export interface CalendarLists {
  readonly authorityId: string
  readonly name: string
  readonly lists: readonly ListView[]
}

/** Returns when each newest list expires, and when each list signed ahead is to be published. */
export function listCalendar(
  authorities: readonly CalendarLists[],
  words: PublishWords,
  now: Date,
): ExportFile {
  const reminders = authorities.flatMap((each) => [...remindersOf(each, words, now)])
  const [only, ...more] = authorities
  const stem = (more.length === 0 && only && sanitize(only.name)) || 'revocation'
  const bytes = utf8(encodeCalendar(reminders, { now }))
  return { name: `${stem}.lists.ics`, type: 'text/calendar', bytes }
}

function* remindersOf(
  { authorityId, name, lists }: CalendarLists,
  words: PublishWords,
  now: Date,
): Iterable<Reminder> {
  const ending = new Map<string, ListView>()
  for (const list of lists.filter(({ superseded }) => !superseded)) {
    const number = list.number ?? ''
    const file = listFileName(name, list)
    if (list.thisUpdate > now)
      yield {
        uid: `${list.id}@rootcellar`,
        summary: filled(words.publish, { name, number, file }),
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
        summary: filled(words.ends, { name, number: number ?? '' }),
        description: [name, number ?? ''].filter(Boolean),
        at: nextUpdate,
        daysBefore: [14, 7, 2],
      }
}

/** Returns the name of a scheduled list: first day, authority, number. */
export const listFileName = (name: string, { thisUpdate, number }: ListView): string =>
  `${thisUpdate.toISOString().slice(0, 10)}_${sanitize(name) || 'list'}_${number ?? 'list'}.crl`

/** A series is hexadecimal of any length; a calendar needs a short name for it. */
function uidOf(series: string): string {
  let hash = 0
  for (const character of series) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0
  return hash.toString(16)
}
