import { TAG } from '../../der/reader.ts'
import { POLICY_OIDS } from '../../x509/oids.ts'
import type { PolicyQualifier } from '../../x509/extensions/certificate-policies.ts'
import { latin1 } from './latin1.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.9, §7.1.2.10.5: the pointer to the practice statement is an HTTP or HTTPS URL, as IA5String. */
export const brCpsAddress: Rule<'br-cps-address'> = {
  code: 'br-cps-address',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }, { place }) => place !== 'anchor' && certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    (certificatePolicies ?? []).flatMap(({ qualifiers }) =>
      qualifiers
        .filter(({ oid }) => oid === POLICY_OIDS.cps)
        .filter((qualifier) => !isWebAddress(qualifier))
        .map(({ value }) => ({ address: latin1(value.subarray(2)) })),
    ),
}

const isWebAddress = ({ value }: PolicyQualifier): boolean =>
  value[0] === TAG.IA5_STRING && /^https?:\/\/[^/?#]/i.test(latin1(value.subarray(2)))
