/** One code of a sequence, as its text: `docs/qr.md` has the layout. */
import { crc32 } from '../crc-32.ts'
import { hexOctets, hexOf } from '../octets.ts'
import { fromBase45, toBase45 } from './base45.ts'
import { MOST_IN_PART, MOST_OCTETS, MOST_PARTS } from './limits.ts'

/** What every frame of a transfer says, the same in each. */
export interface TransferHeader {
  /** The first 8 octets of the SHA-256 that the message begins with, in 16 hexadecimal digits. */
  readonly id: string
  /** Octets of the message. */
  readonly length: number
  /** Octets of each part. */
  readonly size: number
}

export interface Frame extends TransferHeader {
  /** Below the number of parts: that part. From there on: the sum of those that `rowOf` names. */
  readonly number: number
  readonly part: Uint8Array<ArrayBuffer>
}

/**
 * Why a code that begins as a frame is none: another version, not Base45, shorter than a header or its part, longer, changed on the
 * way, or a header that no sender writes.
 */
export type FrameFault =
  'version' | 'characters' | 'short' | 'long' | 'checksum' | 'size' | 'length' | 'parts'

const MARK = 'RCF1:'
const MARKS = /^RCF\d+:/
const ID = 8
const HEADER = ID + 4 + 2 + 4
const CHECKSUM = 4

/** The number of octets that a frame adds to its part. */
export const FRAME_OVERHEAD = HEADER + CHECKSUM

/** Whether a code's text is a frame of a sequence, of any version; anything else is a file of its own. */
export const isFrame = (text: string): boolean => MARKS.test(text)

export const partsOf = ({ length, size }: TransferHeader): number => Math.ceil(length / size)

/** Returns the text of a frame, in capitals that a QR code holds in 5½ bits each. */
export function writeFrame({ id, length, size, number, part }: Frame): string {
  const octets = new Uint8Array(HEADER + size + CHECKSUM)
  const view = new DataView(octets.buffer)
  octets.set(hexOctets(id)!)
  view.setUint32(ID, length)
  view.setUint16(ID + 4, size)
  view.setUint32(ID + 6, number)
  octets.set(part, HEADER)
  view.setUint32(HEADER + size, crc32(octets.subarray(0, HEADER + size)))
  return MARK + toBase45(octets)
}

/** Reads the text of a frame (`isFrame`) strictly, and allocates nothing that its header asks for. */
export function readFrame(text: string): Frame | FrameFault {
  if (!text.startsWith(MARK)) return 'version'
  // The longest frame, in Base45: what is longer is not decoded.
  if (text.length > MARK.length + ((HEADER + MOST_IN_PART + CHECKSUM) * 3) / 2 + 1) return 'long'
  const octets = fromBase45(text.slice(MARK.length))
  if (!octets) return 'characters'
  if (octets.length <= FRAME_OVERHEAD) return 'short'
  const view = new DataView(octets.buffer)
  if (crc32(octets.subarray(0, octets.length - CHECKSUM)) !== view.getUint32(octets.length - CHECKSUM))
    return 'checksum'
  const length = view.getUint32(ID)
  const size = view.getUint16(ID + 4)
  const number = view.getUint32(ID + 6)
  if (size === 0 || size > MOST_IN_PART) return 'size'
  if (length === 0 || length > MOST_OCTETS) return 'length'
  if (Math.ceil(length / size) > MOST_PARTS) return 'parts'
  if (octets.length < FRAME_OVERHEAD + size) return 'short'
  if (octets.length > FRAME_OVERHEAD + size) return 'long'
  return {
    id: hexOf(octets.subarray(0, ID)),
    length,
    size,
    number,
    part: octets.slice(HEADER, HEADER + size),
  }
}
