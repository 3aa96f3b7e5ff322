import { compareOctets, oid as encodeOid, seq, setOf } from '../../der/writer.ts'
import { wellFormedElement } from '../../der/well-formed.ts'
import type { Reader } from '../../der/reader.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'

/** One Attribute of RFC 5280 §4.2.1.8; the values are kept as DER. */
export interface DirectoryAttribute {
  readonly oid: string
  readonly values: readonly Uint8Array[]
}

export function parseSubjectDirectoryAttributes(reader: Reader, findings: Finding[]): DirectoryAttribute[] {
  return parseAttributes(reader.sequence(), 'subjectDirectoryAttributes', findings)
}

/** Returns a sequence of Attributes: those of a directory (§4.2.1.8), or those of a request (RFC 2986 §4.1). */
export function parseAttributes(reader: Reader, field: string, findings: Finding[]): DirectoryAttribute[] {
  const attributes: DirectoryAttribute[] = []
  while (!reader.atEnd) {
    const fields = reader.sequence()
    const oid = fields.oid()
    const set = fields.set()
    const values: Uint8Array[] = []
    while (!set.atEnd) values.push(wellFormedElement(set))
    fields.finish()
    if (values.some((value, i) => i > 0 && compareOctets(values[i - 1]!, value) > 0))
      findings.push({ code: 'der-set-order', detail: { field } })
    attributes.push({ oid, values })
  }
  return attributes
}

export const encodeAttribute = ({ oid, values }: DirectoryAttribute): Der =>
  seq(encodeOid(oid), setOf(...values))
export const encodeSubjectDirectoryAttributes = (attributes: readonly DirectoryAttribute[]): Der =>
  seq(...attributes.map(encodeAttribute))
