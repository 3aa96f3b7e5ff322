import { messages } from '../../messages/messages.ts'
import { DAY, endsSoon } from '../../time.ts'
import type { Bar, BarLook } from '../shared/time-axis/bars.ts'
import { standing, type Standing } from './standing.ts'

const LOOKS: Readonly<Record<Standing, BarLook>> = {
  valid: 'good',
  expiring: 'soon',
  expired: 'over',
  future: 'coming',
  revoked: 'revoked',
  held: 'held',
  retired: 'grey',
  'ca-revoked': 'grey',
  'ca-held': 'grey',
}

/** Returns the bar of a certificate as of a day. `isChecked`: nothing else is drawn as valid. */
export function certificateBar(
  dated: Parameters<typeof standing>[0],
  at: Date,
  above: 'revoked' | 'held' | null,
  isChecked: boolean,
): Bar {
  const stands = standing(dated, at, above)
  const isSoon = stands === 'valid' && endsSoon(dated.notAfter.getTime(), at.getTime())
  const look = isSoon ? 'soon' : LOOKS[stands]
  return {
    from: dated.notBefore.getTime(),
    to: dated.notAfter.getTime(),
    look: look === 'good' && !isChecked ? 'grey' : look,
    text: textOf(dated, stands, at),
  }
}

function textOf(
  { notBefore, notAfter, revocation }: Parameters<typeof standing>[0],
  stands: Standing,
  at: Date,
): string {
  const words = messages().ui.time
  if (stands === 'revoked') return words.revoked(revocation?.since ?? null)
  if (stands === 'held') return words.held(notAfter)
  if (stands === 'expired') return words.ended(notAfter)
  if (stands === 'future') return words.from(notBefore)
  const until = endsSoon(notAfter.getTime(), at.getTime()) ? daysLeft(notAfter, at) : words.until(notAfter)
  if (stands === 'retired') return words.retired(notAfter)
  return stands === 'ca-revoked' ? words.under(until) : until
}

function daysLeft(end: Date, at: Date): string {
  const days = Math.floor((end.getTime() - at.getTime()) / DAY)
  const words = messages().ui.time
  return days < 1 ? words.lastDay(end) : words.left(days, end)
}
