import type { Finding, FindingCode } from '../../findings.ts'
import { FINDINGS } from '../../findings.ts'
import type { Profile } from '../../lint/profiles.ts'
import { refuses } from '../../lint/profiles.ts'
import { RFC5280_RULES } from '../../lint/rfc5280.ts'
import type { AnyRule, LintContext, Place } from '../../lint/rule.ts'
import { WEBPKI_RULES } from '../../lint/webpki/rules.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { RuleRow } from '../report.ts'

/** The demands of each profile, one upon the other. */
const RULES: Record<Profile, readonly AnyRule[]> = {
  path: [],
  rfc5280: RFC5280_RULES,
  webpki: [...RFC5280_RULES, ...WEBPKI_RULES],
}

/** Rows of one certificate, and what was found in them. */
export interface JudgedRows {
  readonly rows: readonly RuleRow[]
  readonly findings: readonly Finding[]
  readonly refusals: readonly Finding[]
}

export interface Known extends JudgedRows {
  readonly profile: Profile
  readonly place: Place
  readonly issuer: Certificate | null
}

/** Rows do not change while certificate, issuer, place and profile stay the same. */
export type RowMemory = Map<Certificate, Known[]>

/** Rows of the pool's own certificates are kept as long as the pool; those of others, the target first of all, for one validation. */
export class ProfileRows {
  readonly #profile: Profile
  readonly #members: ReadonlySet<object>
  readonly #kept: RowMemory
  readonly #passing: RowMemory = new Map()

  constructor(profile: Profile, members: ReadonlySet<object>, kept: RowMemory) {
    this.#profile = profile
    this.#members = members
    this.#kept = kept
  }

  /** A row for what was found while the certificate was read, and one for each rule of the profile. */
  of(certificate: Certificate, place: Place, issuer: Certificate | null): JudgedRows {
    const profile = this.#profile
    const memory = this.#members.has(certificate) ? this.#kept : this.#passing
    let entries = memory.get(certificate)
    if (entries === undefined) memory.set(certificate, (entries = []))
    let found = entries.find((one) => one.issuer === issuer && one.place === place && one.profile === profile)
    if (found === undefined)
      entries.push(
        (found = { profile, place, issuer, ...judgedRows(rowsOf(certificate, place, profile, issuer)) }),
      )
    return found
  }
}

export function judgedRows(rows: readonly RuleRow[]): JudgedRows {
  const findings: Finding[] = []
  const refusals: Finding[] = []
  for (const row of rows) {
    if (row.findings.length === 0) continue
    findings.push(...row.findings)
    if (row.refused) refusals.push(...row.findings)
  }
  return { rows, findings, refusals }
}

/** The place of the certificate at `index` of a path of n below its anchor. */
export const placeOf = (index: number, n: number): Place =>
  index === n ? 'target' : index === 0 ? 'anchor' : 'ca'

function rowsOf(
  certificate: Certificate,
  place: Place,
  profile: Profile,
  issuer: Certificate | null,
): RuleRow[] {
  const rows = certificate.findings.map((finding) => failedRow(finding.code, [finding], profile, place))
  const context: LintContext = { place, issuedAt: certificate.notBefore, issuer }
  for (const rule of RULES[profile]) rows.push(ruleRow(rule, certificate, profile, context))
  return rows
}

function ruleRow(rule: AnyRule, certificate: Certificate, profile: Profile, context: LintContext): RuleRow {
  const { code } = rule
  if (!rule.applies(certificate, context)) return quietRow(NOT_APPLICABLE, code, 'not-applicable')
  const details = rule.check(certificate, context)
  if (details.length === 0) return quietRow(HELD, code, 'held')
  // A rule's details are of its own code; TypeScript cannot follow that through the union.
  const findings = details.map((detail) => ({ code, detail }) as Finding)
  return failedRow(code, findings, profile, context.place)
}

const failedRow = (
  code: FindingCode,
  findings: readonly Finding[],
  profile: Profile,
  place: Place,
): RuleRow => ({
  step: code,
  section: FINDINGS[code].section,
  outcome: 'failed',
  detail: null,
  findings,
  refused: refuses(code, profile, place),
})

/** Most rows say no more than that all is well: each is made once. */
const HELD = new Map<FindingCode, RuleRow>()
const NOT_APPLICABLE = new Map<FindingCode, RuleRow>()

function quietRow(rows: Map<FindingCode, RuleRow>, code: FindingCode, outcome: RuleRow['outcome']): RuleRow {
  let row = rows.get(code)
  if (row === undefined)
    rows.set(
      code,
      (row = {
        step: code,
        section: FINDINGS[code].section,
        outcome,
        detail: null,
        findings: [],
        refused: false,
      }),
    )
  return row
}
