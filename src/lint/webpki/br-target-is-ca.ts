import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.8: cA is false in a server certificate. */
export const brTargetIsCa: Rule<'br-target-is-ca'> = {
  code: 'br-target-is-ca',
  applies: (_certificate, { place }) => place === 'target',
  check: (certificate) => breach(isCa(certificate)),
}
