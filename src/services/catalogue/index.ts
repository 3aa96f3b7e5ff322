/**
 * The catalogue in the worker's memory: one text and a few columns of numbers per few hundred certificates, not an
 * object for each. Positions count through all segments in storage order; equal keys sort by position.
 */
import { SEGMENT_ENTRIES } from '../../vault/catalogue.ts'
import type { CatalogueEntry } from '../../vault/shapes.ts'
import type { CertificateFilter, CertificateSort, CertificateState } from '../../border/views.ts'
import { DAY, monthNumber } from '../../time.ts'

export interface IndexSegment {
  readonly ids: readonly string[]
  readonly text: string
  /** The start of each entry's text, and the end of the last. */
  readonly starts: Uint32Array
  /** A bit for each run of five characters: a word with a bit that is not set does not occur in the text. */
  readonly grams: Uint8Array
  readonly names: readonly string[]
  /** All of one length, so that they sort by value. */
  readonly serialNumbers: readonly string[]
  readonly createdAt: Float64Array
  readonly notBefore: Float64Array
  readonly notAfter: Float64Array
  readonly status: readonly CatalogueEntry['status'][]
  readonly authorityId: readonly (string | null)[]
  readonly ownAuthorityId: readonly (string | null)[]
  readonly profileId: readonly string[]
  readonly tags: readonly (readonly string[])[]
  readonly isReplaced: readonly boolean[]
}

export interface CatalogueIndex {
  readonly segments: readonly IndexSegment[]
  /** Positions that are left out because their records failed authentication. */
  readonly hidden: Set<number>
  /** Positions in ascending order of a key, built on first use. */
  readonly orders: Map<CertificateSort, Uint32Array>
}

export interface CertificateMatch extends CertificateFilter {
  readonly sort?: CertificateSort
  readonly descending?: boolean
  /** The CAs that are valid now, with all above them; needed for the states 'good' and 'broken'. */
  readonly holding?: ReadonlySet<string>
}

/** Twenty octets (RFC 5280 §4.1.2.2), and one for issuers that add a sign octet. */
const SERIAL_DIGITS = 42
/** Returns a serial number padded as segments store it. */
export const paddedSerial = (serialNumber: string): string => serialNumber.padStart(SERIAL_DIGITS, '0')
const GRAM = 5
const GRAM_BITS = 16
const NO_TAGS: readonly string[] = []

export function indexSegment(entries: readonly CatalogueEntry[], words: Map<string, string>): IndexSegment {
  /** Interns strings: the same few ids occur again and again. */
  const once = <T extends string | null>(word: T): T => {
    if (word === null) return word
    const known = words.get(word)
    if (known === undefined) words.set(word, word)
    return (known ?? word) as T
  }
  const starts = new Uint32Array(entries.length + 1)
  for (const [at, { text }] of entries.entries()) starts[at + 1] = starts[at]! + text.length + 1
  const text = entries.map(({ text }) => `${text}\n`).join('')
  return {
    ids: entries.map(({ id }) => id),
    text,
    starts,
    grams: gramsOf(text),
    names: entries.map(({ text }) => firstLine(text)),
    serialNumbers: entries.map(({ serialNumber }) => paddedSerial(serialNumber)),
    createdAt: Float64Array.from(entries, ({ createdAt }) => createdAt),
    notBefore: Float64Array.from(entries, ({ notBefore }) => notBefore),
    notAfter: Float64Array.from(entries, ({ notAfter }) => notAfter),
    status: entries.map(({ status }) => once(status)),
    authorityId: entries.map(({ authorityId }) => once(authorityId)),
    ownAuthorityId: entries.map(({ ownAuthorityId }) => once(ownAuthorityId)),
    profileId: entries.map(({ profileId }) => once(profileId)),
    tags: entries.map(({ tags }) => (tags.length === 0 ? NO_TAGS : tags.map(once))),
    isReplaced: entries.map(({ isReplaced = false }) => isReplaced),
  }
}

/** Yields, for each place from the fifth on, the bit of the five characters that end there. */
function* gramBits(text: string): Generator<number> {
  let last = 0
  for (let at = 0; at < text.length; at++) {
    // Six bits per character: after five more, a character has been shifted out of the thirty bits kept.
    last = ((last << 6) ^ text.charCodeAt(at)) & 0x3fffffff
    if (at >= GRAM - 1) yield Math.imul(last, 0x9e3779b1) >>> (32 - GRAM_BITS)
  }
}

function gramsOf(text: string): Uint8Array {
  const grams = new Uint8Array(2 ** GRAM_BITS / 8)
  for (const bit of gramBits(text)) grams[bit >> 3]! |= 1 << (bit & 7)
  return grams
}

