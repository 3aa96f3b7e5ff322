import type { Profile } from '../../lint/profiles.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Budget } from '../budget.ts'
import type { ValidateOptions } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import { HELD, NOT_APPLICABLE } from '../outcome.ts'
import type { RuleRow } from '../report.ts'
import type { Pool } from '../pool.ts'
import type { SignerPath } from '../revocation/context.ts'
import type { Signatures } from '../signatures.ts'
import type { ProfileRows } from './profile-rows.ts'
import type { PathState } from './state.ts'

/** Inputs of a step, other than the state and its certificate. */
export interface PathContext {
  readonly options: ValidateOptions
  readonly profile: Profile
  /** options.at without its fraction of a second. */
  readonly at: Date
  readonly pool: Pool
  readonly budget: Budget
  readonly signatures: Signatures
  readonly profileRows: ProfileRows
  /** OIDs of every purpose asked for. */
  readonly purposes: readonly string[]
  /** Anchor first, target last. */
  readonly path: readonly Certificate[]
  /** Index of the certificate in `path`; 0 is the anchor. The RFC's i. */
  readonly index: number
  /** Number of certificates below the anchor: the RFC's n. */
  readonly n: number
  readonly selfIssued: boolean
  readonly signerPath: SignerPath
}

/**
 * One lettered step of RFC 5280 §6.1 (or one that the profile adds), with its name and section. It changes the state as
 * the RFC specifies and returns its outcome; the report's row is made from that alone.
 */
export interface Step {
  readonly name: string
  readonly section: string
  /** The requirement of the section, in one sentence of our own. */
  readonly requirement: string
  /** Most outcomes carry no detail; their rows are shared constants. */
  readonly heldRow: RuleRow
  readonly notApplicableRow: RuleRow
  readonly run: (
    state: PathState,
    certificate: Certificate,
    context: PathContext,
  ) => Outcome | Promise<Outcome>
}

export const step = (name: string, section: string, requirement: string, run: Step['run']): Step => ({
  name,
  section,
  requirement,
  run,
  heldRow: { step: name, section, ...HELD, refused: false },
  notApplicableRow: { step: name, section, ...NOT_APPLICABLE, refused: false },
})
