import { breach } from '../rule.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.2.7.10: serverAuth must be present. */
export const brEkuServerAuthMissing: Rule<'br-eku-server-auth-missing'> = {
  code: 'br-eku-server-auth-missing',
  extensions: ['extKeyUsage'],
  applies: (certificate, context) => isSubscriber(certificate, context) && certificate.extKeyUsage !== null,
  check: ({ extKeyUsage }) => breach(!extKeyUsage?.includes(EKU_OIDS.serverAuth)),
}
