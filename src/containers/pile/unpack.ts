/** Archives: each entry becomes a file of its own, whose name begins with the archive's. */
import { concat } from '../../octets.ts'
import { CodedError } from '../../errors.ts'
import { inflate, type Inflated } from '../inflate.ts'
import { Unpacking } from '../limits.ts'
import { isTar, readTar } from '../untar.ts'
import { isZip, readZip, unzip } from '../unzip.ts'
import type { PileBuilder } from './builder.ts'
import { statusNamed } from './names.ts'
import { fileSource, type PileFile } from './items.ts'

/** Reads one file that is not an archive; `isEntry`: it came from one. */
export type ReadFile = (file: PileFile, isEntry: boolean) => Promise<void>

/** Longer names are cut: nobody could read them. */
const LONGEST_NAME = 400
/** Characters that are invisible in a name, or reverse it. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu
/** macOS's extra file for each file: its system metadata, under the same name. */
const APPLE_DOUBLE = [0x00, 0x05, 0x16, 0x07]

export class Unpacker {
  readonly #pile: PileBuilder
  readonly #read: ReadFile
  readonly #unpacking: Unpacking
  /** Archives that are open, nested. */
  #depth = 0

  constructor(pile: PileBuilder, read: ReadFile) {
    this.#pile = pile
    this.#read = read
    this.#unpacking = new Unpacking(() => pile.breathe(), pile.limits.archive)
  }

  /** Reads a file, or everything in it. A fault of an archive is a problem of its own, and does not affect the rest. */
  async read(file: PileFile, isEntry: boolean): Promise<void> {
    const open = openerOf(file.bytes)
    if (!open) return this.#read(file, isEntry)
    this.#depth += 1
    await this.#pile.guard(
      fileSource(file),
      async () => {
        const limit = this.#unpacking.limits.depth
        if (this.#depth > limit) throw new CodedError('pile-too-deep', { limit })
        await open(this, file, isEntry)
      },
      statusNamed(file.name.replace(/\.(?:gz|zip)$/i, '')),
    )
    this.#depth -= 1
  }

  async zip(file: PileFile): Promise<void> {
    const names = new Names(file)
    for (const entry of readZip(file.bytes)) {
      if (entry.isFolder) continue
      const name = names.of(entry.name)
      await this.#entry(name, () => unzip(file.bytes, entry, this.#unpacking))
    }
  }

  async tar(file: PileFile): Promise<void> {
    const names = new Names(file)
    for (const entry of readTar(file.bytes)) {
      const name = entry.name === null ? file.name : names.of(entry.name)
      const content = (): Uint8Array => {
        if (entry.kind === 'fault') throw entry.error
        this.#unpacking.spend(entry.content.length, entry.content.length)
        return entry.content
      }
      await this.#entry(name, content)
    }
  }

  /**
   * Inflates to one file, with the name of the packed one; concatenated members are one file (RFC 1952 §2.2). Output
   * before a fault is still read: of a tar, many whole files.
   */
  async gzip(file: PileFile, isEntry: boolean): Promise<void> {
    const { name, bytes } = file
    const most = this.#unpacking.mostOf(bytes.length)
    const beyond = this.#unpacking.beyond(bytes.length)
    const members: Uint8Array[] = []
    let fault: CodedError | null = null
    let size = 0
    for (let start = 0; start < bytes.length && fault === null;) {
      const packed = bytes.subarray(start)
      const { octets, ending, end } = await firstMember(packed, most - size, this.#unpacking)
      members.push(octets)
      size += octets.length
      if (ending === 'at-limit') fault = beyond
      if (ending === 'damaged') fault = new CodedError('archive-damaged', { format: 'gzip', offset: start })
      start += end
      if (start < bytes.length) this.#unpacking.count()
    }
    const octets = concat(members)
    this.#unpacking.spend(bytes.length, octets.length)
    if (octets.length > 0) await this.read({ name, bytes: octets }, isEntry)
    if (fault) throw fault
  }

  async #entry(name: string, content: () => Uint8Array | Promise<Uint8Array>): Promise<void> {
    this.#unpacking.count()
    const found: Uint8Array[] = []
    await this.#pile.guard(
      fileSource({ name }),
      async () => {
        found.push(await content())
      },
      statusNamed(name),
    )
    for (const bytes of found) if (!isAppleDouble(bytes)) await this.read({ name, bytes }, true)
    await this.#pile.breathe()
  }
}

type Open = (unpacker: Unpacker, file: PileFile, isEntry: boolean) => Promise<void>

const OPENERS: readonly { readonly is: (bytes: Uint8Array) => boolean; readonly open: Open }[] = [
  { is: isZip, open: (unpacker, file) => unpacker.zip(file) },
  { is: isGzip, open: (unpacker, file, isEntry) => unpacker.gzip(file, isEntry) },
  { is: isTar, open: (unpacker, file) => unpacker.tar(file) },
]
const openerOf = (bytes: Uint8Array): Open | undefined => OPENERS.find(({ is }) => is(bytes))?.open

/** Whether the octets are an archive of a supported kind. */
export const isArchive = (bytes: Uint8Array): boolean => openerOf(bytes) !== undefined

/** Two octets of magic, and DEFLATE, the only method there is (RFC 1952); header and trailer are at least 18 octets. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 18 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** Attempts at finding a member's end before it is called damaged; the end is seldom ambiguous. */
const MOST_ENDS = 16

/** Returns the content of the first member, and its end: the platform's stream refuses trailing data. */
async function firstMember(
  packed: Uint8Array,
  most: number,
  { breathe }: Unpacking,
): Promise<Inflated & { readonly end: number }> {
  const until = async (end: number): Promise<Inflated & { readonly end: number }> => {
    const view = new DataView(packed.buffer, packed.byteOffset, end)
    const expected = end < 4 ? 0 : view.getUint32(end - 4, true)
    return { ...(await inflate(packed.subarray(0, end), { encoding: 'gzip', expected, most, breathe })), end }
  }
  const all = await until(packed.length)
  if (all.ending !== 'damaged') return all
  let left = MOST_ENDS
  for (const end of endsIn(packed)) {
    if (left-- === 0) break
    const member = await until(end)
    if (member.ending === 'whole')
      return isZero(packed.subarray(end)) ? { ...member, end: packed.length } : member
  }
  return all
}

/**
 * Positions where another member may begin, or zero padding of a block; the trailer's eight octets may be zeros too.
 */
function* endsIn(packed: Uint8Array): Generator<number> {
  for (let at = packed.indexOf(0x1f, 18); at >= 0; at = packed.indexOf(0x1f, at + 1))
    if (isGzip(packed.subarray(at, at + 18))) yield at
  const filled = packed.findLastIndex((octet) => octet !== 0) + 1
  for (let end = filled; end < Math.min(filled + 8, packed.length); end++) yield end
}

const isZero = (octets: Uint8Array): boolean => octets.every((octet) => octet === 0)
const isAppleDouble = (bytes: Uint8Array): boolean => APPLE_DOUBLE.every((octet, i) => bytes[i] === octet)

/** Names of the entries of one archive, each once. */
class Names {
  readonly #archive: string
  readonly #times = new Map<string, number>()

  constructor({ name }: PileFile) {
    this.#archive = name
  }

  of(inArchive: string): string {
    const path = inArchive.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')
    const shown = path.slice(0, LONGEST_NAME).replace(HIDDEN, '\ufffd')
    const times = (this.#times.get(shown) ?? 0) + 1
    this.#times.set(shown, times)
    return `${this.#archive}/${shown}${times > 1 ? ` (${String(times)})` : ''}`
  }
}
