import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { ipAddressToText } from '../../x509/ip-address.ts'
import { isReservedAddress } from './br-reserved-address.ts'

/** BR §7.1.2.5.2 with §4.2.2: a permitted range must have been assigned to someone, which a reserved one is not. */
export const brNameConstraintsReserved: Rule<'br-name-constraints-reserved'> = {
  code: 'br-name-constraints-reserved',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    (nameConstraints?.permitted ?? []).flatMap(({ base }) => {
      if (base.kind !== 'iPAddress') return []
      const address = base.octets.subarray(0, base.octets.length / 2)
      return isReservedAddress(address) ? [{ address: ipAddressToText(address) ?? '' }] : []
    }),
}
