/** A file as a whole, before its values are read: size, encoding, JSON, the format's name and its version. */
import { strictUtf8 } from '../octets.ts'
import { shown, type CommonCode, type CommonFaults, type Fault, type FaultTable } from './fault.ts'
import { parseJson, type Json, type JsonFault } from './json.ts'

/** A kind of file: what its faults are called, and how it says what it is. */
export interface FileKind<Family extends string> {
  readonly family: Family
  readonly format: string
  readonly version: number
  /** In octets. */
  readonly limit: number
}

/** The faults of a text as a whole, which are the same in each kind of file. */
type WholeFaults<Family extends string> = readonly Fault<FaultTable<Family, never>>[]

/** A fault of a text as a whole. */
export const wholeFault = <Family extends string, C extends CommonCode>(
  family: Family,
  code: C,
  detail: CommonFaults[C],
  line: number | null = null,
): WholeFaults<Family> => [
  // A code and its own detail; TypeScript does not follow that through the union.
  { code: `${family}-${code}`, detail, path: '', line } as unknown as Fault<FaultTable<Family, never>>,
]

/** Returns the one value of a text, or why it is no JSON that is read here. */
export function readJson<Family extends string>(
  text: string,
  family: Family,
): { readonly value: Json } | { readonly faults: WholeFaults<Family> } {
  const json = parseJson(text)
  return 'fault' in json ? { faults: codedFault(json.fault, family) } : json
}

/** Reads a file up to its one value: what it is said to be is what is read here, in a version that is known here. */
export function readFile<Family extends string>(
  bytes: Uint8Array,
  { family, format, version, limit }: FileKind<Family>,
): { readonly value: Json } | { readonly faults: WholeFaults<Family> } {
  const size = bytes.length
  if (size > limit) return { faults: wholeFault(family, 'too-large', { size, limit }) }
  const text = strictUtf8(bytes)
  if (text === null) return { faults: wholeFault(family, 'not-utf8', null) }
  const json = readJson(text.replace(/^\ufeff/, ''), family)
  if ('faults' in json) return json
  const members = json.value.kind === 'record' ? json.value.of : null
  const [named, numbered] = [members?.get('format'), members?.get('version')]
  if (named?.kind !== 'text' || named.value !== format) return { faults: wholeFault(family, 'foreign', null) }
  // What a newer version means is not known here: nothing else of it is judged.
  if (numbered?.kind === 'number' && numbered.value > version)
    return { faults: wholeFault(family, 'newer', { found: numbered.value, known: version }) }
  return json
}

function codedFault<Family extends string>(fault: JsonFault, family: Family): WholeFaults<Family> {
  const { line } = fault
  switch (fault.why) {
    case 'not-json':
      return wholeFault(family, 'not-json', { found: fault.found && shown(fault.found) }, line)
    case 'key-twice':
      return wholeFault(family, 'key-twice', { key: shown(fault.key) }, line)
    case 'too-deep':
      return wholeFault(family, 'too-deep', { limit: fault.limit }, line)
    case 'too-many':
      return wholeFault(family, 'too-many-values', { limit: fault.limit }, line)
  }
}
