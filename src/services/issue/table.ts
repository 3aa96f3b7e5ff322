/** Parses a table of certificates to issue: CSV (RFC 4180, or with semicolons) or pasted cells → rows. */
import { isGeneralName, nameFromSubject } from '../../ca/names.ts'
import type { Profile } from '../../ca/profiles.ts'
import { encodeSubject } from '../../ca/subject.ts'
import { isCodedError } from '../../errors.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import { readTypedName, splitTypedNames } from '../../x509/typed-names.ts'
import type { BatchPlan, BatchRow, BatchRowProblem } from '../../border/views.ts'

/** Rows per batch, cells per row, characters per cell: a table above these is a mistake. */
export const TABLE_LIMITS = { rows: 100_000, columns: 100, cell: 10_000 } as const

export interface TableRow extends BatchRow {
  attributes: { type: string; value: string }[]
  names: { kind: string; value: string }[]
}

export interface Table {
  columns: string[]
  rows: TableRow[]
  problems: BatchRowProblem[]
}

/** A column's meaning: an attribute of the subject, names of one kind, or names that state their kind. */
type Column = { attribute: string } | { names: string | null } | null

const ATTRIBUTES: Readonly<Record<string, string>> = {
  cn: 'commonName',
  commonname: 'commonName',
  name: 'commonName',
  o: 'organizationName',
  organization: 'organizationName',
  organizationname: 'organizationName',
  ou: 'organizationalUnitName',
  organizationalunit: 'organizationalUnitName',
  organizationalunitname: 'organizationalUnitName',
  unit: 'organizationalUnitName',
  c: 'countryName',
  country: 'countryName',
  countryname: 'countryName',
  st: 'stateOrProvinceName',
  state: 'stateOrProvinceName',
  stateorprovincename: 'stateOrProvinceName',
  l: 'localityName',
  locality: 'localityName',
  localityname: 'localityName',
  city: 'localityName',
}

const NAMES: Readonly<Record<string, string | null>> = {
  san: null,
  sans: null,
  names: null,
  subjectaltname: null,
  subjectaltnames: null,
  subjectalternativename: null,
  dns: 'dNSName',
  dnsname: 'dNSName',
  host: 'dNSName',
  hostname: 'dNSName',
  ip: 'iPAddress',
  ipaddress: 'iPAddress',
  email: 'rfc822Name',
  mail: 'rfc822Name',
  rfc822name: 'rfc822Name',
  uri: 'uniformResourceIdentifier',
  url: 'uniformResourceIdentifier',
  spiffe: 'uniformResourceIdentifier',
}

/** Reads the table for a profile; rows with a problem are reported by line and left out. Never throws. */
export function readTable(text: string, profile: Profile): Table {
  const records = readRecords(text)
  const [heading] = records
  if (!heading) return { columns: [], rows: [], problems: [] }
  const problems: BatchRowProblem[] = []
  const columns = heading.cells.map((cell) => columnOf(cell))
  for (const [index, column] of columns.entries()) {
    const value = heading.cells[index]!.trim()
    if (column === null && value !== '') problems.push(problem(heading.line, 'unknown-column', value, value))
  }
  const rows: TableRow[] = []
  for (const { line, cells } of records.slice(1)) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const found = readRow(line, cells, columns)
    const faults = 'code' in found ? [found] : faultsOf(found, profile)
    problems.push(...faults)
    if (!('code' in found) && faults.length === 0) rows.push(found)
  }
  if (rows.length > TABLE_LIMITS.rows) {
    const first = rows[TABLE_LIMITS.rows]!
    problems.push(problem(first.line, 'bad-value', 'rows', String(rows.length)))
    rows.length = TABLE_LIMITS.rows
  }
  problems.push(...duplicates(rows))
  return { columns: heading.cells.map((cell) => cell.trim()), rows, problems }
}

/** Returns what the page shows of it. */
export function planOf({ columns, rows, problems }: Table): BatchPlan {
  return {
    columns,
    rows: rows.map(({ attributes: _attributes, names: _names, ...row }) => row),
    problems,
    warned: [],
    against: [],
  }
}

function columnOf(heading: string): Column {
  const text = heading.trim()
  if (/^\d+(\.\d+)+$/.test(text)) return { attribute: text }
  const plain = text.toLowerCase().replace(/[\s_-]/g, '')
  if (Object.hasOwn(ATTRIBUTES, plain)) return { attribute: ATTRIBUTES[plain]! }
  if (Object.hasOwn(NAMES, plain)) return { names: NAMES[plain]! }
  const short = Object.keys(ATTRIBUTE_OIDS).find((name) => name.toLowerCase() === plain)
  return short === undefined ? null : { attribute: short }
}

const COMMON_NAME = ['commonName', ATTRIBUTE_OIDS.CN]

