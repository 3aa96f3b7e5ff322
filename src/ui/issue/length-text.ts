import type { Profile } from '../../ca/profiles.ts'
import { messages } from '../../messages/messages.ts'
import {
  datesOf,
  lengthAt,
  lengthOf,
  publicLimitFor,
  type Length,
  type Life,
} from '../../state/issue/lengths.ts'

/** Returns "1 year", of 'years:1' or 'days:365'. */
export function lengthName(value: string): string {
  const [unit, length] = value.split(':')
  const { lengths } = messages().ui.issue
  return unit === 'years' ? lengths.years(Number(length)) : lengths.days(Number(length))
}

/** Returns "1 year, until 29 Nov 2027", or that it ends with its issuer. */
export function lengthText({ value, notAfter, cutToIssuer }: Length): string {
  const { lengths } = messages().ui.issue
  return cutToIssuer ? lengths.withIssuer(notAfter) : lengths.until(lengthName(value), notAfter)
}

/** Returns what to know about the length chosen: the limits of the public web as of now, or why it is the usual one. */
export function lengthNote(
  life: Life,
  profile: Profile | null,
  at: Date,
  issuer: Date | null,
): string | undefined {
  const { lengths } = messages().ui.issue
  const dates = datesOf(life, at, issuer)
  if (!dates) return undefined
  const limit = publicLimitFor(profile, at, dates.from, dates.to)
  if (limit) return lengths.publicWeb[limit.how](limit.days, at, limit.next)
  if (lengthAt(life.validity, at, issuer)?.cutToIssuer) return lengths.cutToIssuer
  return profile && life.validity === lengthOf(profile) ? lengths.reasons[profile.id] : undefined
}

/** Returns what is said below the choice: the note, and for one as usual, what that comes to now. */
export function lengthHint(
  life: Life,
  usual: string | undefined,
  ...[profile, at, issuer]: [Profile | null, Date, Date | null]
): string | undefined {
  if (life.validity !== '') return lengthNote(life, profile, at, issuer)
  const length = usual === undefined ? null : lengthAt(usual, at, issuer)
  if (!length) return undefined
  const note = lengthNote({ ...life, validity: length.value }, profile, at, issuer)
  return messages().ui.issue.lengths.usual(lengthText(length), note ?? '')
}