const mayHold = ({ grams }: IndexSegment, bits: readonly number[]): boolean =>
  bits.every((bit) => (grams[bit >> 3]! & (1 << (bit & 7))) !== 0)

function firstLine(text: string): string {
  const end = text.indexOf('\n')
  return end < 0 ? text : text.slice(0, end)
}

export function catalogueIndex(segments: readonly IndexSegment[]): CatalogueIndex {
  return { segments, hidden: new Set(), orders: new Map() }
}

/** Returns the index with some segments replaced or appended; sort orders are updated, not rebuilt. */
export function withSegments(
  index: CatalogueIndex,
  changed: ReadonlyMap<number, IndexSegment>,
): CatalogueIndex {
  const segments = [...index.segments]
  for (const [number, segment] of changed) segments[number] = segment
  const next = catalogueIndex(segments)
  const isChanged = (position: number): boolean => changed.has(Math.floor(position / SEGMENT_ENTRIES))
  for (const position of index.hidden) if (!isChanged(position)) next.hidden.add(position)
  const positions = [...changed.keys()].flatMap((number) => positionsIn(next, number))
  for (const [sort, order] of index.orders) {
    const moved = Uint32Array.from(positions).sort(comparison(next, sort))
    next.orders.set(
      sort,
      merged(
        next,
        sort,
        order.filter((position) => !isChanged(position)),
        moved,
      ),
    )
  }
  return next
}

function positionsIn({ segments }: CatalogueIndex, number: number): number[] {
  return segments[number]!.ids.map((_id, at) => number * SEGMENT_ENTRIES + at)
}

function merged(
  index: CatalogueIndex,
  sort: CertificateSort,
  kept: Uint32Array,
  moved: Uint32Array,
): Uint32Array {
  const compare = comparison(index, sort)
  const all = new Uint32Array(kept.length + moved.length)
  let [at, from] = [0, 0]
  for (const position of kept) {
    while (from < moved.length && compare(moved[from]!, position) < 0) all[at++] = moved[from++]!
    all[at++] = position
  }
  all.set(moved.subarray(from), at)
  return all
}

/** Returns the number of certificates. */
export function countOf({ segments, hidden }: CatalogueIndex): number {
  return segments.reduce((sum, { ids }) => sum + ids.length, 0) - hidden.size
}

export function idAt({ segments }: CatalogueIndex, position: number): string {
  return segments[Math.floor(position / SEGMENT_ENTRIES)]!.ids[position % SEGMENT_ENTRIES]!
}

/** Returns every id's position. */
export function positionsOf(index: CatalogueIndex): ReadonlyMap<string, number> {
  const positions = new Map<string, number>()
  for (const number of index.segments.keys())
    for (const position of positionsIn(index, number)) positions.set(idAt(index, position), position)
  return positions
}

/** Returns the positions of all matches in the requested order; `now` decides which have expired. */
export function matchingPositions(index: CatalogueIndex, query: CertificateMatch, now: number): Uint32Array {
  const { sort = 'createdAt', descending = false } = query
  const found = positionsThat(index, query, now)
  const isFew = found.length * 16 < countOf(index)
  const ordered = isFew
    ? Uint32Array.from(found).sort(comparison(index, sort))
    : filteredOrder(orderBy(index, sort), found)
  return descending ? ordered.reverse() : ordered
}

/** A copy, because the order itself is kept for the next query. */
function filteredOrder(order: Uint32Array, found: readonly number[]): Uint32Array {
  if (found.length === order.length) return order.slice()
  const isFound = new Uint8Array(order.length)
  for (const position of found) isFound[position] = 1
  return order.filter((position) => isFound[position] === 1)
}

function orderBy(index: CatalogueIndex, sort: CertificateSort): Uint32Array {
  const known = index.orders.get(sort)
  if (known) return known
  const count = countOf(index) + index.hidden.size
  const order = Uint32Array.from({ length: count }, (_, position) => position)
  const compare = comparison(index, sort)
  // Certificates are mostly stored in the order they are made; then there is nothing to sort.
  if (order.some((position) => position > 0 && compare(position - 1, position) > 0)) order.sort(compare)
  index.orders.set(sort, order)
  return order
}

const KEYS: Record<CertificateSort, (segment: IndexSegment, at: number) => number | string> = {
  createdAt: ({ createdAt }, at) => createdAt[at]!,
  notBefore: ({ notBefore }, at) => notBefore[at]!,
  notAfter: ({ notAfter }, at) => notAfter[at]!,
  commonName: ({ names }, at) => names[at]!,
  serialNumber: ({ serialNumbers }, at) => serialNumbers[at]!,
  profileId: ({ profileId }, at) => profileId[at]!,
}

