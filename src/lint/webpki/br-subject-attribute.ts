import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber, subjectAttributes, validationsOf } from './kinds.ts'
import type { Validation } from './kinds.ts'

const { C, CN, OU, SN, GN } = ATTRIBUTE_OIDS

/** Whether a subject of this kind of validation must not hold the attribute. */
const FORBIDS: Readonly<Record<Validation, (oid: string) => boolean>> = {
  DV: (oid) => oid !== C && oid !== CN,
  IV: (oid) => oid === OU,
  OV: (oid) => oid === OU || oid === SN || oid === GN,
  EV: (oid) => oid === OU,
}

/** BR §7.1.2.7.2 to §7.1.2.7.4, EVG §7.1.4.2: attributes that the claimed kind of validation does not allow. */
export const brSubjectAttribute: Rule<'br-subject-attribute'> = {
  code: 'br-subject-attribute',
  extensions: ['certificatePolicies'],
  applies: (certificate, context) =>
    isSubscriber(certificate, context) && validationsOf(certificate).length === 1,
  check: (certificate) => {
    const validation = validationsOf(certificate)[0]!
    return subjectAttributes(certificate)
      .filter(FORBIDS[validation])
      .map((oid) => ({ validation, oid }))
  },
}
