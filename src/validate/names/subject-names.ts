import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { domainToAscii } from '../../x509/domain-name.ts'
import { otherNameToText } from '../../x509/general-name-text.ts'
import type { Name } from '../../x509/name.ts'
import { ATTRIBUTE_OIDS, OTHER_NAME_OIDS } from '../../x509/oids.ts'
import { rdnKeys } from '../../x509/name-matching.ts'
import { dnsName, isWithinDomain, wildcardReaches } from './dns.ts'
import { isWithinSubnet } from './ip.ts'
import { hostIsWithin, mailboxIsWithin, parseMailbox } from './mailbox.ts'
import type { Constraint, Form } from './subtrees.ts'
import { formOf } from './subtrees.ts'
import { uriHost } from './uri.ts'

type Within = (constraint: Constraint, side: 'permitted' | 'excluded') => boolean

/** A name of a certificate, to be checked against constraints of its form. */
export interface SubjectName {
  readonly form: Form
  readonly name: GeneralName
}

const cache = new WeakMap<Certificate, readonly SubjectName[]>()

/**
 * Returns the names that name constraints apply to (RFC 5280 §4.2.1.10): the subject if not empty, each subjectAltName,
 * and the subject's emailAddress attributes if there is no subjectAltName.
 */
export function subjectNames(certificate: Certificate): readonly SubjectName[] {
  let names = cache.get(certificate)
  if (names === undefined) {
    names = readSubjectNames(certificate)
    cache.set(certificate, names)
  }
  return names
}

function readSubjectNames({ subject, subjectAltName }: Certificate): readonly SubjectName[] {
  const names: SubjectName[] = []
  if (subject.rdns.length > 0) names.push(named({ kind: 'directoryName', name: subject }))
  if (subjectAltName !== null) for (const name of subjectAltName) names.push(named(name))
  else
    for (const { oid, text } of subject.rdns.flat())
      if (oid === ATTRIBUTE_OIDS.emailAddress) names.push(named({ kind: 'rfc822Name', value: text ?? '' }))
  return names
}

const named = (name: GeneralName): SubjectName => ({
  // RFC 9598 §6: rfc822Name constraints apply to these mailboxes too.
  form:
    name.kind === 'otherName' && name.typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox
      ? 'rfc822Name'
      : formOf(name),
  name,
})

/**
 * Returns the comparison for the name's form; null if the name breaks its form's rules and so cannot be placed in any
 * subtree.
 */
export function withinOf({ name }: SubjectName): Within | null {
  switch (name.kind) {
    case 'dNSName':
      return dnsWithin(name.value)
    case 'rfc822Name':
      return mailboxWithin(name.value)
    case 'uniformResourceIdentifier':
      return uriWithin(name.value)
    case 'directoryName':
      return directoryWithin(name.name)
    case 'iPAddress':
      return addressWithin(name.octets)
    case 'otherName':
      return name.typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox
        ? mailboxWithin(smtpUtf8Mailbox(name.value))
        : null
    default:
      return null
  }
}

function dnsWithin(value: string): Within | null {
  const name = dnsName(value, 'wildcard')
  if (name === null) return null
  const base = name.startsWith('*.') ? name.slice(2) : null
  return (constraint, side) => {
    if (constraint.kind !== 'dNSName') return false
    // A wildcard is permitted only if every name it matches is, and excluded if any of them is.
    if (side === 'permitted') return isWithinDomain(name, constraint.name)
    // An excluded constraint with a leading dot excludes the domain itself too: nobody intends to exempt it.
    const excluded = constraint.name.replace(/^\./, '')
    return base === null ? isWithinDomain(name, excluded) : wildcardReaches(base, excluded)
  }
}

function mailboxWithin(value: string | null): Within | null {
  const mailbox = value === null ? null : parseMailbox(value)
  return (
    mailbox &&
    ((constraint) => constraint.kind === 'rfc822Name' && mailboxIsWithin(mailbox, constraint.mailbox))
  )
}

function uriWithin(value: string): Within | null {
  const host = uriHost(value)
  if (host === null) return null
  return (constraint) =>
    constraint.kind === 'uniformResourceIdentifier' && hostIsWithin(host, constraint.host)
}

function addressWithin(octets: Uint8Array): Within | null {
  if (octets.length !== 4 && octets.length !== 16) return null
  return (constraint) => constraint.kind === 'iPAddress' && isWithinSubnet(octets, constraint.subnet)
}

/** A name that begins with the RDNs of the constraint is within it. */
function directoryWithin(name: Name): Within {
  const rdns = rdnKeys(name)
  return (constraint) =>
    constraint.kind === 'directoryName' &&
    constraint.rdns.length <= rdns.length &&
    constraint.rdns.every((rdn, i) => rdn === rdns[i])
}

/**
 * Returns the mailbox of an SmtpUTF8Mailbox with its host in A-labels (RFC 9598 §3), or null if the value is not one.
 */
export function smtpUtf8Mailbox(value: Uint8Array): string | null {
  const text = otherNameToText(value)
  if (text === null) return null
  const host = text.lastIndexOf('@') + 1
  const ascii = domainToAscii(text.slice(host))
  return ascii === null ? null : text.slice(0, host) + ascii
}
