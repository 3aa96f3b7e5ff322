import { oidOctets } from '../der/oid.ts'
import { parseWhole } from '../der/reader.ts'
import { utf8String } from '../der/writer.ts'
import { isCodedError } from '../errors.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { generalNameFromText } from '../x509/general-name-text.ts'
import type { WrittenKind } from '../x509/general-name-text.ts'
import { invalidField } from './input.ts'
import type { AttributeInput, NameInput } from './input.ts'
import { hexOctets } from '../octets.ts'

const WRITTEN: ReadonlySet<string> = new Set<WrittenKind>([
  'dNSName',
  'iPAddress',
  'rfc822Name',
  'uniformResourceIdentifier',
  'directoryName',
  'registeredID',
  'userPrincipalName',
])

/**
 * Converts a general name from as typed to as certified: A-labels, octets, DER. Throws with its field if it is
 * malformed.
 */
export function readGeneralName({ kind, value }: NameInput, field: string): GeneralName {
  if (value.trim() === '') throw invalidField(field, value, 'empty')
  if (kind === 'otherName') {
    const name = otherName(value)
    if (!name) throw invalidField(field, value, 'syntax')
    return name
  }
  if (!WRITTEN.has(kind)) throw invalidField(field, kind, 'unknown')
  try {
    return generalNameFromText(kind as WrittenKind, value)
  } catch (error) {
    if (isCodedError(error)) throw invalidField(field, value, 'syntax')
    throw error
  }
}

/** Whether the text is a name of that kind that readGeneralName() would accept. */
export function isGeneralName(input: NameInput): boolean {
  try {
    readGeneralName(input, '')
    return true
  } catch (error) {
    if (isCodedError(error)) return false
    throw error
  }
}

/** Returns the common name as the alternative name it can be; null if it cannot be one. */
export function nameFromSubject(subject: readonly AttributeInput[]): NameInput | null {
  const value = subject.find(({ type }) => type === 'commonName')?.value ?? ''
  const kinds = value.includes('@') ? ['rfc822Name'] : ['iPAddress', 'dNSName']
  return kinds.map((kind) => ({ kind, value })).find(isGeneralName) ?? null
}

/** 'OID;UTF8:text' as OpenSSL writes it, or 'OID;hex' with the DER of the value. */
function otherName(value: string): GeneralName | null {
  const at = value.indexOf(';')
  const typeId = value.slice(0, Math.max(at, 0))
  const text = value.slice(at + 1)
  if (!oidOctets(typeId)) return null
  if (text.startsWith('UTF8:')) return { kind: 'otherName', typeId, value: utf8String(text.slice(5)) }
  const der = wholeDer(text)
  return der && { kind: 'otherName', typeId, value: der }
}

/** Returns the one DER value in hexadecimal text, or null. */
export function wholeDer(hexadecimal: string): Uint8Array | null {
  const der = hexOctets(hexadecimal)
  try {
    return der && parseWhole(der, (reader) => reader.element())
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}
