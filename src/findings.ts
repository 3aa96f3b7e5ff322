import { DER_ROWS } from './findings/der.ts'
import { ISSUANCE_ROWS } from './findings/issuance.ts'
import { KEY_ROWS } from './findings/keys.ts'
import { LIST_ROWS } from './findings/list.ts'
import { PATH_ROWS } from './findings/path.ts'
import { REVOCATION_ROWS } from './findings/revocation.ts'
import { RFC5280_ROWS } from './findings/rfc5280.ts'
import type { DetailsOf, Row } from './findings/row.ts'
import { TRAP_ROWS } from './findings/traps.ts'
import { WEBPKI_ROWS } from './findings/webpki.ts'

const ROWS = {
  ...RFC5280_ROWS,
  ...KEY_ROWS,
  ...TRAP_ROWS,
  ...ISSUANCE_ROWS,
  ...WEBPKI_ROWS,
  ...LIST_ROWS,
  ...DER_ROWS,
  ...REVOCATION_ROWS,
  ...PATH_ROWS,
}

/** Every finding Rootcellar can report about a certificate, list or path: code → data. The words are in messages/. */
export type FindingDetails = DetailsOf<typeof ROWS>

export type FindingCode = keyof FindingDetails
export type Finding = {
  [C in FindingCode]: { readonly code: C; readonly detail: FindingDetails[C] }
}[FindingCode]

/** Code → section, severity, and the paths it refuses. */
export const FINDINGS: Readonly<Record<FindingCode, Row<unknown>>> = ROWS

const codesOf = (rows: object): readonly FindingCode[] => Object.keys(rows) as FindingCode[]

/** The codes of each table, in the order in which the rules are shown. */
export const CODES_BY_TABLE = {
  path: codesOf(PATH_ROWS),
  revocation: codesOf(REVOCATION_ROWS),
  rfc5280: codesOf(RFC5280_ROWS),
  keys: codesOf(KEY_ROWS),
  der: codesOf(DER_ROWS),
  list: codesOf(LIST_ROWS),
  traps: codesOf(TRAP_ROWS),
  webpki: codesOf(WEBPKI_ROWS),
  issuance: codesOf(ISSUANCE_ROWS),
} as const
