import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.6.1: a subordinate CA states its purposes. An unreadable extension is reported when it is read. */
export const brCaEkuMissing: Rule<'br-ca-eku-missing'> = {
  code: 'br-ca-eku-missing',
  applies: (_certificate, { place }) => place === 'ca',
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.extKeyUsage)),
}
