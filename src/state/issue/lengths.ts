import type { Profile } from '../../ca/profiles.ts'
import { readValidity } from '../../ca/validity.ts'
import { APPLE_TLS_DAYS, nextPublicTlsLimit, publicTlsLimit, validityDays } from '../../lint/validity.ts'
import { validity, type Draft } from './draft.ts'

export type Life = Pick<Draft, 'validity' | 'notBefore' | 'notAfter'>

/** As long as the profile says. */
export const AS_PROFILE: Life = { validity: '', notBefore: '', notAfter: '' }

/** Returns whether dates that were chosen are there. */
export const isDated = (life: Life): boolean => life.validity !== 'dates' || life.notAfter !== ''

/** A length of time to choose from. */
export interface Length {
  /** As in a draft: 'days:200', 'years:1'. */
  readonly value: string
  readonly notAfter: Date
  /** It would outlive its issuer, and ends with it instead. */
  readonly cutToIssuer: boolean
}

/** The limit of the public web for a certificate issued now, beside the length that was chosen. */
export interface PublicLimit {
  readonly days: number
  readonly how: 'within' | 'exactly' | 'over' | 'apple' | 'over-apple'
  readonly next: { readonly from: Date; readonly days: number } | null
}

export type DateFault = 'before-start' | 'impossible' | 'after-issuer'

const isServer = ({ extensions }: Profile): boolean => extensions.extKeyUsage?.includes('serverAuth') ?? false

/** Returns what is usual for a purpose; each CA below another, and each server, is replaced more than once. */
function usualFor(profile: Profile | null, at: Date): string[] {
  const usages = profile?.extensions.extKeyUsage ?? []
  if (profile && profile.kind !== 'endEntity') return ['years:5', 'years:10', 'years:20']
  if (profile && isServer(profile)) {
    const limit = publicTlsLimit(at)?.days ?? 47
    return ['days:47', 'days:90', `days:${limit}`, 'years:1', `days:${APPLE_TLS_DAYS}`]
  }
  if (usages.includes('OCSPSigning')) return ['days:7', 'days:30', 'days:90', 'years:1']
  if (usages.includes('timeStamping')) return ['years:1', 'years:5', 'years:10']
  return ['days:90', 'years:1', 'years:2', 'years:3', ...(profile?.id === 'custom' ? ['years:10'] : [])]
}

/** Returns 'days:200' or 'years:20' for the profile's own length. */
export const lengthOf = ({ validity: length }: Profile): string =>
  'days' in length ? `days:${length.days}` : `years:${length.years}`

/**
 * Returns the lengths to offer for a purpose on a day, the shortest first; of those that would outlive the issuer, the
 * one chosen or the shortest.
 */
export function lengthsFor(
  profile: Profile | null,
  at: Date,
  issuerNotAfter: Date | null,
  chosen: string,
): Length[] {
  const own = profile ? [lengthOf(profile)] : []
  const all = [...new Set([...usualFor(profile, at), ...own, chosen])]
    .flatMap((value) => lengthAt(value, at, issuerNotAfter) ?? [])
    .sort((a, b) => fullLength(a.value, at) - fullLength(b.value, at))
  const longest = all.find(({ value, cutToIssuer }) => cutToIssuer && value === chosen)
  const kept = longest ?? all.find(({ cutToIssuer }) => cutToIssuer)
  return all.filter((each) => !each.cutToIssuer || each === kept)
}

/** Returns the end of a length that begins now; null if it is no length. */
export function lengthAt(value: string, at: Date, issuerNotAfter: Date | null): Length | null {
  if (!/^(days|years):\d+$/.test(value)) return null
  try {
    const read = readValidity(validity({ validity: value, notBefore: '', notAfter: '' }), at, issuerNotAfter)
    return { value, notAfter: read.notAfter, cutToIssuer: read.cutToIssuer }
  } catch {
    return null
  }
}

const fullLength = (value: string, at: Date): number => lengthAt(value, at, null)?.notAfter.getTime() ?? 0

/** Returns how the chosen end compares with what the public web allows today; null if it is not for a server. */
export function publicLimitFor(
  profile: Profile | null,
  at: Date,
  from: Date,
  notAfter: Date,
): PublicLimit | null {
  const limit = publicTlsLimit(at)
  if (!profile || !isServer(profile) || !limit) return null
  const days = validityDays(from, notAfter)
  const how = howFar(days, limit.days)
  return { days: limit.days, how, next: nextPublicTlsLimit(at) ?? null }
}

function howFar(days: number, limit: number): PublicLimit['how'] {
  if (days > APPLE_TLS_DAYS) return 'over-apple'
  if (days === APPLE_TLS_DAYS) return 'apple'
  if (days > limit) return 'over'
  return days < limit ? 'within' : 'exactly'
}

/** Both ends of what was chosen; null while dates are missing or impossible. */
export function datesOf(life: Life, at: Date, issuerNotAfter: Date | null): { from: Date; to: Date } | null {
  try {
    const { notBefore, notAfter } = readValidity(validity(life), at, issuerNotAfter)
    return { from: notBefore, to: notAfter }
  } catch {
    return null
  }
}

/** Returns what is wrong with the dates typed, or null. */
export function dateFault(life: Life, at: Date, issuerNotAfter: Date | null): DateFault | null {
  if (life.validity !== 'dates' || life.notAfter === '') return null
  const typed = validity(life)
  const dates = datesOf(life, at, issuerNotAfter)
  if (!dates) {
    const start = 'notAfter' in typed && typed.notBefore ? typed.notBefore : at
    return 'notAfter' in typed && typed.notAfter <= start ? 'before-start' : 'impossible'
  }
  return issuerNotAfter && dates.to > issuerNotAfter ? 'after-issuer' : null
}
