import type { FindingDetails } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Rule } from '../rule.ts'
import { hasAnyPolicy, validationsOf } from './kinds.ts'

/** BR §7.1.2.10.5: anyPolicy alone, or exactly one reserved identifier, with or without others. */
export const brCaPolicies: Rule<'br-ca-policies'> = {
  code: 'br-ca-policies',
  applies: (_certificate, { place }) => place === 'ca',
  check: (certificate) => {
    const fault = faultOf(certificate)
    return fault ? [{ fault }] : []
  },
}

function faultOf(certificate: Certificate): FindingDetails['br-ca-policies']['fault'] | null {
  const { certificatePolicies: policies } = certificate
  if (!policies || policies.length === 0) return 'missing'
  if (hasAnyPolicy(certificate)) return policies.length === 1 ? null : 'any-not-alone'
  const reserved = validationsOf(certificate).length
  return reserved === 1 ? null : reserved === 0 ? 'none-reserved' : 'several-reserved'
}
