/** Subject and names of a request as the form writes them. */
import { faultyNames, isFaulty } from '../../ca/faulty-names.ts'
import { attributeTypeName } from '../../ca/subject.ts'
import { isCodedError } from '../../errors.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { generalNameToText } from '../../x509/general-name-text.ts'
import type { Name } from '../../x509/name.ts'
import { hexOf } from '../../octets.ts'
import { OTHER_NAME_OIDS } from '../../x509/oids.ts'
import type { CertificationRequest } from '../../x509/request.ts'
import type { RequestedName } from '../../border/protocol/request.ts'

/** Returns a name as the form writes it, attribute by attribute; omits those that are not text. */
export function subjectOf({ rdns }: Name): { type: string; value: string }[] {
  return rdns
    .flat()
    .flatMap(({ oid, text }) => (text === null ? [] : [{ type: attributeTypeName(oid), value: text }]))
}

/** Returns a name as the form writes it; null for a kind of name that has no text form. */
export function requestedName(name: GeneralName): RequestedName | null {
  if (isFaulty(name)) return null
  if (name.kind === 'otherName') return otherName(name)
  const value = generalNameToText(name)
  return value === null ? null : { kind: name.kind, value }
}

/**
 * Returns the requested names as the form writes them: null for one that cannot be taken as written, unless the offered
 * replacement was confirmed.
 */
export function namesOf(
  { subjectAltName }: CertificationRequest,
  confirmed: readonly number[],
): (RequestedName | null)[] {
  const faulty = new Map(faultyNames(subjectAltName).map((each) => [each.place, each]))
  return (subjectAltName ?? []).map((name, place) => {
    const instead = confirmed.includes(place) ? faulty.get(place)?.instead : null
    return instead ? { kind: instead.kind, value: instead.value } : requestedName(name)
  })
}

function otherName({ typeId, value }: Extract<GeneralName, { kind: 'otherName' }>): RequestedName {
  if (typeId === OTHER_NAME_OIDS.userPrincipalName || typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox) {
    const text = readable({ kind: 'otherName', typeId, value })
    if (text !== null)
      return {
        kind: typeId === OTHER_NAME_OIDS.userPrincipalName ? 'userPrincipalName' : 'rfc822Name',
        value: text,
      }
  }
  return { kind: 'otherName', value: `${typeId};${hexOf(value)}` }
}

function readable(name: GeneralName): string | null {
  try {
    return generalNameToText(name)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}
