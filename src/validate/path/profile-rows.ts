import type { Finding } from '../../findings.ts'
import { FINDINGS } from '../../findings.ts'
import type { Profile } from '../../lint/profiles.ts'
import { refuses } from '../../lint/profiles.ts'
import type { AnyRule, Place } from '../../lint/rule.ts'
import { RFC5280_RULES } from '../../lint/rfc5280.ts'
import { WEBPKI_RULES } from '../../lint/webpki/rules.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { RuleRow } from '../report.ts'

/** The demands of each profile, one upon the other. */
const RULES: Record<Profile, readonly AnyRule[]> = {
  path: [],
  rfc5280: RFC5280_RULES,
  webpki: [...RFC5280_RULES, ...WEBPKI_RULES],
}

const NONE: readonly Finding[] = []

/** Rows do not change while certificate, issuer, place and profile stay the same. */
const remembered = new WeakMap<
  Certificate,
  { key: string; issuer: Certificate | null; rows: readonly RuleRow[] }[]
>()

/** A row for what was found while the certificate was read, and one for each rule of the profile that applies to it. */
export function profileRows(
  certificate: Certificate,
  place: Place,
  profile: Profile,
  issuer: Certificate | null,
): readonly RuleRow[] {
  const key = `${profile} ${place}`
  let known = remembered.get(certificate)
  if (known === undefined) remembered.set(certificate, (known = []))
  const found = known.find((entry) => entry.key === key && entry.issuer === issuer)
  if (found !== undefined) return found.rows
  const rows = [...readingRows(certificate, place, profile), ...ruleRows(certificate, place, profile, issuer)]
  known.push({ key, issuer, rows })
  return rows
}

/** What parseCertificate() found: one row per finding, and none where all was well. */
function readingRows(certificate: Certificate, place: Place, profile: Profile): RuleRow[] {
  return certificate.findings.map((finding) => ({
    step: finding.code,
    section: FINDINGS[finding.code].section,
    outcome: 'failed',
    detail: null,
    findings: [finding],
    refused: refuses(finding.code, profile, place),
  }))
}

function ruleRows(
  certificate: Certificate,
  place: Place,
  profile: Profile,
  issuer: Certificate | null,
): RuleRow[] {
  const context = { place, issuedAt: certificate.notBefore, issuer }
  return RULES[profile].map((rule): RuleRow => {
    const { code } = rule
    const base = { step: code, section: FINDINGS[code].section, detail: null, findings: NONE, refused: false }
    if (!rule.applies(certificate, context)) return { ...base, outcome: 'not-applicable' }
    // A rule's details are of its own code; TypeScript cannot follow that through the union.
    const findings = rule.check(certificate, context).map((detail) => ({ code, detail }) as Finding)
    if (findings.length === 0) return { ...base, outcome: 'held' }
    return { ...base, outcome: 'failed', findings, refused: refuses(code, profile, place) }
  })
}
