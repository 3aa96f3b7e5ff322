import type { RefusalView } from '../../border/protocol/lab.ts'
import type { LabSide } from '../../state/lab/lab.svelte.ts'
import {
  errorSentence,
  findingFix,
  findingHeadline,
  findingSentence,
  messages,
} from '../../messages/messages.ts'
import { labWords } from '../../messages/pack-words.ts'
import { CodedError } from '../../errors.ts'
import type { Weighed } from '../../mtls/rules/evaluate.ts'
import { safeLine } from '../../messages/safe-text.ts'

const LONGEST = { name: 200, title: 400, sentence: 2000, reason: 1000 } as const

/** Returns the name of a certificate, for a sentence or a label. */
export const safeName = (name: string): string => safeLine(name, LONGEST.name)

const safeSentence = (sentence: string): string => safeLine(sentence, LONGEST.sentence)

/** Returns the sentences of a refusal, the first of which says most; `by` is who refuses. */
export function refusalSentences(refusal: RefusalView, by: LabSide): readonly string[] {
  const { why } = labWords().page
  switch (refusal.why) {
    case 'chain':
      return refusal.findings.map(({ finding, name }) =>
        safeSentence(findingSentence(finding, safeName(name))),
      )
    case 'no-certificate':
      return [why['no-certificate'](by, refusal.withheld)]
    case 'unreadable': {
      const reason = errorSentence(new CodedError(refusal.code, refusal.detail as never))
      return [why.unreadable(by, refusal.at, safeLine(reason, LONGEST.reason))]
    }
    case 'possession':
      return [why.possession(by)]
    case 'rule':
      return [why.rule(by, lacking(refusal.weighed))]
    case 'nothing-in-common':
      return [why['nothing-in-common'](refusal.lacks)]
    default:
      return [why[refusal.why]]
  }
}

/** A rule that is not met, or what is not known for it: the certificate, which was not sent, or something else. */
function lacking(weighed: Weighed): 'no' | 'certificate' | 'unknown' {
  if (weighed.met === 'no') return 'no'
  const isAboutIt = ({ rule, met, of }: Weighed): boolean =>
    of.length > 0 ? of.some(isAboutIt) : met === 'unknown' && rule.kind !== 'address'
  return isAboutIt(weighed) ? 'certificate' : 'unknown'
}

/** Returns what would fix it, each once. What is missing can be added here, to either side. */
export const refusalFixes = (refusal: RefusalView): readonly string[] =>
  refusal.why === 'chain'
    ? [
        ...new Set(
          refusal.findings.flatMap(({ finding, name }) =>
            finding.code === 'issuer-missing'
              ? labWords().page.headline.issuerAway
              : (findingFix(finding, safeName(name)) ?? []),
          ),
        ),
      ].map(safeSentence)
    : []

/** Returns the fault in the reader's terms, in a few words; null where its sentence says it better. */
export function refusalHeadline(refusal: RefusalView, by: LabSide, at: Date, now: Date): string | null {
  const [first] = refusal.why === 'chain' ? refusal.findings : []
  if (!first) return null
  const { day } = messages().format
  const sender = by === 'client' ? 'server' : 'client'
  const { finding, isTarget } = first
  const of = { name: safeName(first.name), issuer: safeName(first.issuer), isTarget }
  const title = findingHeadline(finding, { ...of, sender, at, isNow: day(at) === day(now) })
  return title === null ? null : safeLine(title, LONGEST.title)
}
