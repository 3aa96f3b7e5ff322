import { signatureMeaning } from '../../x509/signature-algorithms.ts'
import { sameOctets } from '../../x509/octets.ts'
import type { Finding } from '../../findings.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Signed } from '../../x509/certificate.ts'
import type { Profile } from '../../lint/profiles.ts'

/** Critical list extensions that are processed here (RFC 5280 §5.2). */
const PROCESSED = new Set([
  '2.5.29.18',
  '2.5.29.20',
  '2.5.29.27',
  '2.5.29.28',
  '2.5.29.35',
  '2.5.29.46',
  '1.3.6.1.5.5.7.1.1',
])

/** §6.3.3(a): whether the list is current. A stale one still tells whom it revoked, but not who is good. */
export function currency(list: CertificateList, at: Date): Finding[] {
  const { thisUpdate, nextUpdate } = list
  if (thisUpdate > at) return [{ code: 'crl-not-yet-valid', detail: { thisUpdate, at } }]
  if (nextUpdate && at > nextUpdate) return [{ code: 'crl-stale', detail: { thisUpdate, nextUpdate, at } }]
  return []
}

/** What forbids using a list for any certificate: extensions not understood (§5.2, §5.3), or values that cannot be read. */
export function unusable(list: CertificateList, allowSha1: boolean): Finding[] {
  const findings: Finding[] = []
  const { thisUpdate, nextUpdate } = list
  if (isForgeable(list, allowSha1))
    findings.push({ code: 'crl-signature-sha1', detail: { thisUpdate, nextUpdate } })
  for (const { oid, critical } of list.extensions)
    if (critical && !PROCESSED.has(oid))
      findings.push({ code: 'crl-critical-extension-unknown', detail: { oid } })
  for (const oid of list.revokedCertificates.unknownCritical)
    findings.push({ code: 'crl-entry-critical-extension-unknown', detail: { oid } })
  if (!sameOctets(list.signature.der, list.signatureAlgorithm.der))
    findings.push({ code: 'crl-signature-algorithm-mismatch', detail: null })
  return [
    ...findings,
    ...list.findings.filter(({ code }) => code === 'extension-unreadable' || code === 'extension-repeated'),
  ]
}

/** As for certificates: a signature over SHA-1 counts only where the caller allows it (RFC 6194 §3). */
export function isForgeable({ signatureAlgorithm }: Signed, allowSha1: boolean): boolean {
  const meaning = signatureMeaning(signatureAlgorithm)
  return !allowSha1 && 'scheme' in meaning && 'hash' in meaning.scheme && meaning.scheme.hash === 'SHA-1'
}

/** RFC 5280 §5.1 and §5.2: what conforming issuers must write, asked by the profiles above `path`. */
export function issuerDemands(list: CertificateList, profile: Profile): Finding[] {
  if (profile === 'path') return []
  const findings: Finding[] = []
  const critical = (oid: string): boolean | undefined =>
    list.extensions.find((extension) => extension.oid === oid)?.critical
  if (list.version !== 2) findings.push({ code: 'crl-version-1', detail: null })
  if (!list.nextUpdate) findings.push({ code: 'crl-next-update-missing', detail: null })
  if (!list.authorityKeyIdentifier?.keyIdentifier)
    findings.push({ code: 'crl-authority-key-identifier-missing', detail: null })
  if (!list.cRLNumber) findings.push({ code: 'crl-number-missing', detail: null })
  for (const oid of ['2.5.29.20', '2.5.29.35', '2.5.29.46'])
    if (critical(oid) === true) findings.push({ code: 'crl-extension-critical', detail: { oid } })
  for (const oid of ['2.5.29.27', '2.5.29.28'])
    if (critical(oid) === false) findings.push({ code: 'crl-extension-not-critical', detail: { oid } })
  return findings
}