/** Compares by key, then by position. */
function comparison({ segments }: CatalogueIndex, sort: CertificateSort) {
  const key = KEYS[sort]
  const keyAt = (position: number): number | string =>
    key(segments[Math.floor(position / SEGMENT_ENTRIES)]!, position % SEGMENT_ENTRIES)
  return (one: number, other: number): number => {
    const [a, b] = [keyAt(one), keyAt(other)]
    return a < b ? -1 : a > b ? 1 : one - other
  }
}

function positionsThat(index: CatalogueIndex, query: CertificateMatch, now: number): number[] {
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  // The longest word is usually the rarest.
  const [first, ...others] = words.sort((one, other) => other.length - one.length)
  const bits = words.flatMap((word) => [...gramBits(word)])
  const only = query.ids && new Set(query.ids)
  const found: number[] = []
  for (const [number, segment] of index.segments.entries()) {
    if (!mayHold(segment, bits)) continue
    const isWanted = filterOf(segment, query, now)
    const base = number * SEGMENT_ENTRIES
    for (const at of candidates(segment, first)) {
      if (index.hidden.has(base + at) || only?.has(segment.ids[at]!) === false || !isWanted(at)) continue
      if (others.length > 0 && !hasAll(segment, at, others)) continue
      found.push(base + at)
    }
  }
  return found
}

/** Yields the entries whose text has the word; searches the whole text at once. */
function* candidates({ ids, text, starts }: IndexSegment, word: string | undefined): Generator<number> {
  if (word === undefined) return yield* ids.keys()
  let at = 0
  for (let hit = text.indexOf(word); hit >= 0; hit = text.indexOf(word, starts[at])) {
    at = entryAt(starts, hit, at)
    yield at++
  }
}

/** Returns the entry that `place` is in, not before `from`: starts[entry] ≤ place < starts[entry + 1]. */
function entryAt(starts: Uint32Array, place: number, from: number): number {
  let [low, high] = [from, starts.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= place) low = middle
    else high = middle - 1
  }
  return low
}

function hasAll({ text, starts }: IndexSegment, at: number, words: readonly string[]): boolean {
  const own = text.slice(starts[at], starts[at + 1])
  return words.every((word) => own.includes(word))
}

/** Returns a predicate for everything in the query but the words. */
function filterOf(segment: IndexSegment, query: CertificateMatch, now: number): (at: number) => boolean {
  const { authorityId, within, ends, state, profileId, tag, holding } = query
  const { status, notAfter, isReplaced } = segment
  const tests: ((at: number) => boolean)[] = []
  if (authorityId !== undefined)
    tests.push((at) => segment.authorityId[at] === authorityId && segment.ownAuthorityId[at] !== authorityId)
  if (within !== undefined)
    tests.push(
      (at) =>
        status[at] !== 'revoked' &&
        !isReplaced[at]! &&
        notAfter[at]! >= now &&
        notAfter[at]! < now + within * DAY,
    )
  if (ends !== undefined) {
    const month = monthNumber(Date.parse(`${ends}-01`))
    tests.push((at) => status[at] !== 'revoked' && monthNumber(notAfter[at]!) === month)
  }
  if (state !== undefined) tests.push((at) => stateAt(segment, at, { now, holding }) === state)
  if (profileId !== undefined) tests.push((at) => segment.profileId[at] === profileId)
  if (tag !== undefined) tests.push((at) => segment.tags[at]!.includes(tag))
  return (at) => tests.every((test) => test(at))
}

function stateAt(
  { status, notBefore, notAfter, authorityId, ownAuthorityId }: IndexSegment,
  at: number,
  { now, holding }: { now: number; holding: ReadonlySet<string> | undefined },
): CertificateState {
  if (status[at] !== 'good') return status[at]!
  if (notAfter[at]! < now) return 'expired'
  if (notBefore[at]! > now) return 'future'
  const issuer = authorityId[at] ?? null
  const isOwn = issuer !== null && issuer === ownAuthorityId[at]
  return issuer === null || isOwn || !holding || holding.has(issuer) ? 'good' : 'broken'
}

/** Returns the profiles and tags that occur, in alphabetical order. */
export function facetsOf({ segments }: CatalogueIndex): { profileIds: string[]; tags: string[] } {
  const [profileIds, tags] = [new Set<string>(), new Set<string>()]
  for (const segment of segments) {
    for (const profileId of segment.profileId) profileIds.add(profileId)
    for (const own of segment.tags) for (const tag of own) tags.add(tag)
  }
  return { profileIds: [...profileIds].sort(), tags: [...tags].sort() }
}
