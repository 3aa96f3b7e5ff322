import { wellFormedElement } from '../../der/well-formed.ts'
import type { Reader } from '../../der/reader.ts'
import { oid as encodeOid, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'

/** RFC 5280 §4.2.1.4; a qualifier's value is kept as DER. */
export interface PolicyInformation {
  readonly oid: string
  readonly qualifiers: readonly PolicyQualifier[]
}

export interface PolicyQualifier {
  readonly oid: string
  readonly value: Uint8Array
}

const NONE: readonly PolicyQualifier[] = []

export function parseCertificatePolicies(reader: Reader): PolicyInformation[] {
  const sequence = reader.sequence()
  const policies: PolicyInformation[] = []
  while (!sequence.atEnd) {
    const policy = sequence.sequence()
    const oid = policy.oid()
    const qualifiers = policy.atEnd ? NONE : parseQualifiers(policy.sequence())
    policy.finish()
    policies.push({ oid, qualifiers })
  }
  return policies
}

function parseQualifiers(sequence: Reader): PolicyQualifier[] {
  const qualifiers: PolicyQualifier[] = []
  while (!sequence.atEnd) {
    const qualifier = sequence.sequence()
    qualifiers.push({ oid: qualifier.oid(), value: wellFormedElement(qualifier) })
    qualifier.finish()
  }
  return qualifiers
}

export const encodeCertificatePolicies = (policies: readonly PolicyInformation[]): Der =>
  seq(...policies.map(encodePolicy))

function encodePolicy({ oid, qualifiers }: PolicyInformation): Der {
  if (qualifiers.length === 0) return seq(encodeOid(oid))
  return seq(encodeOid(oid), seq(...qualifiers.map((each) => seq(encodeOid(each.oid), each.value))))
}
