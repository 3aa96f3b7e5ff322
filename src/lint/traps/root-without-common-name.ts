import { commonNames } from '../name-attributes.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** iOS lists roots by their common name; a root without one may not be listed. */
export const rootWithoutCommonName: Rule<'root-without-common-name'> = {
  code: 'root-without-common-name',
  applies: (certificate) => isCa(certificate) && isSelfIssued(certificate),
  check: ({ subject }) => breach(commonNames(subject).length === 0),
}
