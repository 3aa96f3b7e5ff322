import { repeated } from '../facts.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: a policy appears once. */
export const policyRepeated: Rule<'policy-repeated'> = {
  code: 'policy-repeated',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    repeated((certificatePolicies ?? []).map(({ oid }) => oid)).map((oid) => ({ oid })),
}
