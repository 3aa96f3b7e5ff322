import type { Reader } from '../../der/reader.ts'
import { integer, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'

/** Features (RFC 7633 §4.1): numbers of TLS extensions; 5 is status_request ("must staple"). */
export function parseTlsFeature(reader: Reader): number[] {
  const sequence = reader.sequence()
  const features: number[] = []
  while (!sequence.atEnd) features.push(sequence.smallInteger())
  return features
}
export const encodeTlsFeature = (features: readonly number[]): Der =>
  seq(...features.map((feature) => integer(feature)))
