/** Reads the vault's catalogue on first use and brings it up to date with later writes. */
import {
  certificateMark,
  openCatalogue,
  readSegments,
  replaceCatalogue,
  SEGMENT_ENTRIES,
  segmentCount,
  stampOf,
} from '../../vault/catalogue.ts'
import { recordBatches, requireReadable } from '../../vault/reading.ts'
import type { Catalogue, CatalogueEntry, RecordProblem, StoreMark } from '../../vault/shapes.ts'
import type { Vault } from '../../vault/vault.ts'
import { isSameMark, sumMark } from '../../vault/head.ts'
import { emptySum, plus } from '../../vault/records.ts'
import { sumProblem } from '../../vault/check.ts'
import { CodedError } from '../../errors.ts'
import { isEqual } from '../../webcrypto/seal.ts'
import {
  catalogueIndex,
  facetsOf,
  idAt,
  indexSegment,
  matchingPositions,
  positionsOf,
  withSegments,
  type CatalogueIndex,
  type CertificateMatch,
  type IndexSegment,
} from './index.ts'
import { entryOf } from '../shared/facts.ts'
import type { CertificateQuery } from '../../border/views.ts'

export interface CatalogueOptions {
  vault: () => Vault
  report: (problem: RecordProblem) => void
}

interface Known {
  /** Null if it was built in memory alone and must be rebuilt after any write. */
  readonly catalogue: Catalogue | null
  readonly index: CatalogueIndex
  /** The certificates it describes; null if it was built from records that are not those the head was sealed over. */
  readonly mark: StoreMark | null
}

/** Segments read from the end for the first rows; if these do not suffice, all are read. */
const LAST_SEGMENTS = 3
const ATTEMPTS = 3

export class CatalogueReader {
  readonly #options: CatalogueOptions
  #known: Promise<Known> | null = null
  #isStale = false
  /** Incremented each time the index is dropped. */
  #generation = 0
  /** For the current index, built on first use. */
  #positions: { index: CatalogueIndex; map: ReadonlyMap<string, number> } | null = null
  /** Interned ids, authorities and profiles, which recur. */
  #words = new Map<string, string>()

  constructor(options: CatalogueOptions) {
    this.#options = options
  }

  forget(): void {
    this.#generation++
    this.#known = null
    this.#positions = null
    this.#words = new Map()
    this.#isStale = false
  }

  changed(): void {
    this.#isStale = true
  }

  async page(
    query: CertificateQuery & CertificateMatch,
    now: number,
  ): Promise<{ total: number; ids: string[] }> {
    const { offset, limit } = query
    const newest = this.#known === null && asksForNewest(query) ? await this.#newest(offset + limit) : null
    if (newest) return { total: newest.total, ids: newest.ids.slice(offset) }
    const index = await this.#all()
    const positions = matchingPositions(index, query, now)
    const ids = Array.from(positions.subarray(offset, offset + limit), (position) => idAt(index, position))
    return { total: positions.length, ids }
  }

