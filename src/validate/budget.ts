/** What one validation may cost. */
export interface Limits {
  /** Signatures checked; those remembered by the pool cost nothing. */
  readonly signatures: number
  /** Complete or broken-off paths tried. */
  readonly paths: number
  /** Names compared with name constraints. */
  readonly comparisons: number
  /** Certificates in one path. */
  readonly depth: number
}

/**
 * signatures: Go's maxChainSignatureChecks (crypto/x509/verify.go) and rustls-webpki's Budget.
 * comparisons: OpenSSL's NAME_CHECK_MAX.
 * depth: X509_VERIFY_PARAM's default in OpenSSL.
 * paths: our own; at 100 signatures few more can differ by anything but name constraints and policies.
 */
export const DEFAULT_LIMITS: Limits = { signatures: 100, paths: 200, comparisons: 2 ** 20, depth: 100 }

export type Cost = 'signatures' | 'paths' | 'comparisons'
export type Spent = Readonly<Record<Cost, number>>

/** Counts what is spent; the first limit that did not suffice is remembered. */
export class Budget {
  readonly limits: Limits
  readonly #spent: Record<Cost, number> = { signatures: 0, paths: 0, comparisons: 0 }
  #exhausted: Cost | null = null
  readonly #lacking = new Set<Cost>()

  constructor(limits: Partial<Limits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits }
  }

  /** Whether `amount` more could be afforded; if so it is spent, if not nothing is. */
  spend(cost: Cost, amount = 1): boolean {
    if (this.#spent[cost] + amount > this.limits[cost]) {
      this.#exhausted ??= cost
      this.#lacking.add(cost)
      return false
    }
    this.#spent[cost] += amount
    return true
  }

  /** Whether some of this was asked for and could not be afforded. */
  lacks(cost: Cost): boolean {
    return this.#lacking.has(cost)
  }

  get spent(): Spent {
    return { ...this.#spent }
  }

  get exhausted(): Cost | null {
    return this.#exhausted
  }
}