function readRow(line: number, cells: string[], columns: Column[]): TableRow | BatchRowProblem {
  const extra = cells.slice(columns.length).find((cell) => cell.trim() !== '')
  if (extra !== undefined) return problem(line, 'too-many-columns', '', extra)
  if (cells.length < columns.length) return problem(line, 'too-few-columns', '', String(cells.length))
  const long = cells.findIndex((cell) => cell.length > TABLE_LIMITS.cell)
  if (long >= 0) return problem(line, 'bad-value', String(long + 1), `${cells[long]!.slice(0, 40)}…`)
  const attributes: TableRow['attributes'] = []
  const names: TableRow['names'] = []
  for (const [index, column] of columns.entries()) {
    const value = cells[index]!.trim()
    if (column === null || value === '') continue
    if ('attribute' in column) attributes.push({ type: column.attribute, value })
    else
      names.push(
        ...splitTypedNames(value).map((name) =>
          column.names ? { kind: column.names, value: name } : readTypedName(name),
        ),
      )
  }
  if (attributes.length === 0 && names.length === 0) return problem(line, 'no-name', '', '')
  return {
    line,
    subject: attributes.map(({ type, value }) => `${type}=${value}`).join(', '),
    commonName: attributes.find(({ type }) => COMMON_NAME.includes(type))?.value ?? '',
    subjectAltNames: names.map(({ value }) => value),
    attributes,
    names,
  }
}

/** Returns what no certificate of this profile can express: attributes, names, or a row with no name at all. */
function faultsOf({ line, attributes, names }: TableRow, profile: Profile): BatchRowProblem[] {
  const faults = [
    ...attributes.filter((attribute) => !isAttribute(attribute)),
    ...names.filter((name) => !isGeneralName(name)).map(({ kind, value }) => ({ type: kind, value, kind })),
  ].map((fault) => problem(line, 'kind' in fault ? 'not-a-name' : 'bad-value', fault.type, fault.value))
  const isNameless =
    names.length === 0 && profile.subjectAltName === 'required' && !nameFromSubject(attributes)
  return isNameless ? [...faults, problem(line, 'no-alternative-name', '', '')] : faults
}

function isAttribute(attribute: TableRow['attributes'][number]): boolean {
  try {
    encodeSubject([attribute])
    return true
  } catch (error) {
    if (isCodedError(error)) return false
    throw error
  }
}

/** Duplicate names are reported, and both rows are issued: two certificates for one host are not an error. */
function duplicates(rows: readonly TableRow[]): BatchRowProblem[] {
  const seen = new Set<string>()
  return rows.flatMap(({ line, subject, subjectAltNames }) => {
    const key = JSON.stringify([subject, subjectAltNames])
    if (!seen.has(key)) return (seen.add(key), [])
    return [problem(line, 'duplicate', '', subject || (subjectAltNames[0] ?? ''))]
  })
}

function problem(line: number, code: BatchRowProblem['code'], field: string, value: string): BatchRowProblem {
  return { line, code, field, value }
}

interface Cells {
  line: number
  cells: string[]
}

/** Parses RFC 4180, with the separator the heading uses. */
function readRecords(text: string): Cells[] {
  const separator = separatorOf(text)
  const records: Cells[] = []
  let record: Cells = { line: 1, cells: [] }
  let line = 1
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length && records.length <= TABLE_LIMITS.rows + 1) {
    const isQuoted = text[at] === '"'
    const end = isQuoted ? closingQuote(text, at + 1) : endOfCell(text, at, separator)
    const raw = isQuoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end)
    line += raw.split('\n').length - 1
    const after = isQuoted ? endOfCell(text, end, separator) : end
    if (record.cells.length < TABLE_LIMITS.columns) record.cells.push(raw)
    at = after + 1
    if (text[after] === separator && after < text.length) {
      // A separator at the very end is followed by an empty cell.
      if (at >= text.length) record.cells.push('')
      continue
    }
    if (text[after] === '\r' && text[at] === '\n') at++
    records.push(record)
    record = { line: ++line, cells: [] }
  }
  if (record.cells.length > 0) records.push(record)
  return records.filter(({ cells }) => cells.length > 1 || cells[0]?.trim() !== '')
}

function separatorOf(text: string): string {
  const heading = text.slice(0, endOfLine(text))
  const counts = ['\t', ';', ','].map((mark) => ({ mark, count: heading.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

function endOfLine(text: string): number {
  const found = /[\r\n]/.exec(text)
  return found ? found.index : text.length
}

function closingQuote(text: string, from: number): number {
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return text.length
    if (text[quote + 1] !== '"') return quote
    at = quote + 2
  }
}

function endOfCell(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === separator || character === '\n' || character === '\r') return at
  }
  return text.length
}
