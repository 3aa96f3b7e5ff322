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

/** What a step may look at besides the state and its certificate. */
export interface PathContext {
  readonly options: ValidateOptions
  readonly profile: Profile
  /** options.at without its fraction of a second. */
  readonly at: Date
  readonly pool: Pool
  readonly budget: Budget
  readonly signatures: Signatures
  readonly profileRows: ProfileRows
  /** OIDs of everything the target is to be used for. */
  readonly purposes: readonly string[]
  /** Anchor first, target last. */
  readonly path: readonly Certificate[]
  /** Of the certificate in `path`; 0 is the anchor. The RFC's i. */
  readonly index: number
  /** Certificates below the anchor: the RFC's n. */
  readonly n: number
  readonly selfIssued: boolean
  readonly signerPath: SignerPath
}

/**
 * One lettered step of RFC 5280 §6.1 (or of what the profile adds), by its name and section. It changes the state as the
 * RFC says and reports what it did; the report's row is made from that alone.
 */
export interface Step {
  readonly name: string
  readonly section: string
  /** What the section asks, in one sentence of our own. */
  readonly requirement: string
  /** Outcomes without a detail are many, and the same each time: their rows are made once. */
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
