import { nameFromSubject } from '../../ca/names.ts'
import type { Profile } from '../../ca/profiles.ts'
import { toSubject, type Draft } from './draft.ts'
import { readNames } from './names.ts'

/** Characters of a common name. */
export const LONGEST_NAME = 64

/** What keeps a form from becoming a certificate, by field, found before the worker is asked. */
export interface FormFaults {
  /** A CA without any name: what it signs would have no issuer. Or one of more than 64 characters (RFC 5280 Appendix A.1). */
  readonly name: 'empty-ca' | 'too-long' | null
  readonly names: 'missing' | 'unreadable' | null
  readonly country: 'not-two-letters' | null
}

/** Returns the faults of a form's names; a field is null if nothing is wrong with it. */
export function formFaults(draft: Draft, profile: Profile | null): FormFaults {
  const subject = toSubject(draft)
  const isCa = profile !== null && profile.kind !== 'endEntity'
  const country = subject.find(({ type }) => type === 'countryName')?.value
  return {
    name: nameFault(subject, isCa),
    names: isCa ? null : namesFault(draft, profile),
    country: country === undefined || /^[A-Za-z]{2}$/.test(country) ? null : 'not-two-letters',
  }
}

function nameFault(subject: readonly { type: string; value: string }[], isCa: boolean): FormFaults['name'] {
  if (subject.length === 0) return isCa ? 'empty-ca' : null
  const name = subject.find(({ type }) => type === 'commonName')?.value ?? ''
  return [...name].length > LONGEST_NAME ? 'too-long' : null
}

/** A common name that can be a name it is valid for becomes one. */
function namesFault(draft: Draft, profile: Profile | null): FormFaults['names'] {
  const read = readNames(draft.names)
  if (read.some(({ isName }) => !isName)) return 'unreadable'
  if (read.length > 0 || profile?.subjectAltName !== 'required') return null
  return nameFromSubject(toSubject(draft)) === null ? 'missing' : null
}
