import { WORDS } from '../../validate/survey/words.ts'
import type { FindingCode } from '../../findings.ts'
import type { Program as SurveyedProgram } from '../../validate/survey/programs.ts'
import type { Side } from '../wire/transcript.ts'

/** Why the side that judges refuses, as its program says it. */
export type Reason =
  | 'issuer-unknown'
  | 'issuer-above-missing'
  | 'self-signed'
  | 'self-signed-above'
  | 'expired'
  | 'issuer-expired'
  | 'not-yet-valid'
  | 'outside-validity'
  | 'name-mismatch'
  | 'common-name-only'
  | 'purpose'
  | 'key-usage'
  | 'not-a-ca'
  | 'path-length'
  | 'name-constraints'
  | 'critical-extension'
  | 'revoked'
  | 'crl-expired'
  | 'crl-missing'
  | 'status-unknown'
  | 'key-weak'
  | 'hash-weak'
  | 'certificate-signature'
  | 'handshake-signature'
  | 'some-signature'
  | 'leaf-not-first'
  | 'chain-too-long'
  | 'empty-subject'
  | 'unreadable'
  | 'no-certificate'
  | 'key-type'
  | 'certificate-refused'
  | 'handshake-failed'

/**
 * One sentence that a program prints when it refuses: why, the sentence, the cases it was printed for, and the side
 * that printed it if only one does. `*` is a value. `=80` means every case that it answers with this code.
 */
type Row = readonly [reason: Reason, sentence: string, cases: string, side?: Side]
/** The most exact first: of several for a case, the first is the one to show. */
export type Words = readonly Row[]

/** The words that were found for the survey of chains. */
export function surveyed(program: SurveyedProgram, code: FindingCode): string {
  const words = WORDS[program]?.[code]
  if (words === undefined) throw new Error(`${program}: ${code}`)
  return words
}
