import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical, isTimeStamper } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 3161 §2.3: extKeyUsage of a time-stamping certificate is critical. */
export const timeStampingEkuNotCritical: Rule<'time-stamping-eku-not-critical'> = {
  code: 'time-stamping-eku-not-critical',
  applies: isTimeStamper,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.extKeyUsage)),
}