  /** Reads the whole catalogue when idle, so that the next query, most likely a search, finds it read. */
  readSoon(): void {
    if (this.#known !== null) return
    const generation = this.#generation
    setTimeout(() => {
      // If it has been dropped meanwhile, nobody is waiting for it: don't start again.
      if (generation === this.#generation) void this.#current().catch(() => undefined)
    }, 0)
  }

  async matching(query: CertificateMatch, now: number): Promise<string[]> {
    const index = await this.#all()
    return Array.from(matchingPositions(index, query, now), (position) => idAt(index, position))
  }

  /** Answers a question that needs no record. */
  async ask<T>(question: (index: CatalogueIndex) => T): Promise<T> {
    return question(await this.#all())
  }

  /**
   * As ask(), of the certificates as they are stored now, with their mark: for what is signed. Rejects with
   * 'store-changed' if a record was put back, changed or removed, so that an answer might lack a revocation.
   */
  async askWhole<T>(question: (index: CatalogueIndex, mark: StoreMark) => T): Promise<T> {
    await this.#options.vault().requireOpen()
    // Another tab may have stored a revocation a moment ago.
    this.changed()
    const { index, mark } = await this.#now()
    if (!mark) throw new CodedError('store-changed', { store: 'certificates' })
    return question(index, mark)
  }

  async facets(): Promise<{ profileIds: string[]; tags: string[] }> {
    return facetsOf(await this.#all())
  }

  /** Returns the segment of each of these ids that is present. */
  async segmentsOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map()
    const positions = this.#positionsIn(await this.#all())
    return new Map(
      ids.flatMap((id) => {
        const position = positions.get(id)
        return position === undefined ? [] : [[id, Math.floor(position / SEGMENT_ENTRIES)]]
      }),
    )
  }

  /** Returns those that are present, in the order they were stored. */
  async inOrder(ids: readonly string[]): Promise<string[]> {
    const index = await this.#all()
    const positions = this.#positionsIn(index)
    const found = Uint32Array.from(ids.flatMap((id) => positions.get(id) ?? []))
    return Array.from(found.sort(), (position) => idAt(index, position))
  }

  /** Leaves these out from now on. */
  async hide(ids: readonly string[]): Promise<void> {
    const index = await this.#all()
    const positions = this.#positionsIn(index)
    for (const id of ids) {
      const position = positions.get(id)
      if (position !== undefined) index.hidden.add(position)
    }
  }

  #positionsIn(index: CatalogueIndex): ReadonlyMap<string, number> {
    if (this.#positions?.index !== index) this.#positions = { index, map: positionsOf(index) }
    return this.#positions.map
  }

  /** Returns the current catalogue. Always checked: a vault locked since must not answer from memory. */
  async #all(): Promise<CatalogueIndex> {
    return (await this.#now()).index
  }

  async #now(): Promise<Known> {
    for (;;) {
      await requireReadable(this.#options.vault())
      const generation = this.#generation
      const known = await this.#current().catch((error: unknown) => {
        if (generation === this.#generation) throw error
        return null
      })
      // Locked, or another vault opened, during the read: try again.
      if (known && generation === this.#generation) return known
    }
  }

  #current(): Promise<Known> {
    if (this.#known !== null && !this.#isStale) return this.#known
    const before = this.#known
    this.#isStale = false
    const reading = before === null ? this.#read() : before.then((known) => this.#renew(known))
    this.#known = reading
    reading.catch(() => {
      if (this.#known === reading) this.#known = null
    })
    return reading
  }

  async #read(): Promise<Known> {
    const vault = this.#options.vault()
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const catalogue = await openCatalogue(vault)
      if (!catalogue) break
      const segments = await this.#segments(vault, catalogue, upTo(segmentCount(catalogue)))
      if (segments) return knownOf(catalogue, catalogueIndex([...segments.values()]))
    }
    return this.#makeAnew(vault)
  }

  /** Reads the segments written since; what was hidden in the others stays hidden. */
  async #renew({ catalogue: before, index }: Known): Promise<Known> {
    const vault = this.#options.vault()
    const catalogue = before && (await openCatalogue(vault))
    if (!before || !catalogue) return this.#read()
    const changed = upTo(segmentCount(catalogue)).filter(
      (number) => !isEqual(stampOf(before, number), stampOf(catalogue, number)),
    )
    if (changed.length === 0) return knownOf(catalogue, index)
    const segments = await this.#segments(vault, catalogue, changed)
    return segments ? knownOf(catalogue, withSegments(index, segments)) : this.#read()
  }

  async #segments(
    vault: Vault,
    catalogue: Catalogue,
    numbers: readonly number[],
  ): Promise<Map<number, IndexSegment> | null> {
    const generation = this.#generation
    const read = await readSegments(vault, catalogue, numbers, (entries) => {
      if (generation !== this.#generation) throw new Error('forgotten while it was read')
      return indexSegment(entries, this.#words)
    })
    return read && new Map(read.map((segment, at) => [numbers[at]!, segment]))
  }

  /** Returns the newest `count` from the last segments alone; null if these may not hold them all. */
  async #newest(count: number): Promise<{ total: number; ids: string[] } | null> {
    const vault = this.#options.vault()
    await requireReadable(vault)
    const catalogue = await openCatalogue(vault)
    if (!catalogue) return null
    const length = segmentCount(catalogue)
    const first = Math.max(0, length - LAST_SEGMENTS)
    const numbers = upTo(length).slice(first)
    const read = await readSegments(vault, catalogue, numbers, (entries) => entries)
    if (!read) return null
    const others = catalogue.newest.slice(0, first).reduce((one, other) => Math.max(one, other), -Infinity)
    // The later of two at the same moment comes first: the order is time, then position, both reversed.
    const entries = read
      .flat()
      .reverse()
      .sort((one, other) => other.createdAt - one.createdAt)
      .slice(0, count)
    const isWhole = first === 0 || (entries.length === count && entries.at(-1)!.createdAt >= others)
    if (!isWhole) return null
    return { total: catalogue.certificates.count, ids: entries.map(({ id }) => id) }
  }

  /** Rebuilds from the records: for a vault older than the catalogue, a restored vault, or a changed catalogue. */
  async #makeAnew(vault: Vault): Promise<Known> {
    for (let attempt = 1; ; attempt++) {
      const { entries, isSound, sum, before, after } = await this.#entriesOf(vault)
      const { opened } = vault
      const isQuiet = before !== null && after !== null && isSameMark(before, after)
      // Another tab wrote while they were read.
      if (opened && !isQuiet && attempt < ATTEMPTS) continue
      const inMemory = { catalogue: null, index: catalogueIndex(segmentsOf(entries, this.#words)) }
      if (!opened || !isQuiet || !isSound) return { ...inMemory, mark: null }
      if (!isSameMark(await sumMark(opened.keys, sum), after)) {
        this.#options.report(sumProblem('certificates', sum.count, after.count))
        return { ...inMemory, mark: null }
      }
      await replaceCatalogue(opened, after, entries)
      const catalogue = await openCatalogue(vault)
      const segments = catalogue && (await this.#segments(vault, catalogue, upTo(segmentCount(catalogue))))
      if (catalogue && segments) return knownOf(catalogue, catalogueIndex([...segments.values()]))
      return { ...inMemory, mark: after }
    }
  }

  /** Returns the entries of all records that can be read, and the marks of the certificates before and after. */
  async #entriesOf(vault: Vault) {
    const before = await certificateMark(vault)
    const entries: CatalogueEntry[] = []
    let isSound = true
    let sum = emptySum()
    const batches = recordBatches(
      vault,
      'certificates',
      (problem) => {
        isSound = false
        this.#options.report(problem)
      },
      (weight) => (sum = { count: sum.count + 1, sum: plus(sum.sum, weight) }),
    )
    for await (const batch of batches)
      entries.push(...(await Promise.all(batch.map(({ id, value }) => entryOf(id, value)))))
    entries.sort((one, other) => one.createdAt - other.createdAt)
    return { entries, isSound, sum, before, after: await certificateMark(vault) }
  }
}

const knownOf = (catalogue: Catalogue, index: CatalogueIndex): Known => ({
  catalogue,
  index,
  mark: catalogue.certificates,
})

const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number)

function segmentsOf(entries: readonly CatalogueEntry[], words: Map<string, string>): IndexSegment[] {
  const segments: IndexSegment[] = []
  for (let from = 0; from < entries.length; from += SEGMENT_ENTRIES)
    segments.push(indexSegment(entries.slice(from, from + SEGMENT_ENTRIES), words))
  return segments
}

/** Returns true for a query for the newest, without filters, near the top. */
function asksForNewest({ offset, limit, ...query }: CertificateQuery): boolean {
  const { sort = 'createdAt', descending = false, search = '', ...filters } = query
  const isNearTop = offset + limit <= (LAST_SEGMENTS - 1) * SEGMENT_ENTRIES
  const hasFilter = Object.keys(filters).length > 0
  return isNearTop && sort === 'createdAt' && descending && search.trim() === '' && !hasFilter
}
