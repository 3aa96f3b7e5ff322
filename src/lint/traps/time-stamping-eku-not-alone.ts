import { isTimeStamper } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 3161 §2.3: a time-stamping certificate has one extended key usage, timeStamping. */
export const timeStampingEkuNotAlone: Rule<'time-stamping-eku-not-alone'> = {
  code: 'time-stamping-eku-not-alone',
  applies: isTimeStamper,
  check: ({ extKeyUsage }) => breach((extKeyUsage?.length ?? 0) > 1),
}
