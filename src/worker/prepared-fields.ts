/** Every field of a prepared certificate as text, with where it came from. */
import type { Prepared } from '../ca/prepare.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { nameToText, type Name } from '../x509/name.ts'
import { EXTENSION_OIDS, oidName } from '../x509/oids.ts'
import { generalNameText, hexOf, keyAlgorithmOf, serialOf, signatureAlgorithmOf } from './facts.ts'
import type { PreparedFieldView } from './views.ts'

const BASIC: Readonly<Record<string, (certificate: Certificate) => string>> = {
  subject: ({ subject }) => nameToText(subject),
  serialNumber: serialOf,
  signature: ({ signature }) => signatureAlgorithmOf(signature),
  issuer: ({ issuer }) => nameToText(issuer),
  notBefore: ({ notBefore }) => instant(notBefore),
  notAfter: ({ notAfter }) => instant(notAfter),
  subjectPublicKeyInfo: ({ spki }) => keyAlgorithmOf(spki),
}

export function preparedFields({ certificate, origins }: Prepared): PreparedFieldView[] {
  return [...origins].map(([field, from]) => ({ field, value: valueOf(certificate, field), from }))
}

function valueOf(certificate: Certificate, field: string): string {
  const basic = BASIC[field]
  if (basic) return basic(certificate)
  const oid = field.startsWith('custom.') ? field.slice('custom.'.length) : extensionOid(field)
  const extension = certificate.extensions.find((found) => found.oid === oid)
  if (!extension) return ''
  const typed = field in EXTENSION_OIDS ? certificate[field as keyof typeof EXTENSION_OIDS] : null
  const text = typed === null ? hexOf(extension.value) : textOf(typed)
  return extension.critical ? `${text} (critical)` : text
}

const extensionOid = (field: string): string | undefined =>
  field in EXTENSION_OIDS ? EXTENSION_OIDS[field as keyof typeof EXTENSION_OIDS] : undefined

/** Any extension's value, parts that are not there left out. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return hexOf(value)
  if (value instanceof Set) return [...value].map(textOf).join(', ')
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  if (typeof value === 'string') return /^\d+(\.\d+)+$/.test(value) ? (oidName(value) ?? value) : value
  if (typeof value !== 'object' || value === null) return String(value)
  if ('kind' in value) return generalNameText(value as GeneralName)
  if ('rdns' in value) return nameToText(value as Name)
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
  return parts.map(([name, part]) => `${name}: ${textOf(part)}`).join(', ')
}

const instant = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
