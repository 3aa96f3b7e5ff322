import type { RelativeDistinguishedNames } from 'pkijs'
import { ATTRIBUTES } from './names.ts'
import { hex, plain } from './text.ts'

/** One attribute of a name: its type by OID, its value as text, or as hex where it is no string. */
export interface NamePart {
  readonly oid: string
  readonly text: string
}

/** The attributes in the order in which they stand. */
export function nameFacts(name: RelativeDistinguishedNames): NamePart[] {
  return name.typesAndValues.map(({ type, value }) => {
    const block = value as { valueBlock: { value?: unknown }; valueBeforeDecodeView: Uint8Array }
    const text = block.valueBlock.value
    return { oid: type, text: typeof text === 'string' ? text : `#${hex(block.valueBeforeDecodeView)}` }
  })
}

/** "CN: Example" */
export const partLine = ({ oid, text }: NamePart): string => `${ATTRIBUTES[oid] ?? oid}: ${plain(text)}`

/** A whole name on one line, for sentences. */
export const nameLine = (parts: readonly NamePart[]): string =>
  parts.map(partLine).join(' · ') || 'an empty name'
