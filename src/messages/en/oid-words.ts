import { oidName } from '../../x509/oids.ts'

const OID = /\b[0-2](?:\.\d+){3,}\b/g

/** The name of an identifier, or its number where nobody here knows one. */
export const named = (oid: string): string => oidName(oid) ?? oid

/** The name of an identifier; what has none is said to be unknown, with its number. */
export const namedOrUnknown = (oid: string): string => oidName(oid) ?? `unknown (${oid})`

/** A text from elsewhere in which no identifier stands bare. */
export const withoutNumbers = (text: string): string => text.replace(OID, namedOrUnknown)

/** A text from elsewhere, with the identifiers in it by their names. */
export const namedIn = (text: string): string => text.replace(OID, named)

const CONSTRAINTS: Readonly<Record<string, string>> = {
  dNSName: 'Write a domain without a dot before it: corp.example permits it and all below.',
  rfc822Name: 'Write a mailbox, a host (corp.example), or all hosts below a domain (.corp.example).',
  uniformResourceIdentifier: 'Write a host (www.corp.example), or all below a domain (.corp.example).',
  iPAddress: 'Write address and mask: 8 octets for IPv4, 32 for IPv6.',
}

/** How a constraint on names of a form is written. */
export const constrained = (form: string): string =>
  CONSTRAINTS[form] ?? 'Write the constraint as a name of its kind.'
