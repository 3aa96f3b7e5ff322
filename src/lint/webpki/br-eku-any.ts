import { breach } from '../rule.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.2.7.10: anyExtendedKeyUsage must not be present. */
export const brEkuAny: Rule<'br-eku-any'> = {
  code: 'br-eku-any',
  extensions: ['extKeyUsage'],
  applies: (certificate, context) => isSubscriber(certificate, context) && certificate.extKeyUsage !== null,
  check: ({ extKeyUsage }) => breach(extKeyUsage?.includes(EKU_OIDS.anyExtendedKeyUsage) ?? false),
}
