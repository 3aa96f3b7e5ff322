import { CodedError, type ErrorCode, type ErrorDetails, type ForeignFormat } from '../../errors.ts'
import { costOf, derive as deriveHere, type Derive } from '../derivation.ts'
import { ARCHIVE_LIMITS, CONTAINER_LIMITS, type ArchiveLimits, type ContainerLimits } from '../limits.ts'
import type { Pile, PileFile, PileItem, PileNotice, PileProblem, Source, StatusKind } from './items.ts'

export interface PileOptions {
  /** Tried on every container in turn; then, where that costs little, an empty one on PKCS#12. */
  readonly passwords?: readonly string[]
  /** 'match': of a private key only the public half is kept. 'keep': for bringing keys in. */
  readonly privateKeys?: 'match' | 'keep'
  readonly limits?: PileLimits
  /** Asked of each file, also of those in archives: true where the caller takes it, and it is not read here. */
  readonly take?: (file: PileFile) => boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: PileProgress) => void
  /** Who works out the keys of containers; by default this thread. */
  readonly derive?: Derive
}

export interface PileProgress {
  /** Octets. */
  readonly done: number
  readonly total: number
  readonly items: number
  /** Set while a key is worked out that takes its time. */
  readonly deriving: { readonly file: string; readonly rounds: number } | null
}

export interface PileLimits {
  /** Octets of all files together. */
  readonly size: number
  /** Objects in all. */
  readonly items: number
  readonly container: ContainerLimits
  readonly archive?: ArchiveLimits
}

/** 100 MB is ten times the largest bundle in use; the count is that of a large CA's folder. */
export const PILE_LIMITS: PileLimits = {
  size: 128 * 1024 * 1024,
  items: 250_000,
  container: CONTAINER_LIMITS,
  archive: ARCHIVE_LIMITS,
}

/** More than that nobody reads; the last one says that there were more. */
const MOST_PROBLEMS = 10_000
/** Milliseconds between two reports, and between two breaths. */
const REPORT_EVERY = 20
/** Rounds of password hashing that are felt. */
const FELT_ROUNDS = 20_000

/** Containers within one another: a signed profile that holds a bundle has two. */
const DEEPEST = 6

/** Reads octets of any kind into the pile. */
type ReadOctets = (bytes: Uint8Array, source: Source) => Promise<void>

/** Collects, and knows when to breathe, when to stop, and when the pile is full. */
export class PileBuilder implements Pile {
  readonly items: PileItem[] = []
  readonly problems: PileProblem[] = []
  readonly notices: PileNotice[] = []
  readonly closed: PileFile[] = []
  readonly options: PileOptions
  readonly limits: PileLimits
  readonly #total: number
  readonly #readWithin: ReadOctets
  #done = 0
  #left: number
  #lastBreath = performance.now()
  #lastReport = 0
  #curve: { readonly file: string; readonly der: Uint8Array } | null = null
  #foreign: { readonly format: ForeignFormat; readonly source: Source } | null = null

  constructor(options: PileOptions, total: number, readWithin: ReadOctets) {
    this.options = options
    this.#readWithin = readWithin
    this.limits = options.limits ?? PILE_LIMITS
    this.#total = total
    this.#left = this.limits.size
  }

  /** Reads what a container carried, as if it were a file. Throws CodedErrors, and pile-too-deep where that goes on and on. */
  async readWithin(bytes: Uint8Array, source: Source): Promise<void> {
    if (source.within.length > DEEPEST) throw new CodedError('pile-too-deep', { limit: DEEPEST })
    await this.#readWithin(bytes, source)
  }

  get found(): number {
    return this.items.length + this.problems.length
  }

  /** Takes the octets of one file off the budget; throws pile-too-large. */
  spend(octets: number): void {
    if (octets > this.#left)
      throw new CodedError('pile-too-large', { size: this.#total, limit: this.limits.size })
    this.#left -= octets
  }

  item(item: PileItem): void {
    if (this.items.length >= this.limits.items)
      throw new CodedError('pile-too-many', { limit: this.limits.items })
    this.items.push(item)
  }

  problem<C extends ErrorCode>(code: C, detail: ErrorDetails[C], source: Source, status?: StatusKind): void {
    if (this.problems.length < MOST_PROBLEMS)
      this.problems.push({ code, detail, source, ...(status ? { status } : {}) } as PileProblem)
    else if (this.problems.length === MOST_PROBLEMS)
      this.problems.push({ code: 'pile-too-many', detail: { limit: MOST_PROBLEMS }, source })
  }

  notice(code: PileNotice['code'], source: Source): void {
    this.notices.push({ code, source })
  }

  /**
   * Runs `read`; a CodedError becomes a problem at `source`, and so does what the engine or a fault of ours throws: one
   * block never takes the others with it. Rejects only with the signal's reason. `status`: what it would have told.
   */
  async guard(source: Source, read: () => unknown, status?: StatusKind): Promise<void> {
    try {
      await read()
    } catch (error) {
      this.options.signal?.throwIfAborted()
      if (error instanceof CodedError) this.problem(error.code, error.detail, source, status)
      else {
        const reason = error instanceof Error ? error.name : 'unknown'
        this.problem('pile-block-failed', { reason }, source, status)
      }
    }
  }

  /** Reads what tells who is revoked: that it could not be is known by its problem. Throws what is no CodedError. */
  status(kind: StatusKind, source: Source, read: () => void): void {
    try {
      read()
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
      this.problem(error.code, error.detail, source, kind)
    }
  }

  /** Derives keys for what stands at `source`, and tells who watches. */
  derive({ file }: Source): Derive {
    const work = this.options.derive ?? ((of) => deriveHere(of, this.options.signal))
    return async (derivation) => {
      this.options.signal?.throwIfAborted()
      const rounds = costOf(derivation)
      if (rounds >= FELT_ROUNDS) this.#report(0, { file, rounds })
      return work(derivation)
    }
  }

  /** The curve in an EC PARAMETERS block, for a key after it that does not name its own. */
  noteCurve(der: Uint8Array, { file }: Source): void {
    this.#curve = { file, der }
  }

  curveFor({ file }: Source): Uint8Array | null {
    return this.#curve?.file === file ? this.#curve.der : null
  }

  /** What is not read and may stand beside what is: it is told where it is all that there is in a file. */
  noteForeign(format: ForeignFormat, source: Source): void {
    if (this.#foreign?.source.file !== source.file) this.#foreign = { format, source }
  }

  foreignIn(file: string): { readonly format: ForeignFormat; readonly source: Source } | null {
    return this.#foreign?.source.file === file ? this.#foreign : null
  }

  doneWith(octets: number): void {
    this.#done += octets
    // Of ten thousand small files nobody sees each.
    const now = performance.now()
    if (this.#done < this.#total && now - this.#lastReport < REPORT_EVERY) return
    this.#lastReport = now
    this.#report(0)
  }

  /** Lets the worker hear a cancellation, at most every few milliseconds. */
  async breathe(within = 0): Promise<void> {
    if (performance.now() - this.#lastBreath < REPORT_EVERY) return
    this.#report(within)
    await new Promise((resolve) => setTimeout(resolve))
    this.options.signal?.throwIfAborted()
    this.#lastBreath = performance.now()
  }

  #report(within: number, deriving: PileProgress['deriving'] = null): void {
    const items = this.items.length
    // What is unpacked may be longer than what was given.
    const done = Math.min(this.#done + within, this.#total)
    this.options.onProgress?.({ done, total: this.#total, items, deriving })
  }
}
