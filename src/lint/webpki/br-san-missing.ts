import { hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'

/**
 * BR §7.1.2.7.12: subjectAltName is present and contains a name. An unreadable extension is reported when it is read.
 */
export const brSanMissing: Rule<'br-san-missing'> = {
  code: 'br-san-missing',
  applies: isSubscriber,
  check: (certificate) =>
    breach(
      !hasExtension(certificate, EXTENSION_OIDS.subjectAltName) || certificate.subjectAltName?.length === 0,
    ),
}
