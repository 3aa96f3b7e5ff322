import { encodeCalendar } from '../../ca/calendar.ts'
import { csvText } from '../shared/csv.ts'
import type { ListedCertificate } from './inventory.ts'
import type { CertificateRow, ExportFile } from '../../border/views.ts'
import { utf8 } from '../../octets.ts'
import { callRow } from '../../x509/row-name.ts'

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

/** A certificate whose record is missing, unreadable or of an earlier state, and what the catalogue says of it. */
interface UnreadableRow {
  readonly id: string
  readonly listed: ListedCertificate | undefined
}

/**
 * Returns the inventory's rows as a table for an audit or as a calendar; `at` is the time of making. A table says which
 * certificates it cannot tell of: none is left out.
 */
export function tableFile(
  rows: readonly CertificateRow[],
  unreadable: readonly UnreadableRow[],
  { format, summary }: { format: 'csv' | 'json' | 'ics'; summary: string },
  at: Date,
): ExportFile {
  const name = `certificates-${at.toISOString().slice(0, 10)}.${format}`
  if (format === 'ics') return { name, type: 'text/calendar', bytes: utf8(calendarOf(rows, summary, at)) }
  const table = [...rows.map(recordOf), ...unreadable.map(recordOfUnreadable)]
  if (format === 'json') {
    const text = JSON.stringify({ schema: 1, madeAt: at, certificates: table }, null, 2) + '\n'
    return { name, type: 'application/json', bytes: utf8(text) }
  }
  const cells = table.map((record) => COLUMNS.map((column) => [record[column]].flat().join('; ')))
  return { name, type: 'text/csv', bytes: utf8(csvText([COLUMNS, ...cells])) }
}

function recordOf(row: CertificateRow): Record<Column, string | readonly string[]> {
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

/** `summary` is page text with {name}. One event per valid certificate, alarms a quarter, month and week before. */
function calendarOf(rows: readonly CertificateRow[], summary: string, now: Date): string {
  const standing = rows.filter(({ status, notAfter }) => status !== 'revoked' && notAfter >= now)
  const reminders = standing.map((row) => ({
    uid: `${row.fingerprint.slice(0, 32)}@rootcellar`,
    summary: summary.replace('{name}', () => callRow(row) || row.serialNumber),
    description: [row.subject, row.issuer, row.serialNumber].filter(Boolean),
    at: row.notAfter,
    daysBefore: [90, 30, 7],
  }))
  return encodeCalendar(reminders, { now })
}
