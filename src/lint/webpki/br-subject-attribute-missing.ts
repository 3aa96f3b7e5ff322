import type { Certificate } from '../../x509/certificate.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber, subjectAttributes, validationsOf } from './kinds.ts'
import type { Validation } from './kinds.ts'

type Attribute = keyof typeof ATTRIBUTE_OIDS

/** One attribute of each group is required. */
const NEEDED: Readonly<Record<Validation, readonly (readonly Attribute[])[]>> = {
  DV: [],
  IV: [['C'], ['ST', 'L'], ['SN'], ['GN']],
  OV: [['C'], ['ST', 'L'], ['O']],
  EV: [['C'], ['O'], ['businessCategory'], ['serialNumber'], ['jurisdictionC']],
}

/** BR §7.1.2.7.3, §7.1.2.7.4, EVG §7.1.4.2: attributes required by the claimed kind of validation. */
export const brSubjectAttributeMissing: Rule<'br-subject-attribute-missing'> = {
  code: 'br-subject-attribute-missing',
  extensions: ['certificatePolicies'],
  applies: (certificate, context) =>
    isSubscriber(certificate, context) && validationsOf(certificate).length === 1,
  check: (certificate) => {
    const validation = validationsOf(certificate)[0]!
    return lacking(certificate, NEEDED[validation]).map((missing) => ({ validation, missing }))
  },
}

/** Returns the groups missing from the subject, as text. */
export function lacking(certificate: Certificate, groups: readonly (readonly Attribute[])[]): string[] {
  const present = new Set(subjectAttributes(certificate))
  return groups
    .filter((group) => !group.some((name) => present.has(ATTRIBUTE_OIDS[name])))
    .map((group) => group.join(' or '))
}
