/** One Attribute of RFC 5280 §4.2.1.8; the values are kept as DER. */
export interface DirectoryAttribute {
  readonly oid: string
  readonly values: readonly Uint8Array[]
}
