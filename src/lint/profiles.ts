import { REFUSALS } from './refusals.ts'
import type { FindingCode } from '../findings.ts'
import type { Place } from './rule.ts'

/** What is asked of certificates: RFC 5280 §6 alone; §4's demands too; the CA/B Forum's Baseline Requirements on top. */
export type Profile = 'path' | 'rfc5280' | 'webpki'

/** Whether what was found about a certificate itself refuses a path in which it stands at `place`. */
export function refuses(code: FindingCode, profile: Profile, place: Place): boolean {
  return REFUSALS[code]?.[profile]?.includes(place) ?? false
}
