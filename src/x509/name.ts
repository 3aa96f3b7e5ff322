/** One AttributeTypeAndValue (RFC 5280 §4.1.2.4); `tag` and `value` are the string type and its content octets. */
export interface Attribute {
  readonly oid: string
  readonly tag: number
  readonly value: Uint8Array
  /** Null where the value is no string, or breaks the rules of its string type. */
  readonly text: string | null
}

export type RelativeDistinguishedName = readonly Attribute[]

/** A distinguished name as it stands in the bytes; `der` is the whole SEQUENCE, copied and never rebuilt. */
export interface Name {
  readonly der: Uint8Array
  readonly rdns: readonly RelativeDistinguishedName[]
}
