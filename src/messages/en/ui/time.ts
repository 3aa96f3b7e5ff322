import { SOON_DAYS } from '../../../time.ts'
import { calendarDay, count, day, list, number, plural } from '../format.ts'

/** Read beside a bar; a date that does not exist is called so. */
const dated = (at: Date): string => (Number.isNaN(at.getTime()) ? day(at) : calendarDay(at))

/** The axis of time, and what is due. */
export const time = {
  fault: 'Not a date. Write it like 2026-11-29 or 2026-11-29 14:41.',
  zoom: 'Show',
  zooms: {
    all: 'all',
    '30y': '30 years',
    '10y': '10 years',
    '3y': '3 years',
    '1y': '1 year',
    '90d': '90 days',
    '30d': '30 days',
  },
  zoomIn: 'Zoom in (+)',
  zoomOut: 'Zoom out (−)',
  today: (at: Date): string => `today, ${dated(at)}`,
  onDay: (at: Date): string => dated(at),
  until: (at: Date): string => `until ${dated(at)}`,
  left: (days: number, at: Date): string => `${days} ${plural(days, 'day', 'days')} left, until ${dated(at)}`,
  lastDay: (at: Date): string => `ends within a day, on ${dated(at)}`,
  ended: (at: Date): string => `ended ${dated(at)}`,
  from: (at: Date): string => `from ${dated(at)}`,
  revoked: (since: Date | null): string => (since ? `revoked ${dated(since)}` : 'revoked'),
  held: (until: Date): string => `on hold, until ${dated(until)}`,
  retired: (until: Date): string => `retired, until ${dated(until)}`,
  under: (state: string): string => `a CA above is revoked; ${state}`,
  cross: (state: string): string => `another certificate: ${state}`,
  list: (until: Date): string => `list until ${dated(until)}`,
  listsAhead: (until: Date): string => `lists signed until ${dated(until)}`,
  listEnded: (at: Date): string => `list ended ${dated(at)}`,
  soon: (n: number): string => `${number(n)} ${plural(n, 'ends', 'end')} within ${SOON_DAYS} days`,
  months: 'When they end',
  month: 'Month',
  certificates: 'Certificates',
  mostPerMonth: (n: number): string => `ends by month, at most ${number(n)}`,
  due: {
    title: 'What is due',
    reading: 'Looking for what is due',
    nothing: 'Nothing is due.',
    locked: 'Unlock the vault to see what is due: while it is locked, nothing is checked.',
    unlock: 'Unlock',
    certificates: (n: number): string => count(n, 'certificate'),
    end: (n: number): string => `${plural(n, 'ends', 'end')} within ${SOON_DAYS} days`,
    renew: 'Renew…',
    see: 'See which',
    listOf: (name: string): string => `List of ${name}`,
    listEnded: (at: Date): string => `ended ${dated(at)}`,
    listEnds: (at: Date): string => `ends ${dated(at)}`,
    unlisted: (n: number): string => `${count(n, 'revocation')} on no list yet`,
    sign: 'Sign the next…',
    sharesOf: (name: string | null): string => (name === null ? 'Shares of the vault' : `Shares of ${name}`),
    notShown: (holders: readonly string[], at: Date): string =>
      `not shown since ${dated(at)}: ${list(holders)}`,
    show: 'Show them…',
    neverBackedUp: 'No backup',
    backedUp: (at: Date): string => `Backup of ${dated(at)}`,
    changes: (n: number): string => `${count(n, 'change')} not in a backup`,
    backUp: 'Back up…',
    more: (n: number): string => `${number(n)} more`,
  },
  group: (n: number, from: string, to: string): string =>
    from === to ? `${count(n, 'CA')} that end in ${from}` : `${count(n, 'CA')} that end in ${from} to ${to}`,
}
