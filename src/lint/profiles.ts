import { FINDINGS } from '../findings.ts'
import type { FindingCode } from '../findings.ts'
import type { Place } from '../findings/row.ts'

/**
 * What is asked of certificates. `path`: RFC 5280 §6 alone; `standard`: §6 decides, and what breaks a MUST of §4 is a fault of a
 * chain that is valid; `rfc5280`: any broken MUST refuses; `webpki`: the CA/B Forum's Baseline Requirements on top.
 */
export type Profile = 'path' | 'standard' | 'rfc5280' | 'webpki'

export const DEFAULT_PROFILE: Profile = 'standard'

/** Whether every broken MUST of RFC 5280 §4 refuses. */
export const isStrict = (profile: Profile | undefined): boolean =>
  profile === 'rfc5280' || profile === 'webpki'

/** Whether what an anchor's own certificate says of itself counts (RFC 5937), where nobody has said. */
export const anchorCountsIn = (profile: Profile): boolean => profile !== 'path'

/** Whether what was found about a certificate itself refuses a path in which it stands at `place`. */
export function refuses(code: FindingCode, profile: Profile, place: Place): boolean {
  const { refuses: refusal } = FINDINGS[code]
  // What refuses by §6 alone does so here too, and a few things besides.
  const places = profile === 'standard' ? (refusal?.standard ?? refusal?.path) : refusal?.[profile]
  return places?.includes(place) ?? false
}
