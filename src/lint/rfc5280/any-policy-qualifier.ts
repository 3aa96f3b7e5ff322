import { POLICY_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: qualifiers of anyPolicy are CPS pointers and user notices only. */
export const anyPolicyQualifier: Rule<'any-policy-qualifier'> = {
  code: 'any-policy-qualifier',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }) =>
    certificatePolicies?.some(({ oid }) => oid === POLICY_OIDS.anyPolicy) === true,
  check: ({ certificatePolicies }) =>
    (certificatePolicies ?? [])
      .filter(({ oid }) => oid === POLICY_OIDS.anyPolicy)
      .flatMap(({ qualifiers }) =>
        qualifiers
          .filter(({ oid }) => oid !== POLICY_OIDS.cps && oid !== POLICY_OIDS.userNotice)
          .map(({ oid }) => ({ oid })),
      ),
}
