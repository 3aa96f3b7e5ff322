import { isIpv4Text, isIpv6Text, isPreferredName } from '../name-syntax.ts'
import { isReservedLabel } from '../traps/san-dns-reserved-label.ts'
import type { FindingDetails } from '../../findings.ts'
import type { Rule } from '../rule.ts'

type Fault = FindingDetails['br-dns-name']['fault']

/** BR §7.1.2.7.12: a Fully-Qualified or Wildcard Domain Name in preferred syntax, its international labels as A-labels. */
export const brDnsName: Rule<'br-dns-name'> = {
  code: 'br-dns-name',
  extensions: ['subjectAltName'],
  applies: ({ subjectAltName }, { place }) => place === 'target' && subjectAltName !== null,
  check: ({ subjectAltName }) =>
    (subjectAltName ?? []).flatMap((name) => {
      if (name.kind !== 'dNSName') return []
      const fault = faultOf(name.value)
      return fault ? [{ name: name.value, fault }] : []
    }),
}

function faultOf(name: string): Fault | null {
  if (isIpv4Text(name) || isIpv6Text(name)) return 'address'
  // BR §1.6.1: a Wildcard Domain Name is "*." followed by a Fully-Qualified Domain Name.
  const below = name.startsWith('*.') ? name.slice(2) : name
  if (below.includes('*')) return 'wildcard'
  if (!isPreferredName(below)) return 'label'
  return below.split('.').some((label) => isReservedLabel(label) || /^xn--$/i.test(label)) ? 'a-label' : null
}
