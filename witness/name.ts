import type { BaseBlock } from 'asn1js'
import type { RelativeDistinguishedNames } from 'pkijs'
import { ATTRIBUTES } from './names.ts'
import { hex, plain } from './text.ts'

/** One attribute of a name: its type by OID, its value as text, or as hex if it is not a string. */
export interface NamePart {
  readonly oid: string
  readonly text: string
  /** The value's identifier octet and its content, in hex. */
  readonly octets: string
}

interface Value extends BaseBlock {
  readonly valueBlock: BaseBlock['valueBlock'] & { readonly value?: unknown }
}

/** Returns the attributes in encoded order. */
export function nameFacts(name: RelativeDistinguishedNames): NamePart[] {
  return name.typesAndValues.map(({ type, value }) => {
    const { valueBlock, idBlock, lenBlock, valueBeforeDecodeView: whole } = value as Value
    const text = valueBlock.value
    const content = whole.subarray(idBlock.blockLength + lenBlock.blockLength)
    return {
      oid: type,
      text: typeof text === 'string' ? text : `#${hex(whole)}`,
      octets: `${hex(whole.subarray(0, 1))} ${hex(content)}`,
    }
  })
}

/** "CN: Example" */
export const partLine = ({ oid, text }: NamePart): string => `${ATTRIBUTES[oid] ?? oid}: ${plain(text)}`

/** Returns a whole name on one line, for sentences. */
export const nameLine = (parts: readonly NamePart[]): string =>
  parts.map(partLine).join(' · ') || 'an empty name'
