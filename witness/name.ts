import type { RelativeDistinguishedNames } from 'pkijs'
import { ATTRIBUTES } from './names.ts'
import { hex, plain } from './text.ts'

/** One attribute of a name: its type by OID, its value as text, or as hex if it is not a string. */
export interface NamePart {
  readonly oid: string
  readonly text: string
}

/** Returns the attributes in encoded order. */
export function nameFacts(name: RelativeDistinguishedNames): NamePart[] {
  return name.typesAndValues.map(({ type, value }) => {
    const block = value as { valueBlock: { value?: unknown }; valueBeforeDecodeView: Uint8Array }
    const text = block.valueBlock.value
    return { oid: type, text: typeof text === 'string' ? text : `#${hex(block.valueBeforeDecodeView)}` }
  })
}

/** "CN: Example" */
export const partLine = ({ oid, text }: NamePart): string => `${ATTRIBUTES[oid] ?? oid}: ${plain(text)}`

/** Returns a whole name on one line, for sentences. */
export const nameLine = (parts: readonly NamePart[]): string =>
  parts.map(partLine).join(' · ') || 'an empty name'
