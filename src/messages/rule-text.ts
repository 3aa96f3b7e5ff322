import type { Finding, FindingCode } from '../findings.ts'
import { namedIn } from './oid-names.ts'
import { findingFix, findingSentence, messages, type Messages } from './messages.ts'
import type { RuleRow } from '../validate/report.ts'
import type { ValidatedCertificate } from '../border/protocol/validate.ts'
import { oidName } from '../x509/oids.ts'
import type { StatusSource } from '../validate/revocation/statement.ts'

/** Returns what a step checks, in words; a rule on one certificate is named by the fault that it forbids. */
export const stepName = (step: string): string =>
  messages().ui.validate.steps[step]?.title ?? messages().ui.validate.noFault(step)

/** Returns what the section of a step requires; null for a rule on one certificate, which its sentence explains. */
export const requirementOf = (step: string): string | null =>
  messages().ui.validate.steps[step]?.requirement ?? null

/** Returns whether a finding is only reported: it neither refuses the path nor is a fault of it. */
export const isNoted = ({ outcome, refused, findings }: RuleRow, { faults }: ValidatedCertificate): boolean =>
  outcome === 'failed' &&
  !refused &&
  !findings.some(({ code }) => faults.some((fault) => fault.code === code))

/** Returns a rule's outcome for this certificate, in a word. */
export const outcomeOf = (
  row: RuleRow,
  certificate: ValidatedCertificate,
): keyof Messages['ui']['validate']['outcome'] => (isNoted(row, certificate) ? 'noted' : row.outcome)

/** Returns what a rule examined, on one line. */
export const valueText = ({ step, detail }: RuleRow): string =>
  detailText(
    EXTENSION_STEPS.has(step) && Array.isArray(detail)
      ? detail.map((oid) => oidName(String(oid)) ?? messages().ui.parts.unknownOid(String(oid)))
      : detail,
  )

/** Steps whose values are extensions, shown by name if known. */
const EXTENSION_STEPS: ReadonlySet<string> = new Set(['reject-unknown-critical-extensions'])

/** Returns a value on one line; identifiers are shown by name. */
export function detailText(detail: RuleRow['detail']): string {
  if (detail === null || detail === true) return ''
  if (detail instanceof Date) return messages().format.moment(detail)
  if (Array.isArray(detail)) return detail.map(detailText).join(', ')
  if (typeof detail !== 'object')
    return messages().ui.validate.statuses[String(detail)] ?? namedIn(String(detail))
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${detailText(value)}`)
    .join(' · ')
}

/** Findings that apply to certificates and lists alike, and would be mistaken for the certificate's fault. */
const OF_EITHER: ReadonlySet<string> = new Set<FindingCode>(['extension-repeated', 'extension-unreadable'])

/** Returns the fault of a list or response about the named certificate, and how to fix it. */
export function sourceFinding(
  { kind }: StatusSource,
  finding: Finding,
  name: string,
): { sentence: string; fix: string | null } {
  const words = messages().ui.validate.sources
  return OF_EITHER.has(finding.code)
    ? { sentence: findingSentence(finding, words.about[kind](name)), fix: words.writeAgain }
    : { sentence: findingSentence(finding, name), fix: findingFix(finding, name) }
}

/** Returns a list or response that was examined: what it is, what it says, how far it counts. */
export function sourceText({ kind, thisUpdate, nextUpdate, says, stage }: StatusSource): string {
  const words = messages().ui.validate.sources
  const what = words.of(
    words.kind[kind],
    messages().format.moment(thisUpdate),
    nextUpdate && messages().format.moment(nextUpdate),
  )
  const said = says === null ? '' : kind === 'response' && says === 'good' ? words.saysGood : words.says[says]
  return `${[what, said, words.stage[stage]].filter((part) => part !== '').join('; ')}.`
}
