import { fromBER, type BaseBlock } from 'asn1js'
import type { RelativeDistinguishedNames } from 'pkijs'
import { ATTRIBUTES } from './names.ts'
import { hex, plain } from './text.ts'

/** One attribute of a name: its type by OID, its value as text, or as hex if it is not a string. */
export interface NamePart {
  readonly oid: string
  readonly text: string
  /** The value's identifier octet and its content, in hex. */
  readonly octets: string
  /** The place of its RelativeDistinguishedName, which may have several attributes. */
  readonly rdn: number
}

interface Value extends BaseBlock {
  readonly valueBlock: BaseBlock['valueBlock'] & { readonly value?: unknown }
}

/** Returns the attributes in encoded order. */
export function nameFacts(name: RelativeDistinguishedNames): NamePart[] {
  const places = rdnsOf(name)
  return name.typesAndValues.map(({ type, value }, i) => {
    const { valueBlock, idBlock, lenBlock, valueBeforeDecodeView: whole } = value as Value
    const text = valueBlock.value
    const content = whole.subarray(idBlock.blockLength + lenBlock.blockLength)
    return {
      oid: type,
      text: typeof text === 'string' ? text : `#${hex(whole)}`,
      octets: `${hex(whole.subarray(0, 1))} ${hex(content)}`,
      rdn: places[i] ?? 0,
    }
  })
}

interface Sets {
  readonly valueBlock: {
    readonly value: readonly { readonly valueBlock: { readonly value: readonly unknown[] } }[]
  }
}

/** PKI.js lists the attributes of all sets as one: returns the place of the set that each is in. */
function rdnsOf({ valueBeforeDecode }: RelativeDistinguishedNames): number[] {
  const { valueBlock } = fromBER(valueBeforeDecode).result as unknown as Sets
  return valueBlock.value.flatMap((set, at) => set.valueBlock.value.map(() => at))
}

/** "CN: Example" */
export const partLine = ({ oid, text }: NamePart): string => `${ATTRIBUTES[oid] ?? oid}: ${plain(text)}`

/** Returns a whole name on one line, for sentences. */
export const nameLine = (parts: readonly NamePart[]): string =>
  parts.map(partLine).join(' · ') || 'an empty name'
