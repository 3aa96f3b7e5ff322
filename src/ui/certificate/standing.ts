import type { AuthorityView, CertificateRow } from '../../border/views.ts'
import { DAY } from '../../time.ts'

/** A certificate's state today, at a glance: not a verdict. */
export type Standing =
  'valid' | 'expiring' | 'expired' | 'future' | 'revoked' | 'held' | 'retired' | 'ca-revoked' | 'ca-held'

/**
 * Returns the state at `now`. A certificate expires "soon" in its last tenth, but in its last 30 days at the earliest
 * for long-lived ones. `now` may be another day than today: what was revoked or retired later was still valid then.
 * `above`: whether a CA above it is revoked or on hold at `now`; then nobody who checks revocation accepts it.
 */
export function standing(
  {
    notBefore,
    notAfter,
    status,
    revocation,
    retiredAt,
  }: {
    notBefore: Date
    notAfter: Date
    status?: CertificateRow['status'] | undefined
    revocation?: CertificateRow['revocation'] | undefined
    retiredAt?: AuthorityView['retiredAt']
  },
  now: Date,
  above: 'revoked' | 'held' | null = null,
): Standing {
  const isYet = !revocation || revocation.since <= now
  if (status === 'revoked' && isYet) return 'revoked'
  if (status === 'held' && isYet) return 'held'
  if (now > notAfter) return 'expired'
  if (above !== null) return above === 'revoked' ? 'ca-revoked' : 'ca-held'
  if (retiredAt && retiredAt <= now) return 'retired'
  if (now < notBefore) return 'future'
  const life = notAfter.getTime() - notBefore.getTime()
  const left = notAfter.getTime() - now.getTime()
  return left < Math.min(Math.max(life / 10, DAY), 90 * DAY) ? 'expiring' : 'valid'
}

export const TONES: Readonly<Record<Standing, 'good' | 'warn' | 'bad' | 'unknown'>> = {
  valid: 'good',
  expiring: 'warn',
  expired: 'bad',
  future: 'warn',
  revoked: 'bad',
  held: 'warn',
  retired: 'unknown',
  'ca-revoked': 'bad',
  'ca-held': 'warn',
}
