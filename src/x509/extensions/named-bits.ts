import type { Reader } from '../../der/reader.ts'
import { namedBits } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'

/** A BIT STRING whose bits have names (X.680 §22.7); certificates with the same bits share one set. */
export interface NamedBits<T extends string> {
  readonly parse: (reader: Reader, tag: number, oid: string, findings: Finding[]) => ReadonlySet<T>
  readonly encode: (bits: ReadonlySet<T>) => Der
}

/** At most this many unnamed bits are listed in a finding. */
const MOST_TOLD = 8

/** Unnamed bits are reported and ignored, as bits of a later edition must be. */
export function namedBitList<T extends string>(names: readonly T[]): NamedBits<T> {
  const sets = new Map<number, ReadonlySet<T>>()
  return {
    parse(reader, tag, oid, findings) {
      const { unusedBits, bytes } = reader.bitString(tag)
      const last = bytes[bytes.length - 1]
      if (last !== undefined && ((last >> unusedBits) & 1) === 0)
        findings.push({ code: 'der-named-bits-trailing-zeros', detail: { oid } })
      const unnamed = setBits(bytes, names.length, MOST_TOLD)
      if (unnamed.length > 0) findings.push({ code: 'named-bits-unknown', detail: { oid, bits: unnamed } })
      const mask = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
      let set = sets.get(mask)
      if (!set) {
        set = new Set(names.filter((_name, bit) => (mask & (0x8000 >> bit)) !== 0))
        sets.set(mask, set)
      }
      return set
    },
    encode: (bits) => namedBits(names.flatMap((name, bit) => (bits.has(name) ? [bit] : []))),
  }
}

/** Returns the numbers of the set bits, starting at `from`. */
function setBits(bytes: Uint8Array, from: number, most: number): number[] {
  const found: number[] = []
  for (let bit = from; bit < bytes.length * 8 && found.length < most; bit++)
    if (((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) === 1) found.push(bit)
  return found
}
