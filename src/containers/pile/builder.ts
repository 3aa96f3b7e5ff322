import { CodedError, type ErrorCode, type ErrorDetails, type ForeignFormat } from '../../errors.ts'
import { costOf, derive as deriveHere, type Derive } from '../derivation.ts'
import { ARCHIVE_LIMITS, CONTAINER_LIMITS, type ArchiveLimits, type ContainerLimits } from '../limits.ts'
import type { Pile, PileFile, PileItem, PileNotice, PileProblem, Source, StatusKind } from './items.ts'

export interface PileOptions {
  /** Passwords tried on every container in turn; then, if that is cheap, an empty one on PKCS#12. */
  readonly passwords?: readonly string[]
  /** 'match': only the public half of a private key is kept. 'keep': for importing keys. */
  readonly privateKeys?: 'match' | 'keep'
  readonly limits?: PileLimits
  /** Called for each file, including those in archives: true if the caller handles it, so that it is not read here. */
  readonly take?: (file: PileFile) => boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: PileProgress) => void
  /** Derives the keys of containers; by default this thread. */
  readonly derive?: Derive
}

export interface PileProgress {
  /** Octets. */
  readonly done: number
  readonly total: number
  readonly items: number
  /** Set during a slow key derivation. */
  readonly deriving: { readonly file: string; readonly rounds: number } | null
}

export interface PileLimits {
  /** Total size of all files in octets. */
  readonly size: number
  /** Total number of objects. */
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

/** More problems than anyone reads; the last one says that there were more. */
const MOST_PROBLEMS = 10_000
/** Milliseconds between two progress reports, and between two yields to the event loop. */
const REPORT_EVERY = 20
/** Rounds of password hashing that take noticeable time. */
const FELT_ROUNDS = 20_000

/** Nesting depth of containers: a signed profile that holds a bundle has two. */
const DEEPEST = 6

/** Reads octets of any kind into the pile. */
type ReadOctets = (bytes: Uint8Array, source: Source) => Promise<void>

/** Collects what is found; enforces limits, reports progress, and yields so that a cancel can arrive. */
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

  /**
   * Reads the content of a container as if it were a file. Throws CodedErrors, and pile-too-deep if the nesting is too
   * deep.
   */
  async readWithin(bytes: Uint8Array, source: Source): Promise<void> {
    if (source.within.length > DEEPEST) throw new CodedError('pile-too-deep', { limit: DEEPEST })
    await this.#readWithin(bytes, source)
  }

  get found(): number {
    return this.items.length + this.problems.length
  }

  /** Charges one file's octets to the budget; throws pile-too-large. */
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
   * Runs `read`; a CodedError becomes a problem at `source`, and so does any other error, from the engine or from a bug
   * of ours: one block never affects the others. Rejects only with the signal's reason. `status`: the kind of status it
   * would have held.
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

  /**
   * Reads a source of revocation status: if that fails, the problem records it. Throws anything that is not a
   * CodedError.
   */
  status(kind: StatusKind, source: Source, read: () => void): void {
    try {
      read()
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
      this.problem(error.code, error.detail, source, kind)
    }
  }

  /** Derives keys for the item at `source`, and reports progress. */
  derive({ file }: Source): Derive {
    const work = this.options.derive ?? ((of) => deriveHere(of, this.options.signal))
    return async (derivation) => {
      this.options.signal?.throwIfAborted()
      const rounds = costOf(derivation)
      if (rounds >= FELT_ROUNDS) this.#report(0, { file, rounds })
      return work(derivation)
    }
  }

  /** The curve in an EC PARAMETERS block, for a following key that does not name its own. */
  noteCurve(der: Uint8Array, { file }: Source): void {
    this.#curve = { file, der }
  }

  curveFor({ file }: Source): Uint8Array | null {
    return this.#curve?.file === file ? this.#curve.der : null
  }

  /** Something not read that may accompany other content: reported only if the file holds nothing else. */
  noteForeign(format: ForeignFormat, source: Source): void {
    if (this.#foreign?.source.file !== source.file) this.#foreign = { format, source }
  }

  foreignIn(file: string): { readonly format: ForeignFormat; readonly source: Source } | null {
    return this.#foreign?.source.file === file ? this.#foreign : null
  }

  doneWith(octets: number): void {
    this.#done += octets
    // With ten thousand small files, nobody sees each one.
    const now = performance.now()
    if (this.#done < this.#total && now - this.#lastReport < REPORT_EVERY) return
    this.#lastReport = now
    this.#report(0)
  }

  /** Yields so that a cancel can arrive, at most every few milliseconds. */
  async breathe(within = 0): Promise<void> {
    if (performance.now() - this.#lastBreath < REPORT_EVERY) return
    this.#report(within)
    await new Promise((resolve) => setTimeout(resolve))
    this.options.signal?.throwIfAborted()
    this.#lastBreath = performance.now()
  }

  #report(within: number, deriving: PileProgress['deriving'] = null): void {
    const items = this.items.length
    // Unpacked content may be longer than the input.
    const done = Math.min(this.#done + within, this.#total)
    this.options.onProgress?.({ done, total: this.#total, items, deriving })
  }
}
