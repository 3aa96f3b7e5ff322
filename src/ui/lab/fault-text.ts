import { labWords } from '../../messages/pack-words.ts'
import { safeLine } from '../../messages/safe-text.ts'
import type { ProxyFault } from '../../mtls/proxy/fault.ts'

/** Returns why what was pasted is not read. */
export function faultSentence(fault: ProxyFault): string {
  // A mapped union cannot be indexed by its own discriminant in a way TypeScript follows; the tables are typed.
  const sentence = labWords().proxy.faults[fault.code] as (detail: ProxyFault['detail']) => string
  return safeLine(sentence(fault.detail), 2000)
}
