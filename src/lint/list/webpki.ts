import type { CertificateList } from '../../x509/certificate-list.ts'
import { hexOf } from '../../octets.ts'
import type { CrlReason } from '../../x509/revoked-entry.ts'
import { breach } from '../rule.ts'
import { rule } from './rule.ts'
import type { AnyListRule } from './rule.ts'
import { DAY } from '../../time.ts'

/** BR §4.9.7: nextUpdate at most 10 days after thisUpdate, 12 months if the list covers CAs. */
const DAYS = 10
const DAYS_OF_CAS = 366
/** BR §7.2.2: the reasons that a public CA may give. */
const REASONS: ReadonlySet<CrlReason> = new Set<CrlReason>([
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
  // A CA's own certificate may be revoked for this; the list does not say which entries are CAs.
  'cACompromise',
])
/** Entries whose reasons are checked: in a list of a million, these are enough. */
const LOOKED_AT = 10_000

/** CA/B BR §4.9.7, §7.2: additional requirements for the lists of a public CA. */
export const WEBPKI_LIST_RULES: readonly AnyListRule[] = [
  rule('br-crl-aki-issuer-and-serial', ({ authorityKeyIdentifier }) =>
    breach(
      authorityKeyIdentifier !== null &&
        (authorityKeyIdentifier.authorityCertIssuer !== null ||
          authorityKeyIdentifier.authorityCertSerialNumber !== null),
    ),
  ),
  rule('br-crl-too-long', (list) => {
    const { thisUpdate, nextUpdate } = list
    const limit = isOfCas(list) ? DAYS_OF_CAS : DAYS
    const days = nextUpdate ? Math.ceil((nextUpdate.getTime() - thisUpdate.getTime()) / DAY) : 0
    return days > limit ? [{ days, limit }] : []
  }),
  rule('br-crl-reason', ({ revokedCertificates }) => {
    for (let i = 0; i < Math.min(revokedCertificates.count, LOOKED_AT); i++) {
      const { reasonCode: reason, serialNumber } = revokedCertificates.at(i)
      if (reason !== null && !REASONS.has(reason)) return [{ serialNumber: hexOf(serialNumber), reason }]
    }
    return []
  }),
]

const isOfCas = ({ issuingDistributionPoint }: CertificateList): boolean =>
  issuingDistributionPoint?.onlyContainsCACerts === true
