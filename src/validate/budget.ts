/** Limits on the work of one validation. */
export interface Limits {
  /** Signatures verified; those cached in the pool cost nothing. */
  readonly signatures: number
  /** Paths tried, complete or incomplete. */
  readonly paths: number
  /** Comparisons of names with name constraints. */
  readonly comparisons: number
  /** Certificates in one path. */
  readonly depth: number
}

/**
 * signatures: Go's maxChainSignatureChecks (crypto/x509/verify.go) and rustls-webpki's Budget. comparisons: OpenSSL's
 * NAME_CHECK_MAX. depth: the default of X509_VERIFY_PARAM in OpenSSL. paths: our own; with 100 signatures, further
 * paths can differ only in name constraints and policies.
 */
export const DEFAULT_LIMITS: Limits = { signatures: 100, paths: 200, comparisons: 2 ** 20, depth: 100 }

export type Cost = 'signatures' | 'paths' | 'comparisons'
export type Spent = Readonly<Record<Cost, number>>

/** Counts the work done, and remembers the first limit that was reached. */
export class Budget {
  readonly limits: Limits
  readonly #spent: Record<Cost, number> = { signatures: 0, paths: 0, comparisons: 0 }
  #exhausted: Cost | null = null
  readonly #lacking: Record<Cost, boolean> = { signatures: false, paths: false, comparisons: false }

  constructor(limits: Partial<Limits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits }
  }

  /** Spends `amount` and returns true if the budget allows it; otherwise spends nothing and returns false. */
  spend(cost: Cost, amount = 1): boolean {
    if (this.#spent[cost] + amount > this.limits[cost]) {
      this.#exhausted ??= cost
      this.#lacking[cost] = true
      return false
    }
    this.#spent[cost] += amount
    return true
  }

  /** Whether a request for this was refused. */
  lacks(cost: Cost): boolean {
    return this.#lacking[cost]
  }

  get spent(): Spent {
    return { ...this.#spent }
  }

  get exhausted(): Cost | null {
    return this.#exhausted
  }
}
