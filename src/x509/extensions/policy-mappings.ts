import type { Reader } from '../../der/reader.ts'
import { oid, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'

/** RFC 5280 §4.2.1.5: a pair of policy OIDs. */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

export function parsePolicyMappings(reader: Reader): PolicyMapping[] {
  const sequence = reader.sequence()
  const mappings: PolicyMapping[] = []
  while (!sequence.atEnd) {
    const pair = sequence.sequence()
    mappings.push({ issuerDomainPolicy: pair.oid(), subjectDomainPolicy: pair.oid() })
    pair.finish()
  }
  return mappings
}

export const encodePolicyMappings = (mappings: readonly PolicyMapping[]): Der =>
  seq(...mappings.map((each) => seq(oid(each.issuerDomainPolicy), oid(each.subjectDomainPolicy))))
