import { oidName } from '../../x509/oids.ts'

const OID = /\b[0-2](?:\.\d+){3,}\b/g

/** Returns the name of an identifier, or its number if it has none here. */
export const named = (oid: string): string => oidName(oid) ?? oid

/** Returns the name of an identifier, or "unknown" with its number. */
export const namedOrUnknown = (oid: string): string => oidName(oid) ?? `unknown (${oid})`

/** Returns the text with each identifier named or marked as unknown. */
export const withoutNumbers = (text: string): string => text.replace(OID, namedOrUnknown)

/** Returns the text with each known identifier replaced by its name. */
export const namedIn = (text: string): string => text.replace(OID, named)

const CONSTRAINTS: Readonly<Record<string, string>> = {
  dNSName: 'Write a domain without a dot before it: corp.example permits it and everything below.',
  rfc822Name: 'Write a mailbox, a host (corp.example), or all hosts below a domain (.corp.example).',
  uniformResourceIdentifier: 'Write a host (www.corp.example), or all below a domain (.corp.example).',
  iPAddress: 'Write address and mask: 8 octets for IPv4, 32 for IPv6.',
}

/** Returns how to write a name constraint of this form. */
export const constrained = (form: string): string =>
  CONSTRAINTS[form] ?? 'Write the constraint as a name of its kind.'
