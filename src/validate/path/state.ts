import type { Certificate } from '../../x509/certificate.ts'
import type { Name } from '../../x509/name.ts'
import type { Spki } from '../../x509/spki.ts'
import type { PathCertificate } from '../report.ts'
import type { SubtreesByForm } from '../names/subtrees.ts'
import type { PolicyGraph } from '../policy/graph.ts'

/** Who set a limit: the caller, or the certificate at this index of the path (0: the anchor). */
export type SetBy = 'input' | number

/** The variables of RFC 5280 §6.1.2; valid_policy_tree is the graph of RFC 9618. */
export interface PathState {
  policyGraph: PolicyGraph | null
  /** Each layer was set by one certificate; a name must be permitted by every layer that constrains its form. */
  readonly permittedSubtrees: SubtreeLayer[]
  readonly excludedSubtrees: SubtreeLayer[]
  explicitPolicy: number
  inhibitAnyPolicy: number
  policyMapping: number
  workingIssuer: WorkingIssuer
  maxPathLength: number
  maxPathLengthSetBy: SetBy
  /** The value that maxPathLength was last lowered to, from which it counts down. */
  pathLen: number
  /** RFC 5937 §3: policies in the anchor, null if it has none. */
  anchorPolicies: readonly string[] | null
}

export interface SubtreeLayer {
  readonly setBy: SetBy
  readonly subtrees: SubtreesByForm
}

/** working_issuer_name and the working_public_key variables, with the certificate they come from. */
export interface WorkingIssuer {
  readonly name: Name
  readonly spki: Spki
  readonly certificate: Certificate
}

/** A path without its target, checked: its certificates, anchor first, and the state that §6.1 hands to the target. */
export interface Above {
  readonly state: PathState
  readonly certificates: readonly PathCertificate[]
}

/** By the target's issuer, the last one checked, and all that it depends on. */
export type AboveMemory = Map<Certificate, Above & { readonly dependsOn: readonly unknown[] }>
