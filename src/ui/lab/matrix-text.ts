import type { MatrixAnswer } from '../../border/protocol/lab-matrix.ts'
import { labWords } from '../../messages/pack-words.ts'

/** Returns an answer in a few words. */
export function shortAnswer({ ending, surprises }: MatrixAnswer): string {
  const { short } = labWords().matrix
  if (ending === null) return surprises ? short.unverified : short.connects
  const { by, refusal } = ending
  switch (refusal.why) {
    case 'rule':
      return short.rule(by)
    case 'chain':
      return surprises ? short.chain(by) : short['not-trusted'](by)
    default:
      return short[refusal.why]
  }
}
