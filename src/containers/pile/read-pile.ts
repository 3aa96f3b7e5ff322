import { TAG } from '../../der/reader.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import { isJks } from '../jks.ts'
import { isSst } from '../sst.ts'
import { inCommonAlphabet } from './base64.ts'
import { findBlocks, looksLikePemText, type Found } from './find.ts'
import { foreign, foreignBase64, foreignFile, foreignLabel, standsBeside } from './foreign.ts'
import { PileBuilder, type PileOptions } from './builder.ts'
import { isNamedAsRead, statusLabelled, statusNamed } from './names.ts'
import { fileSource, type Pile, type PileFile, type PileItem, type Source, type StatusKind } from './items.ts'
import { readJwks } from './jwks.ts'
import { readBlock, readWrapped } from './read-block.ts'
import { readStore } from './read-sealed.ts'
import { readSerializedStore } from './read-sst.ts'
import { isArchive, Unpacker } from './unpack.ts'
import { beginsValue, shapeOf, statusBegun, valueLength } from './shape.ts'
import { hexOctet } from '../../octets.ts'

export type { PileFile } from './items.ts'

/**
 * Reads anything people keep certificates in: PEM with surrounding text, bare base64, DER, BER containers, JSON, YAML,
 * mail. Never throws because of a file's content: a part that cannot be read becomes a problem with its place, and
 * reading continues. Throws only the signal's reason. Linear in the size; yields every few milliseconds.
 */
export async function readPile(files: readonly PileFile[], options: PileOptions = {}): Promise<Pile> {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const { take } = options
  let [taken, passedOver] = [0, 0]
  const pile: PileBuilder = new PileBuilder(options, total, (bytes, source) =>
    isArchive(bytes) ? unpacker.read({ name: source.file, bytes }, true) : readOctets(bytes, source, pile, 1),
  )
  const unpacker = new Unpacker(pile, async (file, isEntry) => {
    if (take?.(file) === true) taken += 1
    else if (!(await readFile(file, isEntry, pile)) && isEntry) passedOver += 1
  })
  for (const file of files) {
    const [foundBefore, takenBefore, passedBefore] = [pile.found, taken, passedOver]
    const isEmpty = (): boolean => pile.found === foundBefore && taken === takenBefore
    await pile.guard(fileSource(file), async () => {
      pile.spend(file.bytes.length)
      await unpacker.read(file, false)
      if (passedOver > passedBefore && !isEmpty()) pile.notice('skipped-parts', fileSource(file))
    })
    if (isEmpty()) await pile.guard(fileSource(file), () => sayNothingFound(file, pile), statusOf(file))
    pile.doneWith(file.bytes.length)
  }
  return pile
}

const statusOf = ({ name, bytes }: PileFile): StatusKind | undefined =>
  statusNamed(name) ?? statusBegun(bytes)

/** Reports why a file gave nothing: its format, if recognized; a truncated binary file has its own error. */
function nothingFound(file: PileFile, pile: PileBuilder): CodedError {
  const { name, bytes, unread } = file
  if (unread !== undefined) return new CodedError('pile-file-unreadable', { reason: unread })
  if (bytes.length === 0) return new CodedError('pile-file-empty', null)
  const format = foreignFile(file)
  if (format !== null) return foreign(format, fileSource(file))
  const noted = pile.foreignIn(name)
  if (noted) return foreign(noted.format, noted.source)
  if (bytes[0] === TAG.SEQUENCE && bytes[1]! >= 0x80) valueLength(bytes, 0)
  return new CodedError('pile-nothing-found', null)
}

function sayNothingFound(file: PileFile, pile: PileBuilder): never {
  throw nothingFound(file, pile)
}

/**
 * Returns whether anything was found or reported. An archive entry without content is reported only if its name
 * suggests some.
 */
async function readFile(file: PileFile, isEntry: boolean, pile: PileBuilder): Promise<boolean> {
  const [before, itemsBefore] = [pile.found, pile.items.length]
  const source = fileSource(file)
  await pile.guard(source, () => readOctets(file.bytes, source, pile, 0))
  if (pile.found === before && isUnknown(file, pile))
    await pile.guard(source, () => readWrapped(file.bytes, source, pile))
  if (pile.found === before && isEntry) await pile.guard(source, () => sayMissed(file, pile), statusOf(file))
  const isClosed = ({ kind, source: { file: name } }: PileItem): boolean =>
    kind === 'locked' && name === file.name
  if (pile.items.slice(itemsBefore).some(isClosed)) pile.closed.push(file)
  return pile.found > before
}

const isUnknown = (file: PileFile, pile: PileBuilder): boolean =>
  foreignFile(file) === null && pile.foreignIn(file.name) === null

const DOCUMENTS: readonly string[] = ['pdf', 'picture', 'web-page']

/** CAs' archives usually contain a readme and a document of the CA, too. */
function sayMissed(file: PileFile, pile: PileBuilder): void {
  const nothing = nothingFound(file, pile)
  const isNote = isCodedError(nothing, 'pile-format-not-read')
    ? DOCUMENTS.includes(nothing.detail.format)
    : nothing.code === 'pile-nothing-found' || nothing.code === 'pile-file-empty'
  if (!isNote || isNamedAsRead(file.name)) throw nothing
}

/** Below the first depth, line numbers are not those of the file. */
async function readOctets(
  bytes: Uint8Array,
  source: Source,
  pile: PileBuilder,
  depth: number,
): Promise<void> {
  if (isJks(bytes)) return readStore(bytes, source, pile)
  if (isSst(bytes)) return readSerializedStore(bytes, source, pile)
  if (isBinary(bytes)) return readValues(bytes, source, pile)
  const text = inCommonAlphabet(narrowed(bytes))
  await readJwks(text, source, pile)
  await readText(text, source, pile, depth)
}

