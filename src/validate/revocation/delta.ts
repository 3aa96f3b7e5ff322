import { compareOctets } from '../../der/writer.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import { LIST_EXTENSION_OIDS, EXTENSION_OIDS } from '../../x509/oids.ts'

const IDP = LIST_EXTENSION_OIDS.issuingDistributionPoint
const AKI = EXTENSION_OIDS.authorityKeyIdentifier

/** Why a delta CRL cannot be applied to a complete CRL (RFC 5280 §5.2.4, §6.3.3(c)). */
export type DeltaMisfit = 'scope' | 'key' | 'base-too-old' | 'not-newer'

/** Returns null if `delta` applies to `complete`: same issuer, scope and key, and matching numbers. */
export function deltaMisfit(delta: CertificateList, complete: CertificateList): DeltaMisfit | null {
  if (!namesMatch(delta.issuer, complete.issuer) || !sameExtension(delta, complete, IDP)) return 'scope'
  if (!sameExtension(delta, complete, AKI)) return 'key'
  if (!complete.cRLNumber || !delta.cRLNumber || !delta.deltaCRLIndicator) return 'base-too-old'
  if (compareIntegers(complete.cRLNumber, delta.deltaCRLIndicator) < 0) return 'base-too-old'
  return compareIntegers(delta.cRLNumber, complete.cRLNumber) < 0 ? 'not-newer' : null
}

function sameExtension(a: CertificateList, b: CertificateList, oid: string): boolean {
  const value = (list: CertificateList): Uint8Array | undefined =>
    list.extensions.find((extension) => extension.oid === oid)?.value
  const [left, right] = [value(a), value(b)]
  return left && right ? sameOctets(left, right) : left === right
}

/** Compares two INTEGERs by their minimal content octets. */
export function compareIntegers(a: Uint8Array, b: Uint8Array): number {
  const negative = (octets: Uint8Array): boolean => octets[0]! >= 0x80
  if (negative(a) !== negative(b)) return negative(a) ? -1 : 1
  if (a.length !== b.length) return (a.length - b.length) * (negative(a) ? -1 : 1)
  return compareOctets(a, b)
}
