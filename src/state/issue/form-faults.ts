import { nameFromSubject } from '../../ca/names.ts'
import type { Profile } from '../../ca/profiles.ts'
import { toSubject, type Draft } from './draft.ts'
import { readNames } from './names.ts'

/** What keeps a form from becoming a certificate, by field, found before the worker is asked. */
export interface FormFaults {
  /** A CA without any name: what it signs would have no issuer. */
  readonly name: 'empty-ca' | null
  readonly names: 'missing' | 'unreadable' | null
  readonly country: 'not-two-letters' | null
}

/** Returns the faults of a form's names; a field is null if nothing is wrong with it. */
export function formFaults(draft: Draft, profile: Profile | null): FormFaults {
  const subject = toSubject(draft)
  const isCa = profile !== null && profile.kind !== 'endEntity'
  const country = subject.find(({ type }) => type === 'countryName')?.value
  return {
    name: isCa && subject.length === 0 ? 'empty-ca' : null,
    names: isCa ? null : namesFault(draft, profile),
    country: country === undefined || /^[A-Za-z]{2}$/.test(country) ? null : 'not-two-letters',
  }
}

/** A common name that can be a name it is valid for becomes one. */
function namesFault(draft: Draft, profile: Profile | null): FormFaults['names'] {
  const read = readNames(draft.names)
  if (read.some(({ isName }) => !isName)) return 'unreadable'
  if (read.length > 0 || profile?.subjectAltName !== 'required') return null
  return nameFromSubject(toSubject(draft)) === null ? 'missing' : null
}
