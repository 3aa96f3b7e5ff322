import type { Profile } from '../lint/profiles.ts'
import type { GeneralSubtree } from '../x509/extensions/name-constraints.ts'
import type { Limits } from './budget.ts'
import { POLICY_OIDS } from '../x509/oids.ts'
import type { AskedPurposes } from './purpose.ts'

/** A name that the target must have. If several are given, all must match. */
export interface PeerName {
  readonly kind: 'DNS' | 'IP' | 'RFC822' | 'URI' | 'UPN' | 'CN'
  readonly value: string
}

/** RFC 5280 §6.1.1 (c), (e), (f), (g). */
export interface PolicyInputs {
  /** OIDs; anyPolicy (2.5.29.32.0) means every policy. */
  readonly initialPolicySet: readonly string[]
  readonly explicitPolicy: boolean
  readonly inhibitMapping: boolean
  readonly inhibitAnyPolicy: boolean
}

/** The expected SHA-256, in hexadecimal, of the target's certificate or of its public key (SPKI). */
export interface Pin {
  readonly of: 'certificate' | 'spki'
  readonly sha256: string
}

export interface ValidateOptions extends AskedPurposes {
  /** The date to validate for; fractions of a second are dropped, because certificates have none. */
  readonly at: Date
  /** Default: `standard`. */
  readonly profile?: Profile
  /** Whether extendedKeyUsage in CA certificates restricts the certificates below; RFC 5280 does not say so. */
  readonly ekuNesting?: boolean
  readonly peerNames?: readonly PeerName[]
  readonly pins?: readonly Pin[]
  readonly revocation?: 'none' | 'given' | 'require'
  /** Maximum number of intermediates between target and anchor, not counting self-issued ones. */
  readonly maxDepth?: number
  readonly policies?: PolicyInputs
  /** §6.1.1 (h), (i); null if there are none. */
  readonly permittedSubtrees?: readonly GeneralSubtree[] | null
  readonly excludedSubtrees?: readonly GeneralSubtree[] | null
  readonly allowSha1?: boolean
  /**
   * Whether the dates, names, policies, path length and purposes in the anchor's own certificate count (RFC 5937); for
   * RFC 5280 §6 an anchor is only a name and a key. Default: false for the profile `path`, true otherwise.
   */
  readonly anchorConstraints?: boolean
  /** Whether every key is checked arithmetically: factors, primes, points. It costs as much as the signatures. */
  readonly examineKeys?: boolean
  /** The SHA-256 of the only anchor's certificate, in hexadecimal; others are ignored. */
  readonly onlyAnchor?: string
  /** `first` stops at the first valid path; `all` tries every path within the limits. */
  readonly explore?: 'first' | 'all'
  readonly limits?: Partial<Limits>
}

/** §6.1.1: no requirements on policies. */
export const ANY_POLICY_INPUTS: PolicyInputs = {
  initialPolicySet: [POLICY_OIDS.anyPolicy],
  explicitPolicy: false,
  inhibitMapping: false,
  inhibitAnyPolicy: false,
}
