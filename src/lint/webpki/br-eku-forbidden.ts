import { CODE_SIGNING, EMAIL_PROTECTION, OCSP_SIGNING, PRECERTIFICATE_SIGNING, TIME_STAMPING } from './eku.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

const FORBIDDEN = [CODE_SIGNING, EMAIL_PROTECTION, TIME_STAMPING, OCSP_SIGNING, PRECERTIFICATE_SIGNING]

/** BR §7.1.2.7.10: purposes that must not accompany serverAuth. */
export const brEkuForbidden: Rule<'br-eku-forbidden'> = {
  code: 'br-eku-forbidden',
  extensions: ['extKeyUsage'],
  applies: (certificate, context) => isSubscriber(certificate, context) && certificate.extKeyUsage !== null,
  check: ({ extKeyUsage }) => FORBIDDEN.filter((oid) => extKeyUsage?.includes(oid)).map((oid) => ({ oid })),
}
