/** ZIP archives from any source, read by the directory at their end (APPNOTE 6.3). */
import { crc32 } from '../crc-32.ts'
import { CodedError } from '../errors.ts'
import { inflate } from './inflate.ts'
import type { Unpacking } from './limits.ts'
import { strictUtf8 } from '../octets.ts'

export interface ZipEntry {
  readonly name: string
  readonly isFolder: boolean
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  /** Offset of its local header. */
  readonly offset: number
}

const [LOCAL, CENTRAL, END, END_64, LOCATOR_64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50]
/** Length of each record without its variable fields. */
const LENGTH = { local: 30, central: 46, end: 22, end64: 56, locator64: 20 }
const LONGEST_COMMENT = 0xffff
const MOST_32 = 0xffffffff
const EXTRA_64 = 1

/** Signatures at the start: a file, an empty archive, a multi-part archive, and one that became a single part. */
const FRONTS = [LOCAL, END, 0x08074b50, 0x30304b50]

const STORED = 0
const DEFLATED = 8
const AES = 99
/** Display names of other compression methods. */
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
}
/** General purpose bits: the content, or the directory too, is encrypted. */
const ENCRYPTED = 0x2001

/**
 * Signatures at the start: a file, an empty archive, or a multi-part mark; or at the end, if a program or another part
 * precedes it.
 */
export function isZip(bytes: Uint8Array): boolean {
  const end = bytes.length - LENGTH.end
  if (end < 0) return false
  const view = viewOf(bytes)
  return FRONTS.includes(view.getUint32(0, true)) || view.getUint32(end, true) === END
}

/**
 * Yields the entries of the directory, in its order. Throws archive-end-missing, archive-damaged when it reaches the
 * fault, so that the entries before it are available.
 */
export function* readZip(bytes: Uint8Array): Generator<ZipEntry> {
  const view = viewOf(bytes)
  const { start, end, shift } = directoryOf(view)
  let at = start
  while (at < end) {
    if (at + LENGTH.central > end || view.getUint32(at, true) !== CENTRAL) throw damaged(at)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    ) as [number, number, number]
    const extraAt = at + LENGTH.central + nameLength
    const next = extraAt + extraLength + commentLength
    if (next > end) throw damaged(at)
    const name = nameOf(bytes.subarray(at + LENGTH.central, extraAt))
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const sizes = sizesOf(view, at, extraAt, extraLength)
    yield {
      name,
      isFolder: /[/\\]$/.test(name),
      isEncrypted: (flags & ENCRYPTED) !== 0 || method === AES,
      method,
      crc: view.getUint32(at + 16, true),
      packedSize: sizes.packed,
      size: sizes.size,
      offset: sizes.offset + shift,
    }
    at = next
  }
}

/**
 * Returns the content of the entry, checked. Throws archive-entry-encrypted, archive-method-unknown, archive-damaged,
 * archive-checksum, and the error that `unpacking` throws if a limit is passed.
 */
export async function unzip(bytes: Uint8Array, entry: ZipEntry, unpacking: Unpacking): Promise<Uint8Array> {
  const { method, size, offset, isEncrypted } = entry
  if (isEncrypted) throw new CodedError('archive-entry-encrypted', { format: 'ZIP' })
  if (method !== STORED && method !== DEFLATED)
    throw new CodedError('archive-method-unknown', { method: METHODS[method] ?? String(method) })
  const packed = packedOf(bytes, entry)
  unpacking.spend(packed.length, size)
  const octets = method === STORED ? packed : await inflated(packed, size, unpacking)
  if (octets?.length !== size) throw damaged(offset)
  if (crc32(octets) !== entry.crc) throw new CodedError('archive-checksum', { format: 'ZIP', offset })
  return octets
}

/** Null if it is damaged, or longer than the directory says. */
async function inflated(packed: Uint8Array, size: number, unpacking: Unpacking): Promise<Uint8Array | null> {
  const { octets, ending } = await inflate(packed, {
    encoding: 'deflate-raw',
    expected: size,
    most: size,
    breathe: unpacking.breathe,
  })
  return ending === 'whole' ? octets : null
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)
const damaged = (offset: number): CodedError<'archive-damaged'> =>
  new CodedError('archive-damaged', { format: 'ZIP', offset })

