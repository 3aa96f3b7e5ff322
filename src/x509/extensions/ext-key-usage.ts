import type { Reader } from '../../der/reader.ts'
import { oid, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'

/** ExtKeyUsageSyntax (RFC 5280 §4.2.1.12): OIDs of purposes. */
export function parseExtKeyUsage(reader: Reader): string[] {
  const sequence = reader.sequence()
  const purposes: string[] = []
  while (!sequence.atEnd) purposes.push(sequence.oid())
  return purposes
}
export const encodeExtKeyUsage = (purposes: readonly string[]): Der => seq(...purposes.map(oid))
