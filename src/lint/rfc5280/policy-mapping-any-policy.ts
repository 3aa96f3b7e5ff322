import { POLICY_OIDS } from '../../x509/oids.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: policies are mapped neither to nor from anyPolicy. */
export const policyMappingAnyPolicy: Rule<'policy-mapping-any-policy'> = {
  code: 'policy-mapping-any-policy',
  extensions: ['policyMappings'],
  applies: readable('policyMappings'),
  check: ({ policyMappings }) =>
    (policyMappings ?? []).flatMap((mapping) =>
      (['issuerDomainPolicy', 'subjectDomainPolicy'] as const)
        .filter((side) => mapping[side] === POLICY_OIDS.anyPolicy)
        .map((side) => ({ side })),
    ),
}
