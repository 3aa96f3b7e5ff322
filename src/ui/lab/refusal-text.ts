import type { RefusalView } from '../../border/protocol/lab.ts'
import type { LabSide } from '../../state/lab/lab.svelte.ts'
import { errorSentence, findingFix, findingSentence, messages } from '../../messages/messages.ts'
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

/** Returns what would fix it, each once. */
export const refusalFixes = (refusal: RefusalView): readonly string[] =>
  refusal.why === 'chain'
    ? [...new Set(refusal.findings.flatMap(({ finding, name }) => findingFix(finding, name) ?? []))]
    : []
