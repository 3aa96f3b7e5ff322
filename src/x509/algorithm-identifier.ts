/** RFC 5280 §4.1.1.2: `der` is the whole SEQUENCE, `parameters` the DER of the parameters, null where absent. */
export interface AlgorithmIdentifier {
  readonly der: Uint8Array
  readonly oid: string
  readonly parameters: Uint8Array | null
}