/** The octets after the local header; of that header, only the lengths are not in the directory. */
function packedOf(bytes: Uint8Array, { offset, packedSize }: ZipEntry): Uint8Array {
  const view = viewOf(bytes)
  if (offset < 0 || offset + LENGTH.local > bytes.length || view.getUint32(offset, true) !== LOCAL)
    throw damaged(offset)
  const lengths = view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const start = offset + LENGTH.local + lengths
  if (packedSize > bytes.length - start) throw damaged(offset)
  return bytes.subarray(start, start + packedSize)
}

interface Directory {
  readonly start: number
  readonly end: number
  /** Octets before the archive, which its offsets do not count. */
  readonly shift: number
}

/** Finds the directory. Throws archive-end-missing, archive-damaged. */
function directoryOf(view: DataView): Directory {
  const at = endAt(view)
  if (at < 0) throw new CodedError('archive-end-missing', { format: 'ZIP' })
  const locator = at - LENGTH.locator64
  const is64 = locator >= 0 && view.getUint32(locator, true) === LOCATOR_64
  const { disks, size, offset, end } = is64 ? end64(view, locator) : endOf(view, at)
  if (disks !== 0) throw new CodedError('archive-end-missing', { format: 'ZIP' })
  const start = end - size
  if (start < 0 || offset > start) throw damaged(at)
  return { start, end, shift: start - offset }
}

/** The last record that ends with the file, or else before it; −1 if there is none. */
function endAt(view: DataView): number {
  const last = view.byteLength - LENGTH.end
  let other = -1
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue
    const comment = view.getUint16(at + 20, true)
    if (at + comment === last) return at
    if (other < 0 && at + comment < last) other = at
  }
  return other
}

interface End {
  /** Nonzero if the archive has several parts. */
  readonly disks: number
  readonly size: number
  readonly offset: number
  /** The end of the directory. */
  readonly end: number
}

function endOf(view: DataView, at: number): End {
  return {
    disks: view.getUint16(at + 4, true) | view.getUint16(at + 6, true),
    size: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
    end: at,
  }
}

/** The ZIP64 record directly precedes its locator unless something was put before the archive. */
function end64(view: DataView, locator: number): End {
  const told = uint64(view, locator + 8)
  const at = [told, locator - LENGTH.end64].find(
    (each) => each >= 0 && each + LENGTH.end64 <= locator && view.getUint32(each, true) === END_64,
  )
  if (at === undefined) throw damaged(locator)
  return {
    disks: view.getUint32(at + 16, true) | view.getUint32(at + 20, true),
    size: uint64(view, at + 40),
    offset: uint64(view, at + 48),
    end: at,
  }
}

const uint64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32

/** Sizes and offset of an entry; those that do not fit are in its ZIP64 extra field, in this order. */
function sizesOf(
  view: DataView,
  at: number,
  extraAt: number,
  extraLength: number,
): { size: number; packed: number; offset: number } {
  const far = extraOf(view, extraAt, extraLength)
  const read = (field: number): number => {
    const value = view.getUint32(at + field, true)
    if (value !== MOST_32) return value
    const wide = far.shift()
    if (wide === undefined) throw damaged(at)
    return wide
  }
  const size = read(24)
  const packed = read(20)
  return { size, packed, offset: read(42) }
}

/** Numbers of the ZIP64 extra field. */
function extraOf(view: DataView, start: number, length: number): number[] {
  const numbers: number[] = []
  for (let at = start; at + 4 <= start + length;) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (end > start + length) break
    if (view.getUint16(at, true) === EXTRA_64)
      for (let field = at + 4; field + 8 <= end; field += 8) numbers.push(uint64(view, field))
    at = end
  }
  return numbers
}

/** UTF-8, flagged or not; otherwise it was written in a local character set. */
function nameOf(octets: Uint8Array): string {
  return strictUtf8(octets) ?? new TextDecoder('latin1').decode(octets)
}
