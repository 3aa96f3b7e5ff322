import { isStrict, type Profile } from '../../lint/profiles.ts'
import { RUN, type Program } from './programs.ts'
import { ANSWERERS, SEEN_CRITICAL, SEEN_WITH } from './seen.ts'
import type { Placed } from './tolerance.ts'

/** What a program was seen to do; null where it was not tried, or does now this and now that. */
export type SeenAnswer = 'accepts' | 'refuses' | null

/** What a program was seen to do with such a fault at such a place. */
export function seenAnswer(program: Program, { finding, place, report }: Placed): SeenAnswer {
  if (finding.code === 'critical-extension-unknown')
    return seenCritical(program, finding.detail.oid, report.options.profile)
  // None that is run asks what the CA/B Forum demands; what of it concerns keys, signatures and names has rules of its own.
  if (finding.code.startsWith('br-')) return RUN.includes(program) ? 'accepts' : null
  return answerIn(SEEN_WITH[finding.code]?.[place], program, report.options.profile)
}

/** What a program was seen to do with this extension where it is critical. */
export const seenCritical = (program: Program, oid: string, profile: Profile | undefined): SeenAnswer =>
  answerIn(SEEN_CRITICAL[oid], program, profile)

function answerIn(letters: string | undefined, program: Program, profile: Profile | undefined): SeenAnswer {
  const asked = program === 'openssl' && isStrict(profile) ? 'openssl-strict' : program
  const letter = letters?.[(ANSWERERS as readonly string[]).indexOf(asked)]
  return letter === 'a' ? 'accepts' : letter === 'r' ? 'refuses' : null
}
