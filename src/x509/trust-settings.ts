import { TAG, contextConstructed, parseWhole } from '../der/reader.ts'
import type { Reader } from '../der/reader.ts'
import type { Certificate } from './certificate.ts'
import { EKU_OIDS } from './oids.ts'

/** The trust settings in OpenSSL's "TRUSTED CERTIFICATE" (X509_CERT_AUX): purposes it is, and is not, trusted for. */
export interface TrustSettings {
  /** OIDs; null if it names none, which means all. */
  readonly trust: readonly string[] | null
  readonly reject: readonly string[]
}

/**
 * X509_CERT_AUX: trust, [0] reject, then alias, key identifier and others, which do not affect trust. Throws
 * CodedErrors.
 */
export const parseTrustSettings = (der: Uint8Array): TrustSettings =>
  parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const trusted = fields.optional(TAG.SEQUENCE)
    const rejected = fields.optional(contextConstructed(0))
    const trust = trusted ? oids(trusted) : null
    const reject = rejected ? oids(rejected) : []
    while (!fields.atEnd) fields.skip()
    return { trust, reject }
  })

function oids(reader: Reader): string[] {
  const all: string[] = []
  while (!reader.atEnd) all.push(reader.oid())
  return all
}

const settings = new WeakMap<Certificate, TrustSettings>()

/** Merges several statements about one certificate: every rejection counts, and trust only if all grant it. */
export function noteTrust(certificate: Certificate, { trust, reject }: TrustSettings): void {
  const before = settings.get(certificate)
  const both =
    before?.trust && trust
      ? trust.filter((oid) => before.trust!.includes(oid))
      : (trust ?? before?.trust ?? null)
  settings.set(certificate, { trust: both, reject: [...(before?.reject ?? []), ...reject] })
}

export const trustOf = (certificate: Certificate): TrustSettings | null => settings.get(certificate) ?? null

/** Whether it may be an anchor for all of these purposes (OIDs); an empty list means any purpose. */
export function isTrustedFor(certificate: Certificate, purposes: readonly string[]): boolean {
  const { trust, reject } = settings.get(certificate) ?? { trust: null, reject: [] }
  const names = (list: readonly string[], oid: string): boolean =>
    list.includes(oid) || list.includes(EKU_OIDS.anyExtendedKeyUsage)
  if (purposes.length === 0) return !reject.includes(EKU_OIDS.anyExtendedKeyUsage)
  return purposes.every((oid) => !names(reject, oid) && (trust === null || names(trust, oid)))
}
