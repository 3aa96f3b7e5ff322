import { hexOf } from '../../octets.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import { rule } from './rule.ts'
import type { AnyListRule } from './rule.ts'

/** No certificate of this kind was revoked before RFC 2459 (January 1999): an earlier date is a mistake. */
const LONG_AGO = new Date('1999-01-01T00:00:00Z')

/** RFC 5280 §5.1.2.6 and §5.3: the issuer's duties for entries. Each rule names one entry that breaks it. */
export const ENTRY_RULES: readonly AnyListRule[] = [
  rule('crl-entry-repeated', ({ revokedCertificates: { summary } }) => named(summary.repeated)),
  rule('crl-entry-after-list', ({ thisUpdate, revokedCertificates: { summary } }) =>
    summary.latest && summary.latest > thisUpdate ? [{ revocationDate: summary.latest, thisUpdate }] : [],
  ),
  rule('crl-entry-long-ago', ({ revokedCertificates: { summary } }) =>
    summary.earliest && summary.earliest < LONG_AGO ? [{ revocationDate: summary.earliest }] : [],
  ),
  rule('crl-entry-criticality', ({ revokedCertificates: { summary } }) =>
    named(summary.misplacedCriticality),
  ),
  rule('crl-entry-reason-unspecified', ({ revokedCertificates: { summary } }) => named(summary.unspecified)),
]

const named = (entry: RevokedEntry | null) => (entry ? [{ serialNumber: hexOf(entry.serialNumber) }] : [])
