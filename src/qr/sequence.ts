/** A file as codes: one if it fits, otherwise frames without end. */
import { strictUtf8 } from '../octets.ts'
import { isFrame, partsOf, writeFrame, type TransferHeader } from './frame.ts'
import { MOST_IN_PART } from './limits.ts'
import { messageOf, type NamedFile } from './message.ts'
import { rowOf } from './rows.ts'

/** In UTF-8; as one code of 105 squares a side. */
const MOST_IN_TEXT = 1000

/** Returns the text of a file that goes into one code as it is, for any reader of codes; null if it has to be a sequence. */
export function plainText(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > MOST_IN_TEXT) return null
  const text = strictUtf8(bytes)
  return text !== null && !isFrame(text) && !OTHER.test(text) ? text : null
}

/** Characters that readers drop or change, the mark of byte order among them. */
// eslint-disable-next-line no-control-regex
const OTHER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]/

/** The frames of one file. */
export interface Sequence extends TransferHeader {
  readonly parts: number
  /** Returns the text of a frame; the first `parts` are enough if none is missed. */
  readonly frame: (number: number) => string
}

/** Returns the sequence of a file with about `size` octets in each code; one that fits into a single part has no other. */
export async function sequenceOf(file: NamedFile, size: number): Promise<Sequence> {
  const { id, octets } = await messageOf(file)
  const { length } = octets
  const header = { id, length, size: Math.min(size, length, MOST_IN_PART) }
  const parts = partsOf(header)
  const frame = (number: number): string =>
    writeFrame({ ...header, number, part: sumOf(octets, header.size, rowOf(id, parts, number)) })
  return { ...header, parts, frame }
}

function sumOf(octets: Uint8Array, size: number, row: Uint32Array): Uint8Array<ArrayBuffer> {
  const sum = new Uint8Array(size)
  for (let w = 0; w < row.length; w++)
    for (let b = 0; b < 32; b++)
      if ((row[w]! >>> b) & 1) {
        const part = octets.subarray((32 * w + b) * size, (32 * w + b + 1) * size)
        for (let i = 0; i < part.length; i++) sum[i]! ^= part[i]!
      }
  return sum
}
