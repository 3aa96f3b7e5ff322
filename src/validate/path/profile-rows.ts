import type { Finding, FindingCode } from '../../findings.ts'
import { FINDINGS } from '../../findings.ts'
import type { Profile } from '../../lint/profiles.ts'
import { refuses } from '../../lint/profiles.ts'
import { RFC5280_RULES } from '../../lint/rfc5280/index.ts'
import type { Place } from '../../findings/row.ts'
import type { LintContext, ListedRule } from '../../lint/rule.ts'
import { bitsIn, listed } from '../../lint/rule.ts'
import { TLS_FEATURE_RULES } from '../../lint/rfc7633/index.ts'
import { KEY_ARITHMETIC_RULES, MALFORMED_KEY_RULES } from '../../lint/keys/index.ts'
import { KEY_SIZE_RULES } from '../../lint/keys/size.ts'
import { nameHiddenCharacters } from '../../lint/traps/name-hidden-characters.ts'
import { nameOuterSpace } from '../../lint/traps/name-outer-space.ts'
import { WEBPKI_RULES } from '../../lint/webpki/index.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { RuleRow } from '../report.ts'

const NONE: readonly Finding[] = []

/** A rule with its two constant rows, for 'held' and 'not applicable'. */
interface Demand extends ListedRule {
  readonly heldRow: RuleRow
  readonly notApplicableRow: RuleRow
}

const demand = (rule: ListedRule): Demand => ({
  ...rule,
  heldRow: quietRow(rule.code, 'held'),
  notApplicableRow: quietRow(rule.code, 'not-applicable'),
})

const quietRow = (code: FindingCode, outcome: RuleRow['outcome']): RuleRow => ({
  step: code,
  section: FINDINGS[code].section,
  outcome,
  detail: null,
  findings: NONE,
  refused: false,
})

const KEY_DEMANDS = [...KEY_SIZE_RULES, ...MALFORMED_KEY_RULES, ...KEY_ARITHMETIC_RULES].map(demand)
/** Runs only if ValidateOptions.examineKeys is set. */
const COSTLY: ReadonlySet<FindingCode> = new Set(KEY_ARITHMETIC_RULES.map(({ code }) => code))
const asked = new Set(RFC5280_RULES.map(({ code }) => code))
/** Reports names that look like others; refuses nothing. */
const NAME_DEMANDS = listed([nameHiddenCharacters, nameOuterSpace]).map(demand)
const RFC5280_DEMANDS = [
  ...RFC5280_RULES.map(demand),
  ...TLS_FEATURE_RULES.map(demand),
  ...KEY_DEMANDS.filter(({ code }) => !asked.has(code)),
  ...NAME_DEMANDS,
]

/** The demands of each profile; each includes the one before. */
const DEMANDS: Record<Profile, readonly Demand[]> = {
  path: KEY_DEMANDS,
  standard: RFC5280_DEMANDS,
  rfc5280: RFC5280_DEMANDS,
  webpki: [...RFC5280_DEMANDS, ...WEBPKI_RULES.map(demand)],
}

/** Rows of one certificate, and the findings in them. */
export interface CheckedRows {
  readonly rows: readonly RuleRow[]
  readonly findings: readonly Finding[]
  readonly refusals: readonly Finding[]
  /** Errors that do not refuse the path. */
  readonly faults: readonly Finding[]
}

export interface Known extends CheckedRows {
  readonly profile: Profile
  readonly place: Place
  readonly issuer: Certificate | null
  readonly examined: boolean
}

/** Rows are cached: they depend only on certificate, issuer, position and options. */
export type RowMemory = Map<Certificate, Known[]>

/**
 * Rows of the pool's own certificates live as long as the pool; those of others, such as the target, for one
 * validation.
 */
export class ProfileRows {
  readonly #profile: Profile
  readonly #members: ReadonlySet<object>
  readonly #kept: RowMemory
  readonly #passing: RowMemory = new Map()
  readonly #examined: boolean

