import { faultyCpsAddresses } from '../traps/cps-address.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.9, §7.1.2.10.5: the pointer to the practice statement is an HTTP or HTTPS URL, as IA5String. */
export const brCpsAddress: Rule<'br-cps-address'> = {
  code: 'br-cps-address',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }, { place }) => place !== 'anchor' && certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    faultyCpsAddresses(certificatePolicies ?? []).map((address) => ({ address })),
}
