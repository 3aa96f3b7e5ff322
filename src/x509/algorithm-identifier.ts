import { wellFormedElement } from '../der/well-formed.ts'
import type { Reader } from '../der/reader.ts'

/** RFC 5280 §4.1.1.2: `der` is the whole SEQUENCE, `parameters` the DER of the parameters, null if absent. */
export interface AlgorithmIdentifier {
  readonly der: Uint8Array
  readonly oid: string
  readonly parameters: Uint8Array | null
}

export function parseAlgorithmIdentifier(reader: Reader): AlgorithmIdentifier {
  const start = reader.offset
  const fields = reader.sequence()
  const oid = fields.oid()
  const parameters = fields.atEnd ? null : wellFormedElement(fields)
  fields.finish()
  return { der: reader.since(start), oid, parameters }
}
