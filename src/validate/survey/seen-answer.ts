import { isStrict, type Profile } from '../../lint/profiles.ts'
import { RUN, type Program } from './programs.ts'
import { ANSWERERS, SEEN_CRITICAL, SEEN_WITH } from './seen.ts'
import type { Placed } from './tolerance.ts'

/** A program's behaviour in tests; null if it was not tested, or its behaviour varies. */
export type SeenAnswer = 'accepts' | 'refuses' | null

/** Returns what a program did in tests with this fault at this place. */
export function seenAnswer(program: Program, { finding, place, report }: Placed): SeenAnswer {
  if (finding.code === 'critical-extension-unknown')
    return seenCritical(program, finding.detail.oid, report.options.profile)
  // No program that we run checks what the CA/B Forum requires; its rules on keys, signatures and names are listed
  // separately.
  if (finding.code.startsWith('br-')) return RUN.includes(program) ? 'accepts' : null
  return answerIn(SEEN_WITH[finding.code]?.[place], program, report.options.profile)
}

/** Returns what a program did in tests with this extension marked critical. */
export const seenCritical = (program: Program, oid: string, profile: Profile | undefined): SeenAnswer =>
  answerIn(SEEN_CRITICAL[oid], program, profile)

function answerIn(letters: string | undefined, program: Program, profile: Profile | undefined): SeenAnswer {
  const asked = program === 'openssl' && isStrict(profile) ? 'openssl-strict' : program
  const letter = letters?.[(ANSWERERS as readonly string[]).indexOf(asked)]
  return letter === 'a' ? 'accepts' : letter === 'r' ? 'refuses' : null
}
