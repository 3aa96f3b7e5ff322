import type { Reason } from '../programs/words.ts'
import { ALERT } from '../wire/code-points.ts'

/** What a text that programs print means, where it is not the reason of the side that judged. */
export type Situation =
  | 'alert'
  | 'alert-sent'
  | 'bad-record-mac'
  | 'reset'
  | 'closed'
  | 'http-no-certificate'
  | 'http-certificate'
  | 'http-plain'
  | 'verify-failed'
  | 'trust-store-empty'
  | 'not-tls'
  | 'protocol-version'
  | 'no-common-algorithm'
  | 'user-name-missing'
  | 'user-name-differs'
  | 'key-mismatch'
  | 'own-certificate-unreadable'
  | 'own-key-unusable'
  | 'client-certificate-refused'
  | 'certificate-wanted'
  | 'none-fits'
  | 'asked-later'
  | 'list-cut'
  | 'host-differs'
  | 'anchor-not-for-this'
  | 'rule-not-met'
  | 'own-file-legacy'
  | 'own-files'

export type TextCode = Reason | Situation

interface Meaning {
  /** Who prints it: the side that refused the other, the one that was refused, or one that did not get so far. */
  readonly said: 'judge' | 'refused' | 'either' | 'own'
  /** Where to look, seen from the side that printed it. */
  readonly look: 'own' | 'other' | 'both'
  /** How much it tells: 3 the reason, 2 which kind, 1 that something was refused, 0 that something failed. */
  readonly weight: 0 | 1 | 2 | 3
}

const judge = (look: Meaning['look'], weight: Meaning['weight'] = 3): Meaning => ({
  said: 'judge',
  look,
  weight,
})
const refused = (look: Meaning['look'], weight: Meaning['weight']): Meaning => ({
  said: 'refused',
  look,
  weight,
})
const either = (look: Meaning['look'], weight: Meaning['weight']): Meaning => ({
  said: 'either',
  look,
  weight,
})

const own = (weight: Meaning['weight'] = 3): Meaning => ({ said: 'own', look: 'own', weight })

export const MEANINGS: Readonly<Record<TextCode, Meaning>> = {
  'issuer-unknown': judge('both'),
  'issuer-above-missing': judge('own'),
  'self-signed': judge('both'),
  'self-signed-above': judge('own'),
  expired: judge('other'),
  'issuer-expired': judge('other'),
  'not-yet-valid': judge('both'),
  'outside-validity': judge('both'),
  'name-mismatch': judge('both'),
  'common-name-only': judge('other'),
  purpose: judge('other'),
  'key-usage': judge('other'),
  'not-a-ca': judge('other'),
  'path-length': judge('other'),
  'name-constraints': judge('other'),
  'critical-extension': judge('other'),
  revoked: judge('other'),
  'crl-expired': judge('own'),
  'crl-missing': judge('own'),
  'status-unknown': judge('own'),
  'key-weak': judge('other'),
  'hash-weak': judge('other'),
  'certificate-signature': judge('other'),
  'handshake-signature': judge('other'),
  'some-signature': judge('other', 2),
  'leaf-not-first': judge('other'),
  'chain-too-long': judge('both'),
  'empty-subject': judge('other'),
  unreadable: judge('other'),
  'no-certificate': judge('other'),
  'key-type': judge('both'),
  'certificate-refused': judge('own', 1),
  'handshake-failed': either('both', 0),
  alert: refused('other', 2),
  'alert-sent': judge('own', 2),
  'bad-record-mac': refused('other', 2),
  reset: refused('other', 1),
  closed: refused('other', 1),
  'http-no-certificate': refused('own', 3),
  'http-certificate': refused('other', 2),
  'http-plain': either('both', 3),
  'verify-failed': judge('both', 0),
  'trust-store-empty': own(),
  'not-tls': either('both', 3),
  'protocol-version': either('both', 2),
  'no-common-algorithm': either('both', 2),
  'user-name-missing': refused('own', 3),
  'user-name-differs': refused('both', 3),
  'key-mismatch': own(),
  'own-certificate-unreadable': own(),
  'own-key-unusable': own(),
  'client-certificate-refused': refused('own', 2),
  'certificate-wanted': refused('own', 3),
  'none-fits': either('both', 3),
  'asked-later': either('both', 3),
  'list-cut': either('own', 3),
  'host-differs': refused('both', 3),
  'anchor-not-for-this': judge('own'),
  'rule-not-met': judge('both'),
  'own-file-legacy': own(),
  'own-files': own(2),
}

/** Where to look for an alert, seen from the side that received it; elsewhere at both. */
const LOOK_AT_ALERT: Readonly<Record<number, Meaning['look']>> = {
  [ALERT.certificateRequired]: 'own',
  [ALERT.certificateRevoked]: 'own',
  [ALERT.unsupportedCertificate]: 'own',
  [ALERT.internalError]: 'other',
}
const OPPOSITE = { own: 'other', other: 'own', both: 'both' } as const

/** What a text means; of an alert by its number. */
export function meaningOf(code: TextCode, alert: number | null): Meaning {
  const meaning = MEANINGS[code]
  if (alert === null) return meaning
  const look = LOOK_AT_ALERT[alert] ?? 'both'
  return { ...meaning, look: code === 'alert-sent' ? OPPOSITE[look] : look }
}

/** Alerts that only a server sends. */
export const OF_SERVERS: readonly number[] = [ALERT.certificateRequired, ALERT.unrecognizedName]
