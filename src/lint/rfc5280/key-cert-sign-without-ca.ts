import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.3, §4.2.1.9: keyCertSign is asserted only if basicConstraints asserts cA. */
export const keyCertSignWithoutCa: Rule<'key-cert-sign-without-ca'> = {
  code: 'key-cert-sign-without-ca',
  extensions: ['keyUsage'],
  applies: ({ keyUsage }) => keyUsage?.has('keyCertSign') === true,
  check: (certificate) => breach(!isCa(certificate)),
}
