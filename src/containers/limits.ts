import { CodedError } from '../errors.ts'

/** What a container from outside may ask of this device before it is opened. */
export interface ContainerLimits {
  /** Octets of one container. */
  readonly size: number
  /** Constructed values within one another. */
  readonly depth: number
  /** Values in all. */
  readonly count: number
  /** Iterations of password hashing, all derivations of one container together. */
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
}
