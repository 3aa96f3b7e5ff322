import { CodedError } from '../errors.ts'

/** What a container from outside may ask of this device before it is opened. */
export interface ContainerLimits {
  /** Octets of one container. */
  readonly size: number
  /** Constructed values within one another. */
  readonly depth: number
  /** Values in all. */
  readonly count: number
  /** Iterations of password hashing for each block of each key, all derivations of one container together. */
  readonly iterations: number
}

/**
 * Tools write 2,048 (OpenSSL) to 1,000,000 iterations, twice or three times in one file; ten million in one
 * derivation would hold a slow device for most of a minute.
 */
export const CONTAINER_LIMITS: ContainerLimits = {
  size: 64 * 1024 * 1024,
  depth: 64,
  count: 2_000_000,
  iterations: 8_000_000,
}

/** What archives may make of themselves. */
export interface ArchiveLimits {
  /** Octets of all that is unpacked, what lies within archives in archives counted each time. */
  readonly size: number
  /** Octets of one file. */
  readonly one: number
  /** How many times its size something may become; what stays below `ratioFrom` octets may be anything. */
  readonly ratio: number
  readonly ratioFrom: number
  /** Entries in all. */
  readonly entries: number
  /** Archives within one another, what is packed as a whole counted as one. */
  readonly depth: number
}

/** Certificates pack to half or worse, lists of text perhaps to a tenth; a CA's folder is the largest of archives. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  size: 500_000_000,
  one: 128 * 1024 * 1024,
  ratio: 100,
  ratioFrom: 32 * 1024 * 1024,
  entries: 250_000,
  depth: 6,
}

/** Counts what is unpacked, and refuses before it is done. */
export class Unpacking {
  readonly breathe: () => Promise<void>
  readonly limits: ArchiveLimits
  #size = 0
  #entries = 0

  constructor(breathe: () => Promise<void>, limits: ArchiveLimits = ARCHIVE_LIMITS) {
    this.breathe = breathe
    this.limits = limits
  }

  /** Takes so many octets off; throws archive-ratio, archive-too-large where they are too many of what was packed. */
  spend(packed: number, size: number): void {
    if (size > this.mostOf(packed)) throw this.beyond(packed)
    this.#size += size
  }

  /** How many octets so many may become. */
  mostOf(packed: number): number {
    return Math.min(this.limits.size - this.#size, this.limits.one, this.#mostByRatio(packed))
  }

  /** Says which limit it was. */
  beyond(packed: number): CodedError {
    const { ratio, one, size } = this.limits
    const most = this.mostOf(packed)
    if (most === size - this.#size) return new CodedError('archives-too-large', { limit: size })
    return most === one
      ? new CodedError('archive-too-large', { limit: one })
      : new CodedError('archive-ratio', { limit: ratio })
  }

  #mostByRatio(packed: number): number {
    return Math.max(this.limits.ratioFrom, this.limits.ratio * packed)
  }

  /** One more entry; throws archive-too-many. */
  count(): void {
    if (this.#entries >= this.limits.entries)
      throw new CodedError('archive-too-many', { limit: this.limits.entries })
    this.#entries += 1
  }
}

/** Names the container in errors. */
export type ContainerFormat = 'PKCS#8' | 'PKCS#12' | 'PKCS#7' | 'PEM key' | 'JKS' | 'JWK'

/** Counts the iterations a container asks for, and refuses before any work is done. */
export class Work {
  readonly format: ContainerFormat
  readonly #limit: number
  #spent = 0

  constructor(format: ContainerFormat, limits: ContainerLimits = CONTAINER_LIMITS) {
    this.format = format
    this.#limit = limits.iterations
  }

  /** Iterations of all that was seen so far. */
  get spent(): number {
    return this.#spent
  }

  /** Throws container-iterations-too-many where this derivation would pass the limit, container-structure for none. */
  spend(iterations: number): void {
    if (iterations < 1)
      throw new CodedError('container-structure', { format: this.format, part: 'iterationCount' })
    if (this.#spent + iterations > this.#limit)
      throw new CodedError('container-iterations-too-many', {
        format: this.format,
        iterations: this.#spent + iterations,
        limit: this.#limit,
      })
    this.#spent += iterations
  }

  /** Whether another attempt of so many iterations stays within the limit as well; it is counted if so. */
  affords(iterations: number): boolean {
    if (this.#spent + iterations > this.#limit) return false
    this.#spent += iterations
    return true
  }
}

/** The first of several forms of one password, and of the others those that are affordable at this price each. */
export function affordable<T>(forms: readonly T[], work: Work, price: number): T[] {
  return forms.filter((_form, index) => index === 0 || work.affords(price))
}
