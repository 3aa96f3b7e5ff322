import { EKU_OIDS, PRECERTIFICATE_SIGNING } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** Allowed, or reported by br-eku-any and br-eku-forbidden. */
const TOLD: readonly string[] = [
  EKU_OIDS.serverAuth,
  EKU_OIDS.clientAuth,
  EKU_OIDS.anyExtendedKeyUsage,
  EKU_OIDS.codeSigning,
  EKU_OIDS.emailProtection,
  EKU_OIDS.timeStamping,
  EKU_OIDS.OCSPSigning,
  PRECERTIFICATE_SIGNING,
]

/** BR §7.1.2.7.10: any other purpose is NOT RECOMMENDED. */
export const brEkuOther: Rule<'br-eku-other'> = {
  code: 'br-eku-other',
  extensions: ['extKeyUsage'],
  applies: (certificate, context) => certificate.extKeyUsage !== null && isSubscriber(certificate, context),
  check: ({ extKeyUsage }) =>
    (extKeyUsage ?? []).filter((oid) => !TOLD.includes(oid)).map((oid) => ({ oid })),
}
