import type { Profile } from '../../lint/profiles.ts'
import type { Program } from './programs.ts'
import { ANSWERERS, SEEN_CRITICAL, SEEN_WITH } from './seen.ts'
import type { Placed } from './tolerance.ts'

/** What a program was seen to do; null where it was not tried, or does now this and now that. */
export type SeenAnswer = 'accepts' | 'refuses' | null

/** What a program was seen to do with such a fault at such a place. */
export function seenAnswer(program: Program, { finding, place, report }: Placed): SeenAnswer {
  if (finding.code === 'critical-extension-unknown')
    return seenCritical(program, finding.detail.oid, report.options.profile)
  if (finding.code.startsWith('br-')) return program in ASKED_NO_BASELINE ? 'accepts' : null
  return answerIn(SEEN_WITH[finding.code]?.[place], program, report.options.profile)
}

/** What a program was seen to do with this extension where it is critical. */
export const seenCritical = (program: Program, oid: string, profile: Profile | undefined): SeenAnswer =>
  answerIn(SEEN_CRITICAL[oid], program, profile)

/** None of these asks what the CA/B Forum demands; what of it concerns keys, signatures and names has rules of its own. */
const ASKED_NO_BASELINE: { readonly [P in Program]?: true } = {
  openssl: true,
  go: true,
  java: true,
  gnutls: true,
  nss: true,
}

function answerIn(letters: string | undefined, program: Program, profile: Profile | undefined): SeenAnswer {
  const isStrict = program === 'openssl' && (profile === 'rfc5280' || profile === 'webpki')
  const letter = letters?.[(ANSWERERS as readonly string[]).indexOf(isStrict ? 'openssl-strict' : program)]
  return letter === 'a' ? 'accepts' : letter === 'r' ? 'refuses' : null
}
