import { hasEmptySubject } from '../facts.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.6: a CA, and any signer of certificate lists, has a non-empty distinguished name. */
export const caSubjectEmpty: Rule<'ca-subject-empty'> = {
  code: 'ca-subject-empty',
  applies: (certificate) => isCa(certificate) || certificate.keyUsage?.has('cRLSign') === true,
  check: (certificate) => breach(hasEmptySubject(certificate)),
}
