import type { FindingCode, FindingDetails } from '../../findings.ts'
import { day, duration, list, number, series } from './format.ts'
import { purposeName } from './purposes.ts'

/** What a headline is about: one certificate, and the question asked. */
export interface Headed {
  readonly name: string
  /** The certificate that was asked about: a headline about it needs no name. */
  readonly isTarget: boolean
  /** The display name of its issuer. */
  readonly issuer: string
  /** Who sent it with others, in one text; null if it came alone, or that is not known. */
  readonly sender: 'server' | 'client' | null
  readonly at: Date
  /** The date asked for is today. */
  readonly isNow: boolean
}

const MOST_NAMES = 3

/** "Expired 88 days ago", "www.example.com expired 88 days ago": the verb begins the sentence if there is no name. */
const about = ({ isTarget, name }: Headed, verb: string): string =>
  isTarget ? `${verb.charAt(0).toUpperCase()}${verb.slice(1)}` : `${name} ${verb}`

/** "88 days ago"; relative to the date asked for if that is not today. */
const since = (then: Date, { at, isNow }: Headed): string => {
  const length = duration(at.getTime() - then.getTime())
  return isNow ? `${length} ago` : `${length} before ${day(at)}`
}

const until = (then: Date, { at, isNow }: Headed): string => {
  const length = duration(then.getTime() - at.getTime())
  return isNow ? `in ${length}` : `${length} after ${day(at)}`
}

/** Some names, and how many more there are. */
const some = (names: readonly string[], join: (names: readonly string[]) => string): string =>
  names.length <= MOST_NAMES
    ? join(names)
    : `${series(names.slice(0, MOST_NAMES))} and ${number(names.length - MOST_NAMES)} more`

const missing = (of: Headed): string => {
  if (!of.isTarget || of.sender === null) return `The certificate of ${of.issuer} is missing`
  return `The ${of.sender} leaves out ${of.issuer}`
}

/**
 * The fault in the reader's terms, in a few words and without a full stop; null where the finding's own sentence says it
 * better.
 */
export const headlines: {
  readonly [C in FindingCode]?: (detail: FindingDetails[C], of: Headed) => string | null
} = {
  'issuer-missing': (_, of) => missing(of),
  'anchor-missing': (_, { name }) => `${name} is not trusted here`,
  expired: ({ notAfter }, of) => about(of, `expired ${since(notAfter, of)}`),
  'not-yet-valid': ({ notBefore }, of) =>
    about(of, `is not valid until ${day(notBefore)}, ${until(notBefore, of)}`).replace(/^Is not/, 'Not'),
  'peer-name-mismatch': ({ name, present, nearly }, of) => {
    if (nearly !== null || !of.isTarget) return null
    if (present.length > 0) return `For ${some(present, list)}, not for ${name}`
    // It has no name of that kind.
    return of.name === name ? null : `${of.name} is not for ${name}`
  },
  'purpose-not-allowed': ({ purpose, allowed }, { isTarget }) =>
    !isTarget || allowed.length === 0
      ? null
      : `For ${some(allowed.map(purposeName), list)}, not for ${purposeName(purpose)}`,
  'signature-invalid': (_, { name, issuer }) =>
    issuer === '' ? null : `The signature on ${name} does not match the key of ${issuer}`,
  revoked: ({ since: then }, of) => about(of, `was revoked ${since(then, of)}`).replace(/^Was r/, 'R'),
  'on-hold': ({ since: then }, of) =>
    about(of, `has been on hold since ${day(then)}`).replace(/^Has been on/, 'On'),
  'pin-mismatch': () => 'This is another certificate than the one expected',
}
