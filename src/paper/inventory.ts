import type { InventoryTable, TableRow, UnreadableRow } from '../border/protocol/inventory.ts'
import type { ExportFile } from '../border/views.ts'
import { messages } from '../messages/messages.ts'
import { callRow } from '../x509/row-name.ts'
import { encodeCalendar } from './calendar.ts'
import { csvText } from './csv.ts'
import { textFile } from './file.ts'

const COLUMNS = [
  'subject',
  'subjectAltNames',
  'issuer',
  'serialNumber',
  'notBefore',
  'notAfter',
  'status',
  'revokedSince',
  'reason',
  'profile',
  'keyAlgorithm',
  'fingerprint',
  'createdAt',
  'createdBy',
  'tags',
  'notes',
] as const
type Column = (typeof COLUMNS)[number]

/** Of those that cannot be read. */
const NAMED = 20

export type TableFormat = 'csv' | 'json' | 'ics'

/**
 * Returns the rows as a table for an audit, or as a calendar whose entries are named by `summary`, a text with {name}. A
 * table has a row for each certificate that cannot be read, a calendar an entry that says how many it lacks.
 */
export function tableFile(
  { rows, unreadable, at }: InventoryTable,
  format: TableFormat,
  summary: string,
): ExportFile {
  const name = `certificates-${at.toISOString().slice(0, 10)}.${format}`
  if (format === 'ics')
    return textFile(name, calendarOf(rows, unreadable, { summary, now: at }), 'text/calendar')
  const table = [...rows.map(recordOf), ...unreadable.map(recordOfUnreadable)]
  if (format === 'json') {
    const text = JSON.stringify({ schema: 1, madeAt: at, certificates: table }, null, 2) + '\n'
    return textFile(name, text, 'application/json')
  }
  const cells = table.map((record) => COLUMNS.map((column) => [record[column]].flat().join('; ')))
  return textFile(name, csvText([COLUMNS, ...cells]), 'text/csv')
}

function recordOf(row: TableRow): Record<Column, string | readonly string[]> {
  const {
    subject,
    subjectAltNames,
    issuer,
    serialNumber,
    status,
    keyAlgorithm,
    fingerprint,
    createdBy,
    tags,
    notes,
  } = row
  return {
    subject,
    subjectAltNames,
    issuer,
    serialNumber,
    notBefore: row.notBefore.toISOString(),
    notAfter: row.notAfter.toISOString(),
    status,
    revokedSince: row.revocation?.since.toISOString() ?? '',
    reason: row.revocation?.reason ?? '',
    profile: row.profileId,
    keyAlgorithm,
    fingerprint,
    createdAt: row.createdAt.toISOString(),
    createdBy,
    tags,
    notes,
  }
}

function recordOfUnreadable({ id, listed }: UnreadableRow): Record<Column, string> {
  const empty = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Record<Column, string>
  const known = listed && { serialNumber: listed.serialNumber, notAfter: listed.notAfter.toISOString() }
  return { ...empty, subject: listed?.name ?? id, ...known, status: 'unreadable' }
}

/**
 * One event per valid certificate that none replaced, alarms a quarter, month and week before; and one today about those
 * it lacks.
 */
function calendarOf(
  rows: readonly TableRow[],
  unreadable: readonly UnreadableRow[],
  { summary, now }: { summary: string; now: Date },
): string {
  const standing = rows.filter(
    ({ status, notAfter, successorId }) => status !== 'revoked' && notAfter >= now && successorId === null,
  )
  const reminders = standing.map((row) => ({
    uid: `${row.fingerprint.slice(0, 32)}@rootcellar`,
    summary: summary.replace('{name}', () => callRow(row) || row.serialNumber),
    description: [row.subject, row.issuer, row.serialNumber].filter(Boolean),
    at: row.notAfter,
    daysBefore: [90, 30, 7],
  }))
  const lacking = {
    uid: `unreadable-${now.toISOString().slice(0, 10)}@rootcellar`,
    summary: messages().ui.inventory.notInCalendar(unreadable.length),
    description: unreadable.slice(0, NAMED).map(({ id, listed }) => listed?.name ?? id),
    at: now,
    daysBefore: [],
  }
  return encodeCalendar(unreadable.length > 0 ? [lacking, ...reminders] : reminders, { now })
}