/** '0' is also the tag of a SEQUENCE: in a text, no fitting length and binary octets follow. */
function isBinary(bytes: Uint8Array): boolean {
  if (!beginsValue(bytes)) return false
  return bytes[1]! >= 0x80 || bytes.subarray(0, 130).some((octet) => octet < 9 || octet >= 0x7f)
}

/** Concatenated values, as from `cat a.der b.der`. */
async function readValues(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const rest = bytes.subarray(at)
    if (!beginsValue(rest)) {
      // The following octets may be text, or a line break added at the end by a form.
      if (rest.every((octet) => octet <= 0x20)) return
      const before = pile.found
      await readText(rest, { ...source, offset: source.offset + at }, pile, 0)
      if (pile.found === before) pile.problem('pile-unrecognised', { offset: at }, source, statusBegun(rest))
      return
    }
    const length = valueLength(bytes, at)
    const place = { ...source, offset: source.offset + at }
    const value = bytes.subarray(at, at + length)
    await pile.guard(place, () => readBlock({ bytes: value, headers: {} }, place, pile))
    at += length
    await pile.breathe(at)
  }
}

/** Text within base64 within text: a Kubernetes Secret in a Secret; deeper nesting does not occur. */
const DEEPEST_TEXT = 3

async function readText(text: Uint8Array, source: Source, pile: PileBuilder, depth: number): Promise<void> {
  const lines = new LineCounter(text)
  for (const found of findBlocks(text)) {
    await pile.breathe(depth === 0 ? found.at : 0)
    if (found.kind === 'breath') continue
    const outer = depth > 0
    const line = outer ? source.line : lines.at(found.at)
    const place = {
      ...source,
      line,
      offset: outer ? source.offset : source.offset + found.at,
      label: found.label,
    }
    if (found.kind === 'broken') reportBroken(found, text, place, lines, pile)
    else await pile.guard(place, () => readFound(found, place, pile, depth))
  }
}

function reportBroken(
  { code, label, badAt }: Found & { kind: 'broken' },
  text: Uint8Array,
  place: Source,
  lines: LineCounter,
  pile: PileBuilder,
): void {
  const line = place.line ?? 1
  const format = foreignLabel(label)
  if (format !== null) {
    if (standsBeside(format)) pile.noteForeign(format, place)
    else pile.problem('pile-format-not-read', foreign(format, place).detail, place)
    return
  }
  if (code === 'pem-unterminated') {
    pile.problem(code, { label, line }, place, statusLabelled(label))
    return
  }
  const badLine = place.within.length > 0 ? line : lines.at(badAt)
  const detail = { label, line: badLine, character: shown(text[badAt] ?? 0) }
  pile.problem(code, detail, place, statusLabelled(label))
}

const shown = (octet: number): string =>
  octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `0x${hexOctet(octet)}`

async function readFound(
  { label, headers, bytes, whole }: Found & { kind: 'block' },
  place: Source,
  pile: PileBuilder,
  depth: number,
): Promise<void> {
  const within = [...place.within, 'base64']
  if (isJks(bytes) || isSst(bytes) || isArchive(bytes)) return pile.readWithin(bytes, { ...place, within })
  if (label !== null) return readBlock({ bytes, headers }, place, pile)
  // The stated octets are missing.
  if (!whole) return pile.guard(place, () => valueLength(bytes, 0), statusBegun(bytes))
  if (beginsValue(bytes)) {
    const value = trimmed(bytes)
    // Hashes are base64 too, and one in thousands begins like a SEQUENCE.
    return shapeOf(value) || valueLength(value, 0) === value.length
      ? readValues(value, place, pile)
      : undefined
  }
  if (depth < DEEPEST_TEXT && looksLikePemText(bytes))
    return readText(bytes, { ...place, within }, pile, depth + 1)
  const format = foreignBase64(bytes)
  if (format !== null) pile.noteForeign(format, place)
}

/** A word on the line after base64 may have been taken for its last line: a few extra octets. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const length = valueLength(bytes, 0)
  return bytes.length - length < 48 ? bytes.subarray(0, length) : bytes
}

/** UTF-16, as written by PowerShell and .NET, as one octet per character; other characters are not base64 anyway. */
function narrowed(bytes: Uint8Array): Uint8Array {
  const high = highOctetOf(bytes)
  if (high < 0) return bytes
  const text = new Uint8Array(bytes.length >> 1)
  for (let i = 0; i < text.length; i++) text[i] = bytes[2 * i + high] === 0 ? bytes[2 * i + 1 - high]! : 0x3f
  return text
}

/** Characters that are examined if there is no byte order mark. */
const SAMPLE = 512

/**
 * Returns which octet of each pair is the high one in UTF-16, or −1: by its byte order mark, else because nearly all
 * high octets are 0.
 */
function highOctetOf(bytes: Uint8Array): number {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 1
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 0
  const pairs = Math.min(bytes.length >> 1, SAMPLE)
  const zeros = [0, 0]
  for (let at = 0; at < 2 * pairs; at++) if (bytes[at] === 0) zeros[at & 1]! += 1
  if (pairs < 8) return -1
  return [0, 1].find((high) => zeros[high]! > 0.9 * pairs && zeros[1 - high] === 0) ?? -1
}

/** Line numbers of increasing positions, counted in one pass. */
class LineCounter {
  readonly #text: Uint8Array
  #at = 0
  #line = 1

  constructor(text: Uint8Array) {
    this.#text = text
  }

  at(position: number): number {
    for (; this.#at < position; this.#at++) if (this.#text[this.#at] === 0x0a) this.#line += 1
    return this.#line
  }
}
