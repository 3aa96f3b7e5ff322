import { oidName } from '../x509/oids.ts'

/** Names of identifiers, the same in every language: those of their standards. */
const OID = /\b[0-2](?:\.\d+){3,}\b/g

/** Returns the name of an identifier, or its number if it has none here. */
export const named = (oid: string): string => oidName(oid) ?? oid

/** Returns the text with each identifier replaced by its name, or what `otherwise` returns if it has none here. */
export const namedIn = (text: string, otherwise = (oid: string): string => oid): string =>
  text.replace(OID, (oid) => oidName(oid) ?? otherwise(oid))
