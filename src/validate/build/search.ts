import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Budget } from '../budget.ts'
import type { Pool } from '../pool.ts'
import type { Signatures } from '../signatures.ts'

/** A path that was tried: complete, from an anchor; or incomplete, with the reason on its first certificate. */
export interface TriedPath {
  /** Anchor first, target last. */
  readonly certificates: readonly Certificate[]
  /** Null if the path is complete. */
  readonly broken: Broken | null
}

export interface Broken {
  readonly finding: Finding
  /** Index in `certificates` of the one it is about. */
  readonly index: number
}

/** Inputs of the search. */
export interface Search {
  readonly pool: Pool
  readonly at: Date
  readonly budget: Budget
  readonly signatures: Signatures
}
