import type { Rule } from '../rule.ts'
import { lacking } from './br-subject-attribute-missing.ts'

/** BR §7.1.2.10.2: a CA is named by country, organization and common name. */
export const brCaSubject: Rule<'br-ca-subject'> = {
  code: 'br-ca-subject',
  applies: (_certificate, { place }) => place === 'ca',
  check: (certificate) => lacking(certificate, [['C'], ['O'], ['CN']]).map((missing) => ({ missing })),
}
