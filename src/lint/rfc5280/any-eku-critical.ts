import { EXTENSION_OIDS, EKU_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.12: with anyExtendedKeyUsage, extKeyUsage should not be critical. */
export const anyEkuCritical: Rule<'any-eku-critical'> = {
  code: 'any-eku-critical',
  extensions: ['extKeyUsage'],
  applies: ({ extKeyUsage }) => extKeyUsage?.includes(EKU_OIDS.anyExtendedKeyUsage) === true,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.extKeyUsage)),
}
