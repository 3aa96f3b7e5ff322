import { TAG } from '../../der/reader.ts'
import type { PolicyQualifier } from '../../x509/extensions/certificate-policies.ts'
import { POLICY_OIDS } from '../../x509/oids.ts'
import { latin1 } from '../latin1.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 5280 §4.2.1.4: the pointer to the practice statement is a URI; nobody follows one that is not on the web. */
export const cpsAddress: Rule<'cps-address'> = {
  code: 'cps-address',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    faultyCpsAddresses(certificatePolicies ?? []).map((address) => ({ address })),
}

/** Returns the pointers that are not an HTTP or HTTPS address, or not an IA5String. */
export const faultyCpsAddresses = (
  policies: readonly { readonly qualifiers: readonly PolicyQualifier[] }[],
): string[] =>
  policies
    .flatMap(({ qualifiers }) => qualifiers)
    .filter(({ oid, value }) => oid === POLICY_OIDS.cps && !isWebAddress(value))
    .map(({ value }) => latin1(value.subarray(2)))

const isWebAddress = (value: Uint8Array): boolean =>
  value[0] === TAG.IA5_STRING && /^https?:\/\/[^/?#]/i.test(latin1(value.subarray(2)))
