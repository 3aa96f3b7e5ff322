import { isCa, isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** A self-issued certificate that is not a CA is usually a root made by mistake. */
export const selfIssuedWithoutCa: Rule<'self-issued-without-ca'> = {
  code: 'self-issued-without-ca',
  applies: isSelfIssued,
  check: (certificate) => breach(!isCa(certificate)),
}
