import { FINDINGS } from '../findings.ts'
import type { FindingCode } from '../findings.ts'
import type { Place } from '../findings/row.ts'

/**
 * The requirements on certificates. `path`: RFC 5280 §6 alone; `standard`: §6 decides, and a broken MUST of §4 is a
 * fault of a valid chain; `rfc5280`: any broken MUST refuses; `webpki`: additionally the CA/B Forum's Baseline
 * Requirements.
 */
export type Profile = 'path' | 'standard' | 'rfc5280' | 'webpki'

export const DEFAULT_PROFILE: Profile = 'standard'

/** Whether every broken MUST of RFC 5280 §4 refuses. */
export const isStrict = (profile: Profile | undefined): boolean =>
  profile === 'rfc5280' || profile === 'webpki'

/** Whether the constraints in an anchor's own certificate apply (RFC 5937), unless the caller decides. */
export const anchorCountsIn = (profile: Profile): boolean => profile !== 'path'

/** Whether a finding about a certificate itself refuses a path that has the certificate at `place`. */
export function refuses(code: FindingCode, profile: Profile, place: Place): boolean {
  const { refuses: refusal } = FINDINGS[code]
  // Everything that §6 alone refuses is refused here too, plus a few things.
  const places = profile === 'standard' ? (refusal?.standard ?? refusal?.path) : refusal?.[profile]
  return places?.includes(place) ?? false
}
