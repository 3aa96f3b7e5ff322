import type { Rule } from '../rule.ts'
import { POLICY_OIDS } from '../../x509/oids.ts'

const CPS = POLICY_OIDS.cps

/** BR §7.1.2.7.9, §7.1.2.10.5: the only qualifier allowed is the address of the practice statement. */
export const brPolicyQualifier: Rule<'br-policy-qualifier'> = {
  code: 'br-policy-qualifier',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }, { place }) => place !== 'anchor' && certificatePolicies !== null,
  check: ({ certificatePolicies }) => {
    const oids = (certificatePolicies ?? []).flatMap(({ qualifiers }) => qualifiers.map(({ oid }) => oid))
    return [...new Set(oids)].filter((oid) => oid !== CPS).map((oid) => ({ oid }))
  },
}
