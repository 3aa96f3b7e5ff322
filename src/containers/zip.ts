/**
 * ZIP archives of any number of files, stored uncompressed, because signed data does not compress. Beyond 65,535 files
 * or 4 GiB the archive gets the records of ZIP64 (APPNOTE 4.3.14, 4.3.15).
 */
import { crc32 } from '../crc-32.ts'
import { Pieces } from '../der/pieces.ts'
import { concat, utf8 } from '../octets.ts'

/** An archive being written; its parts must be kept in order. */
export interface ZipWriter {
  /** The number of files so far. */
  readonly count: number
  /** Returns the octets that one file adds: its header, and its content, not copied. */
  add(name: string, content: Uint8Array): readonly Uint8Array[]
  /** Returns the directory at the end of the archive. */
  end(): readonly Uint8Array[]
  /** Returns what another writer needs to go on, in another thread too. */
  pause(): ZipState
}

/** An archive with no end yet. */
export interface ZipState {
  readonly at: Date
  readonly offset: number
  readonly count: number
  readonly directory: readonly Uint8Array[]
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
/** Version 2.0 needed; 4.5 if ZIP64 is used. */
const PLAIN = 20
const VERSION_64 = 45
/** General purpose bit 11: names are UTF-8. */
const UTF_8 = 0x0800
const MOST_16 = 0xffff
const MOST_32 = 0xffffffff
const PIECE = 1 << 20

/** `at`: the time of all files, in UTC. */
export const zipWriter = (at: Date): ZipWriter => continueZip({ at, offset: 0, count: 0, directory: [] })

/** Goes on after the files of `state`. */
export function continueZip({ at, directory: before, ...state }: ZipState): ZipWriter {
  const [date, time] = dosTime(at)
  const directory = new Pieces(PIECE)
  for (const piece of before) directory.put(piece)
  let { offset, count } = state

  return {
    get count() {
      return count
    },

    add(name, content) {
      const encoded = utf8(name)
      const common = [u16(UTF_8), u16(0), u16(time), u16(date), u32(crc32(content)), u32(content.length)]
      const sizes = [...common, u32(content.length), u16(encoded.length)]
      const header = concat([u32(LOCAL), u16(PLAIN), ...sizes, u16(0), encoded])
      const isFar = offset >= MOST_32
      const extra = isFar ? concat([u16(1), u16(8), u64(offset)]) : new Uint8Array(0)
      const version = u16(isFar ? VERSION_64 : PLAIN)
      directory.put(
        concat([
          ...[u32(CENTRAL), version, version, ...sizes, u16(extra.length), u16(0), u16(0), u16(0)],
          ...[u32(0), u32(isFar ? MOST_32 : offset), encoded, extra],
        ]),
      )
      offset += header.length + content.length
      count += 1
      return [header, content]
    },

    pause: () => ({ at, offset, count, directory: directory.all() }),

    end() {
      const size = directory.length
      const is64 = count >= MOST_16 || offset >= MOST_32 || size >= MOST_32
      const tail = [
        u32(END),
        ...[u16(0), u16(0), u16(Math.min(count, MOST_16)), u16(Math.min(count, MOST_16))],
        ...[u32(Math.min(size, MOST_32)), u32(Math.min(offset, MOST_32)), u16(0)],
      ]
      return [...directory.all(), concat([...(is64 ? end64(count, size, offset) : []), ...tail])]
    },
  }
}

/** A whole archive of files by their names. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>, at: Date): Uint8Array {
  const zip = zipWriter(at)
  const added = Object.entries(files).flatMap(([name, content]) => zip.add(name, content))
  return concat([...added, ...zip.end()])
}

/** The ZIP64 record, with the values that do not fit into the old one, and its locator. */
function end64(count: number, size: number, offset: number): Uint8Array[] {
  return [
    ...[u32(END_64), u64(44), u16(VERSION_64), u16(VERSION_64), u32(0), u32(0)],
    ...[u64(count), u64(count), u64(size), u64(offset)],
    ...[u32(LOCATOR_64), u32(0), u64(offset + size), u32(1)],
  ]
}

const u16 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8)
const u32 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
const u64 = (value: number): Uint8Array => concat([u32(value % 2 ** 32), u32(Math.floor(value / 2 ** 32))])

/** Year from 1980, month and day; times in steps of two seconds. */
function dosTime(at: Date): [date: number, time: number] {
  const year = Math.min(Math.max(at.getUTCFullYear(), 1980), 2107)
  const date = ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return [date, (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)]
}
