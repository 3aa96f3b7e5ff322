import { hasExtension } from '../facts.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.1.2: a root has no extendedKeyUsage. */
export const brEkuInRoot: Rule<'br-eku-in-root'> = {
  code: 'br-eku-in-root',
  applies: (certificate, { place }) => place === 'anchor' && isCa(certificate) && isSelfIssued(certificate),
  check: (certificate) => breach(hasExtension(certificate, EXTENSION_OIDS.extKeyUsage)),
}
