import { EKU_OIDS, PRECERTIFICATE_SIGNING } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

const FORBIDDEN = [
  EKU_OIDS.codeSigning,
  EKU_OIDS.emailProtection,
  EKU_OIDS.timeStamping,
  EKU_OIDS.OCSPSigning,
  PRECERTIFICATE_SIGNING,
]

/** BR §7.1.2.7.10: purposes that must not accompany serverAuth. */
export const brEkuForbidden: Rule<'br-eku-forbidden'> = {
  code: 'br-eku-forbidden',
  extensions: ['extKeyUsage'],
  applies: (certificate, context) => isSubscriber(certificate, context) && certificate.extKeyUsage !== null,
  check: ({ extKeyUsage }) => FORBIDDEN.filter((oid) => extKeyUsage?.includes(oid)).map((oid) => ({ oid })),
}