  constructor(profile: Profile, members: ReadonlySet<object>, kept: RowMemory, examineKeys = false) {
    this.#profile = profile
    this.#examined = examineKeys
    this.#members = members
    this.#kept = kept
  }

  /** Returns a row for the findings of parsing, and one for each rule of the profile. */
  of(certificate: Certificate, place: Place, issuer: Certificate | null): CheckedRows {
    const [profile, examined] = [this.#profile, this.#examined]
    const memory = this.#members.has(certificate) ? this.#kept : this.#passing
    let entries = memory.get(certificate)
    if (entries === undefined) memory.set(certificate, (entries = []))
    let found = entries.find(
      (one) =>
        one.issuer === issuer && one.place === place && one.profile === profile && one.examined === examined,
    )
    if (found === undefined) {
      const { rows, failures } = rowsOf(certificate, { place, profile, issuer, examined })
      entries.push((found = { profile, place, issuer, examined, rows, ...findingsIn(failures) }))
    }
    return found
  }
}

export const isError = ({ code }: Finding): boolean => FINDINGS[code].severity === 'error'

/** Usually there are no findings, so no array is allocated. */
export function findingsIn(rows: readonly RuleRow[]): Omit<CheckedRows, 'rows'> {
  let findings: Finding[] | null = null
  let refusals: Finding[] | null = null
  let faults: Finding[] | null = null
  for (const row of rows)
    if (row.findings.length > 0)
      // Pushed one by one: a row may hold more findings than a call can take arguments.
      for (const finding of row.findings) {
        ;(findings ??= []).push(finding)
        if (row.refused) (refusals ??= []).push(finding)
        else if (isError(finding)) (faults ??= []).push(finding)
      }
  return { findings: findings ?? NONE, refusals: refusals ?? NONE, faults: faults ?? NONE }
}

/** Rows shared by certificates with the same set of extensions: rules that do not apply have the same row in all. */
interface Sheet {
  readonly rows: readonly RuleRow[]
  /** Indices of the demands that apply. */
  readonly asked: readonly number[]
}

/** By bit set of the certificate's extensions; few distinct sets occur. */
const sheets = (): Record<Profile, Map<number, Sheet>> => ({
  path: new Map(),
  standard: new Map(),
  rfc5280: new Map(),
  webpki: new Map(),
})
const SHEETS = sheets()
const EXAMINED_SHEETS = sheets()
const MOST_SHEETS = 256

function sheetFor(profile: Profile, bits: number, examined: boolean): Sheet {
  const known = (examined ? EXAMINED_SHEETS : SHEETS)[profile]
  let sheet = known.get(bits)
  if (sheet === undefined) {
    const demands = DEMANDS[profile]
    const asked = demands.flatMap((demand, i) =>
      (demand.bits & bits) === 0 || (!examined && COSTLY.has(demand.code)) ? [] : [i],
    )
    sheet = { rows: demands.map(({ notApplicableRow }) => notApplicableRow), asked }
    if (known.size === MOST_SHEETS) known.clear()
    known.set(bits, sheet)
  }
  return sheet
}

/** The rows, and those of them that have failed. */
function rowsOf(
  certificate: Certificate,
  { place, profile, issuer, examined }: Omit<Known, keyof CheckedRows>,
): { rows: readonly RuleRow[]; failures: readonly RuleRow[] } {
  const context: LintContext = { place, issuedAt: certificate.notBefore, issuer }
  const demands = DEMANDS[profile]
  const { rows, asked } = sheetFor(profile, bitsIn(certificate), examined)
  const own = rows.slice()
  const unread = certificate.findings.map((finding) => failedRow(finding.code, [finding], profile, place))
  const failures = [...unread]
  for (const i of asked) {
    const demand = demands[i]!
    if (!demand.applies(certificate, context)) continue
    const details = demand.check(certificate, context)
    own[i] = demand.heldRow
    if (details.length === 0) continue
    const findings = details.map((detail) => ({ code: demand.code, detail }) as Finding)
    failures.push((own[i] = failedRow(demand.code, findings, profile, place)))
  }
  return { rows: unread.length === 0 ? own : [...unread, ...own], failures }
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
