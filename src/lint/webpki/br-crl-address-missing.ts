import type { Certificate } from '../../x509/certificate.ts'
import { ACCESS_METHOD_OIDS, EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'
import { DAY } from '../../time.ts'

/** BR §1.6.1, "Short-lived Subscriber Certificate": 10 days, and 7 from this date on. */
const SHORTER_FROM = new Date('2026-03-15T00:00:00Z')

/**
 * BR §7.1.2.11.2: required in each subordinate CA certificate, and in a server certificate without OCSP that is not
 * short-lived.
 */
export const brCrlAddressMissing: Rule<'br-crl-address-missing'> = {
  code: 'br-crl-address-missing',
  applies: (certificate, context) =>
    context.place === 'ca' || (isSubscriber(certificate, context) && needsList(certificate)),
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.cRLDistributionPoints)),
}

function needsList({ authorityInfoAccess, notBefore, notAfter }: Certificate): boolean {
  if (authorityInfoAccess?.some(({ method }) => method === ACCESS_METHOD_OIDS.ocsp) === true) return false
  const days = notBefore >= SHORTER_FROM ? 7 : 10
  return notAfter.getTime() - notBefore.getTime() + 1000 > days * DAY
}
