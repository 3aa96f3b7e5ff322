import type { AuthorityView, CertificateRow } from '../../worker/views.ts'

/** How a certificate stands today, at a glance: not a verdict. */
export type Standing = 'valid' | 'expiring' | 'expired' | 'future' | 'revoked' | 'held' | 'retired'

const DAY = 86_400_000

/** A certificate expires "soon" in its last tenth, but in its last 30 days at the earliest for long-lived ones. */
export function standing(
  {
    notBefore,
    notAfter,
    status,
    retiredAt,
  }: {
    notBefore: Date
    notAfter: Date
    status?: CertificateRow['status'] | undefined
    retiredAt?: AuthorityView['retiredAt']
  },
  now: Date,
): Standing {
  if (status === 'revoked') return 'revoked'
  if (status === 'held') return 'held'
  if (now > notAfter) return 'expired'
  if (retiredAt) return 'retired'
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
}
