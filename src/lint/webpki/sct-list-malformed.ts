import type { FindingDetails } from '../../findings.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * RFC 6962 §3.3: the OCTET STRING contains a TLS vector of at least one timestamp, each with its length in two octets.
 */
export const sctListMalformed: Rule<'sct-list-malformed'> = {
  code: 'sct-list-malformed',
  extensions: ['signedCertificateTimestamps'],
  applies: readable('signedCertificateTimestamps'),
  check: ({ signedCertificateTimestamps: list }) => {
    const fault = list && faultOf(list)
    return fault ? [{ fault }] : []
  },
}

/** `list`: the content of the OCTET STRING. */
function faultOf(list: Uint8Array): FindingDetails['sct-list-malformed']['fault'] | null {
  if (list.length < 2 || length16(list, 0) !== list.length - 2) return 'encoding'
  if (list.length === 2) return 'empty'
  let at = 2
  // An SCT of version 1 has 47 octets before its signature.
  while (at + 2 <= list.length && length16(list, at) >= 47) at += 2 + length16(list, at)
  return at === list.length ? null : 'encoding'
}

const length16 = (octets: Uint8Array, at: number): number => octets[at]! * 256 + octets[at + 1]!
