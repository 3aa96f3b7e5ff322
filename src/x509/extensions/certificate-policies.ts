/** RFC 5280 §4.2.1.4; a qualifier's value is kept as DER. */
export interface PolicyInformation {
  readonly oid: string
  readonly qualifiers: readonly PolicyQualifier[]
}

export interface PolicyQualifier {
  readonly oid: string
  readonly value: Uint8Array
}
