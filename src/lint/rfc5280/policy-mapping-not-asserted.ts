import { POLICY_OIDS } from '../../x509/oids.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: each issuerDomainPolicy should also be asserted in certificatePolicies. */
export const policyMappingNotAsserted: Rule<'policy-mapping-not-asserted'> = {
  code: 'policy-mapping-not-asserted',
  extensions: ['policyMappings'],
  applies: readable('policyMappings'),
  check: ({ policyMappings, certificatePolicies }) =>
    [...new Set((policyMappings ?? []).map((mapping) => mapping.issuerDomainPolicy))]
      .filter(
        (mapped) =>
          mapped !== POLICY_OIDS.anyPolicy &&
          !certificatePolicies?.some(({ oid }) => oid === mapped || oid === POLICY_OIDS.anyPolicy),
      )
      .map((oid) => ({ oid })),
}
