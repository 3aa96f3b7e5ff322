import { ACCESS_METHOD_OIDS } from '../../x509/oids.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

const ALLOWED: readonly string[] = [ACCESS_METHOD_OIDS.ocsp, ACCESS_METHOD_OIDS.caIssuers]

/** BR §7.1.2.7.7, §7.1.2.10.3: ocsp and caIssuers, no other method. */
export const brAccessMethod: Rule<'br-access-method'> = {
  code: 'br-access-method',
  extensions: ['authorityInfoAccess'],
  applies: readable('authorityInfoAccess'),
  check: ({ authorityInfoAccess }) =>
    [...new Set((authorityInfoAccess ?? []).map(({ method }) => method))]
      .filter((method) => !ALLOWED.includes(method))
      .map((oid) => ({ oid })),
}
