import { CodedError } from '../errors.ts'

/** Limits on what a container from outside may cost before it is opened. */
export interface ContainerLimits {
  /** Size of one container in octets. */
  readonly size: number
  /** Nesting depth of constructed values. */
  readonly depth: number
  /** Total number of values. */
  readonly count: number
  /** Iterations of password hashing per block of each key, summed over all derivations of a container. */
  readonly iterations: number
}

/**
 * Tools write 2,048 (OpenSSL) to 1,000,000 iterations, two or three times in one file; ten million in one derivation
 * would keep a slow device busy for most of a minute.
 */
export const CONTAINER_LIMITS: ContainerLimits = {
  size: 64 * 1024 * 1024,
  depth: 64,
  count: 2_000_000,
  iterations: 8_000_000,
}

/** Limits on the output of archives. */
export interface ArchiveLimits {
  /** Total octets unpacked; the content of nested archives counts at each level. */
  readonly size: number
  /** Octets of one file. */
  readonly one: number
  /** Maximum expansion ratio; anything below `ratioFrom` octets is exempt. */
  readonly ratio: number
  readonly ratioFrom: number
  /** Total number of entries. */
  readonly entries: number
  /** Nesting depth of archives; a compressed archive counts as one. */
  readonly depth: number
}

/**
 * Certificates compress to half their size or more, text lists perhaps to a tenth; the largest archives are CAs'
 * folders.
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  size: 500_000_000,
  one: 128 * 1024 * 1024,
  ratio: 100,
  ratioFrom: 32 * 1024 * 1024,
  entries: 250_000,
  depth: 6,
}

/** Counts unpacked octets, and refuses before a limit is passed. */
export class Unpacking {
  readonly breathe: () => Promise<void>
  readonly limits: ArchiveLimits
  #size = 0
  #entries = 0

  constructor(breathe: () => Promise<void>, limits: ArchiveLimits = ARCHIVE_LIMITS) {
    this.breathe = breathe
    this.limits = limits
  }

  /** Charges this many octets; throws archive-ratio, archive-too-large if the packed size does not allow them. */
  spend(packed: number, size: number): void {
    if (size > this.mostOf(packed)) throw this.beyond(packed)
    this.#size += size
  }

  /** Returns how many octets this many packed ones may become. */
  mostOf(packed: number): number {
    return Math.min(this.limits.size - this.#size, this.limits.one, this.#mostByRatio(packed))
  }

  /** Names the limit that was passed. */
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

  /** Counts one more entry; throws archive-too-many. */
  count(): void {
    if (this.#entries >= this.limits.entries)
      throw new CodedError('archive-too-many', { limit: this.limits.entries })
    this.#entries += 1
  }
}

/** The container's name in errors. */
export type ContainerFormat = 'PKCS#8' | 'PKCS#12' | 'PKCS#7' | 'PEM key' | 'JKS' | 'JWK'

/** What a derivation costs at least: otherwise hundreds of thousands of short ones would count for nothing. */
const LEAST_PRICE = 1_000
/** Salts have 8 to 64 octets; each octet of a long one is work that no iteration counts. */
const LONGEST_SALT = 4_096

/** Counts the iterations that a container requires, and refuses before any work is done. */
export class Work {
  readonly format: ContainerFormat
  readonly #limit: number
  #spent = 0

  constructor(format: ContainerFormat, limits: ContainerLimits = CONTAINER_LIMITS) {
    this.format = format
    this.#limit = limits.iterations
  }

  /** Iterations of everything read so far. */
  get spent(): number {
    return this.#spent
  }

  /**
   * Throws container-iterations-too-many if this derivation would pass the limit, container-structure if it has none or
   * its salt is too long.
   */
  spend(iterations: number, salt: Uint8Array): void {
    if (salt.length > LONGEST_SALT)
      throw new CodedError('container-structure', { format: this.format, part: 'salt' })
    if (iterations < 1)
      throw new CodedError('container-structure', { format: this.format, part: 'iterationCount' })
    const spent = this.#spent + Math.max(iterations, LEAST_PRICE)
    if (spent > this.#limit)
      throw new CodedError('container-iterations-too-many', {
        format: this.format,
        iterations: spent,
        limit: this.#limit,
      })
    this.#spent = spent
  }

  /** Whether another attempt of this many iterations stays within the limit; if so, it is counted. */
  affords(iterations: number): boolean {
    if (this.#spent + iterations > this.#limit) return false
    this.#spent += iterations
    return true
  }
}

/** Returns the first form of a password, and those of the others that the limit allows at this price each. */
export function affordable<T>(forms: readonly T[], work: Work, price: number): T[] {
  return forms.filter((_form, index) => index === 0 || work.affords(price))
}
