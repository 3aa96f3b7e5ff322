import { parseWhole } from '../../der/reader.ts'
import { isCodedError } from '../../errors.ts'
import type { FindingDetails } from '../../findings.ts'
import type { Rule } from '../rule.ts'

/** RFC 6962 §3.3: an OCTET STRING with a TLS vector of at least one timestamp, each with its length in two octets. */
export const sctListMalformed: Rule<'sct-list-malformed'> = {
  code: 'sct-list-malformed',
  extensions: ['signedCertificateTimestamps'],
  applies: ({ signedCertificateTimestamps }) => signedCertificateTimestamps !== null,
  check: ({ signedCertificateTimestamps: value }) => {
    const fault = value && faultOf(value)
    return fault ? [{ fault }] : []
  },
}

/** `value`: DER of the extension's value. */
function faultOf(value: Uint8Array): FindingDetails['sct-list-malformed']['fault'] | null {
  const list = contentOf(value)
  if (!list || list.length < 2 || length16(list, 0) !== list.length - 2) return 'encoding'
  if (list.length === 2) return 'empty'
  let at = 2
  // An SCT of version 1 has 47 octets before its signature.
  while (at + 2 <= list.length && length16(list, at) >= 47) at += 2 + length16(list, at)
  return at === list.length ? null : 'encoding'
}

function contentOf(value: Uint8Array): Uint8Array | null {
  try {
    return parseWhole(value, (reader) => reader.octetString())
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

const length16 = (octets: Uint8Array, at: number): number => octets[at]! * 256 + octets[at + 1]!
