import { dnsNames } from '../general-names.ts'
import { isIpv4Text, isIpv6Text } from '../name-syntax.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * An IP address belongs in an iPAddress, as octets. In a dNSName it makes some verifiers refuse the certificate, even
 * if a correct iPAddress is present.
 */
export const sanDnsIpAddress: Rule<'san-dns-ip-address'> = {
  code: 'san-dns-ip-address',
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    dnsNames(subjectAltName)
      .filter((name) => isIpv4Text(name) || isIpv6Text(name))
      .map((name) => ({ name })),
}
