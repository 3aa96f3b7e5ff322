import type { Profile } from '../lint/profiles.ts'
import type { GeneralSubtree } from '../x509/extensions/name-constraints.ts'
import type { Limits } from './budget.ts'
import { ANY_POLICY } from './oids.ts'
import type { AskedPurposes } from './purpose.ts'

/** A name the target is asked to have. Several asked for must all match. */
export interface PeerName {
  readonly kind: 'DNS' | 'IP' | 'RFC822' | 'URI' | 'UPN' | 'CN'
  readonly value: string
}

/** RFC 5280 §6.1.1 (c), (e), (f), (g). */
export interface PolicyInputs {
  /** OIDs; anyPolicy (2.5.29.32.0) stands for every policy. */
  readonly initialPolicySet: readonly string[]
  readonly explicitPolicy: boolean
  readonly inhibitMapping: boolean
  readonly inhibitAnyPolicy: boolean
}

/** An expected SHA-256, in hexadecimal, of the target's certificate or of its public key (SPKI). */
export interface Pin {
  readonly of: 'certificate' | 'spki'
  readonly sha256: string
}

export interface ValidateOptions extends AskedPurposes {
  /** The instant of judgement; fractions of a second are dropped, as certificates know none. */
  readonly at: Date
  /** `standard` where it is not given. */
  readonly profile?: Profile
  /** Whether extendedKeyUsage in CA certificates narrows what is below; RFC 5280 alone does not say so. */
  readonly ekuNesting?: boolean
  readonly peerNames?: readonly PeerName[]
  readonly pins?: readonly Pin[]
  readonly revocation?: 'none' | 'given' | 'require'
  /** At most so many intermediates, self-issued ones not counted, between target and anchor. */
  readonly maxDepth?: number
  readonly policies?: PolicyInputs
  /** §6.1.1 (h), (i); null where there are none. */
  readonly permittedSubtrees?: readonly GeneralSubtree[] | null
  readonly excludedSubtrees?: readonly GeneralSubtree[] | null
  readonly allowSha1?: boolean
  /**
   * Whether what the anchor's own certificate says of dates, names, policies, path length and purposes counts (RFC 5937); to RFC
   * 5280 §6 an anchor is a name and a key. Where it is not given: not under `path`, and otherwise it does.
   */
  readonly anchorConstraints?: boolean
  /** Whether the arithmetic of every key is looked at: factors, primes, points. It costs as much as the signatures. */
  readonly examineKeys?: boolean
  /** The only anchor that counts: the SHA-256 of its certificate in hexadecimal. */
  readonly onlyAnchor?: string
  /** `first` stops at the first path that stands; `all` tries every path the limits allow. */
  readonly explore?: 'first' | 'all'
  readonly limits?: Partial<Limits>
}

/** §6.1.1: nothing asked of policies. */
export const ANY_POLICY_INPUTS: PolicyInputs = {
  initialPolicySet: [ANY_POLICY],
  explicitPolicy: false,
  inhibitMapping: false,
  inhibitAnyPolicy: false,
}
