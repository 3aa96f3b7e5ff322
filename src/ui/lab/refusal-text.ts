import type { RefusalView } from '../../border/protocol/lab.ts'
import type { LabSide } from '../../state/lab/lab.svelte.ts'
import {
  errorSentence,
  findingFix,
  findingHeadline,
  findingSentence,
  messages,
} from '../../messages/messages.ts'
import { CodedError } from '../../errors.ts'

/** Returns the sentences of a refusal, the first of which says most; `by` is who refuses. */
export function refusalSentences(refusal: RefusalView, by: LabSide): readonly string[] {
  const { why } = messages().ui.lab
  switch (refusal.why) {
    case 'chain':
      return refusal.findings.map(({ finding, name }) => findingSentence(finding, name))
    case 'no-certificate':
      return [why['no-certificate'](by, refusal.withheld)]
    case 'unreadable': {
      const sentence = errorSentence(new CodedError(refusal.code, refusal.detail as never))
      return [why.unreadable(by, refusal.at, sentence)]
    }
    case 'possession':
      return [why.possession(by)]
    case 'rule':
      return [why.rule(by, refusal.met === 'no' ? 'no' : 'unknown')]
    case 'nothing-in-common':
      return [why['nothing-in-common'](refusal.lacks)]
    default:
      return [why[refusal.why]]
  }
}

/** Returns what would fix it, each once. What is missing can be added here, to either side. */
export const refusalFixes = (refusal: RefusalView): readonly string[] =>
  refusal.why === 'chain'
    ? [
        ...new Set(
          refusal.findings.flatMap(({ finding, name }) =>
            finding.code === 'issuer-missing'
              ? messages().ui.lab.headline.issuerAway
              : (findingFix(finding, name) ?? []),
          ),
        ),
      ]
    : []

/** Returns the fault in the reader's terms, in a few words; null where its sentence says it better. */
export function refusalHeadline(refusal: RefusalView, by: LabSide, at: Date, now: Date): string | null {
  const [first] = refusal.why === 'chain' ? refusal.findings : []
  if (!first) return null
  const { day } = messages().format
  const sender = by === 'client' ? 'server' : 'client'
  const { finding, ...of } = first
  return findingHeadline(finding, { ...of, sender, at, isNow: day(at) === day(now) })
}
