import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isCodedError } from '../../src/errors.ts'
import { isCa, isSelfIssued } from '../../src/x509/roles.ts'
import { KEY_RULES } from '../../src/lint/keys/index.ts'
import { lint } from '../../src/lint/lint.ts'
import { RFC5280_RULES } from '../../src/lint/rfc5280/index.ts'
import type { Place } from '../../src/findings/row.ts'
import { TRAP_RULES } from '../../src/lint/traps/index.ts'
import { WEBPKI_RULES } from '../../src/lint/webpki/index.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'

/** What zlint's own tests expect of one lint and one certificate; `note` is a configuration of zlint's, mostly empty. */
export interface ZlintRow {
  readonly lint: string
  readonly file: string
  readonly status: 'pass' | 'NA' | 'NE' | 'info' | 'warn' | 'error'
  readonly note: string
}

/** A code of ours; with `detail`, only where the finding's own has these values. */
type OurCode = string | { readonly code: string; readonly detail: Readonly<Record<string, string>> }

/** Every lint of the table: what it is called here, or why it has no name here. */
export interface ZlintMap {
  readonly mapped: Readonly<Record<string, readonly OurCode[]>>
  readonly notMapped: readonly { readonly reason: string; readonly lints: readonly string[] }[]
}

/** Rows where we do not agree: `statuses` for all of a status, `rows` one by one, named by `rowId`. */
export interface ZlintExceptions {
  readonly statuses: Readonly<Record<string, string>>
  readonly rows: Readonly<Record<string, string>>
}

export interface ZlintAnswer {
  readonly rows: number
  readonly agree: number
  readonly excepted: number
  readonly lintsNotMapped: number
  readonly surprises: readonly string[]
}

interface Said {
  readonly code: string
  readonly detail: unknown
}

const RULES = [...RFC5280_RULES, ...TRAP_RULES, ...KEY_RULES, ...WEBPKI_RULES]
const FIRES = new Set(['info', 'warn', 'error'])

/** The table of `next/zlint.tsv` with the certificates it speaks of; null where the folder has none. */
export function readZlint(folder: string): { rows: ZlintRow[]; certificates: Record<string, string> } | null {
  const file = join(folder, 'next', 'zlint.tsv')
  if (!existsSync(file)) return null
  const corpus = JSON.parse(readFileSync(join(folder, 'corpus.json'), 'utf8')) as {
    certificates: Record<string, string>
  }
  return {
    rows: readFileSync(file, 'utf8').trimEnd().split('\n').map(rowOf),
    certificates: corpus.certificates,
  }
}

function rowOf(line: string): ZlintRow {
  const [, lint, file, status, note] = line.split('\t')
  const configuration = (JSON.parse(note!) as string).replace(/\s+/g, ' ').trim()
  return { lint: lint!, file: file!, status: status as ZlintRow['status'], note: configuration }
}

/** How a row is named in the exceptions. */
export const rowId = ({ lint, file, note }: ZlintRow): string =>
  note === '' ? `${lint} ${file}` : `${lint} ${file} ${note}`

/** Our rules beside zlint's expectations, row by row. */
export function compareZlint(
  { rows, certificates }: { rows: readonly ZlintRow[]; certificates: Readonly<Record<string, string>> },
  map: ZlintMap,
  exceptions: ZlintExceptions,
): ZlintAnswer {
  const notMapped = new Set(map.notMapped.flatMap(({ lints }) => lints))
  const said = memoised((file) => whatWeSay(certificates[basename(file, '.pem')]))
  const surprises: string[] = []
  const used = new Set<string>()
  let agree = 0
  const asked = rows.filter((row) => !notMapped.has(row.lint))
  for (const row of asked) {
    const codes = map.mapped[row.lint]
    const id = rowId(row)
    if (codes === undefined) surprises.push(`${row.lint}: not in the map`)
    else if (codes.some((code) => isSaid(code, said(row.file))) === FIRES.has(row.status)) agree++
    else if (id in exceptions.rows) used.add(id)
    else if (row.status in exceptions.statuses) used.add(row.status).add(id)
    else surprises.push(`${id}: zlint ${row.status}, here ${textOf(said(row.file))}`)
  }
  surprises.push(...stale(exceptions, used), ...unknownLints(rows, map))
  const excepted = asked.filter((row) => used.has(rowId(row))).length
  return { rows: asked.length, agree, excepted, lintsNotMapped: notMapped.size, surprises }
}

export const zlintLine = ({ rows, agree, excepted, lintsNotMapped }: ZlintAnswer): string =>
  `zlint ${agree}/${rows} rows agree, ${excepted} with a reason, ${lintsNotMapped} lints not mapped`

const stale = ({ rows, statuses }: ZlintExceptions, used: ReadonlySet<string>): string[] =>
  [...Object.keys(rows), ...Object.keys(statuses)]
    .filter((id) => !used.has(id))
    .map((id) => `${id}: listed as an exception, but agrees or is not asked`)

/** Lints in the map of which the table says nothing, or which stand in it twice. */
function unknownLints(rows: readonly ZlintRow[], { mapped, notMapped }: ZlintMap): string[] {
  const inTable = new Set(rows.map(({ lint }) => lint))
  const named = [...Object.keys(mapped), ...notMapped.flatMap(({ lints }) => lints)]
  return [
    ...named.filter((name) => !inTable.has(name)).map((name) => `${name}: in the map, but not in the table`),
    ...named.filter((name, i) => named.indexOf(name) !== i).map((name) => `${name}: twice in the map`),
  ]
}

/** What is found in the certificate alone, as zlint has it: no issuer, issued on the day that it begins. */
function whatWeSay(base64: string | undefined): readonly Said[] {
  if (base64 === undefined) throw new Error('the table speaks of a certificate that corpus.json has not')
  try {
    const certificate = parseCertificate(Uint8Array.from(Buffer.from(base64, 'base64')))
    const context = { place: placeOf(certificate), issuedAt: certificate.notBefore, issuer: null }
    return [...certificate.findings, ...lint(certificate, RULES, context)]
  } catch (error) {
    if (isCodedError(error)) return [{ code: error.code, detail: null }]
    throw error
  }
}

function placeOf(certificate: Certificate): Place {
  if (!isCa(certificate)) return 'target'
  return isSelfIssued(certificate) ? 'anchor' : 'ca'
}

const isSaid = (ours: OurCode, said: readonly Said[]): boolean =>
  said.some(({ code, detail }) =>
    typeof ours === 'string' ? code === ours : code === ours.code && hasValues(detail, ours.detail),
  )

const hasValues = (detail: unknown, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([key, value]) => (detail as Record<string, unknown>)[key] === value)

const textOf = (said: readonly Said[]): string =>
  [...new Set(said.map(({ code }) => code))].join(', ') || 'nothing'

function memoised<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key)!
  }
}
