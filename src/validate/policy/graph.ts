import type { PolicyInformation, PolicyQualifier } from '../../x509/extensions/certificate-policies.ts'
import type { PolicyMapping } from '../../x509/extensions/policy-mappings.ts'
import { POLICY_OIDS } from '../../x509/oids.ts'

/** A node of the valid_policy_graph (RFC 9618 §5.2). */
export interface PolicyNode {
  readonly validPolicy: string
  readonly qualifierSet: readonly PolicyQualifier[]
  expectedPolicySet: ReadonlySet<string>
  readonly parents: Set<PolicyNode>
}

/**
 * The valid_policy_graph of RFC 9618: at most one node per policy at each depth, so that its size is bounded by the
 * policies in the certificates; RFC 5280's tree grows exponentially with depth.
 */
export class PolicyGraph {
  /** By depth, by valid_policy. */
  readonly #levels: Map<string, PolicyNode>[] = [
    new Map([
      [POLICY_OIDS.anyPolicy, policyNode(POLICY_OIDS.anyPolicy, [], new Set([POLICY_OIDS.anyPolicy]), [])],
    ]),
  ]

  /** Nodes of the greatest depth. */
  get #last(): Map<string, PolicyNode> {
    return this.#levels.at(-1)!
  }

  /** §6.1.3 (d): adds one level, from the certificate's policies. */
  extend(policies: readonly PolicyInformation[], anyPolicyCounts: boolean): void {
    const above = byExpectedPolicy(this.#last)
    const aboveAny = this.#last.get(POLICY_OIDS.anyPolicy)
    const level = new Map<string, PolicyNode>()
    for (const { oid, qualifiers } of policies) {
      if (oid === POLICY_OIDS.anyPolicy) continue
      const parents = above.get(oid) ?? (aboveAny === undefined ? [] : [aboveAny]) // (1) (i), (1) (ii)
      if (parents.length > 0) level.set(oid, policyNode(oid, qualifiers, new Set([oid]), parents))
    }
    const any = policies.find(({ oid }) => oid === POLICY_OIDS.anyPolicy)
    if (any !== undefined && anyPolicyCounts)
      for (const [oid, parents] of above)
        // (2)
        if (!level.has(oid)) level.set(oid, policyNode(oid, any.qualifiers, new Set([oid]), parents))
    this.#levels.push(level)
    this.#prune() // (3)
  }

  /** §6.1.4 (b) (1): below issuerDomainPolicy, the policies it is mapped to are expected. */
  map(mappings: readonly PolicyMapping[], anyPolicyQualifiers: readonly PolicyQualifier[]): void {
    for (const [oid, expected] of subjectPolicies(mappings)) {
      const node = this.#last.get(oid)
      if (node !== undefined) {
        node.expectedPolicySet = expected
        continue
      }
      const any = this.#last.get(POLICY_OIDS.anyPolicy)
      if (any !== undefined) this.#last.set(oid, policyNode(oid, anyPolicyQualifiers, expected, any.parents))
    }
  }

  /** §6.1.4 (b) (2): mapping is inhibited, so a policy that would be mapped ends here. */
  removeMapped(mappings: readonly PolicyMapping[]): void {
    for (const { issuerDomainPolicy } of mappings) this.#last.delete(issuerDomainPolicy)
    this.#prune()
  }

  /** True if no node is left at the last depth: the graph is NULL. */
  get isEmpty(): boolean {
    return this.#last.size === 0
  }

  /** Removes nodes without children, from the last depth but one upwards. */
  #prune(): void {
    for (let depth = this.#levels.length - 2; depth >= 0; depth--) {
      const parents = new Set<PolicyNode>()
      for (const node of this.#levels[depth + 1]!.values())
        for (const parent of node.parents) parents.add(parent)
      const level = this.#levels[depth]!
      for (const [oid, node] of level) if (!parents.has(node)) level.delete(oid)
    }
  }

  /** §6.1.5 (g): the policies that all authorities agree on, under the names of the first authority. */
  authorityConstrainedPolicySet(): Set<string> {
    const policies = new Set<string>()
    if (this.isEmpty) return policies
    for (const level of this.#levels)
      for (const node of level.values())
        if (
          node.validPolicy !== POLICY_OIDS.anyPolicy &&
          [...node.parents].some(({ validPolicy }) => validPolicy === POLICY_OIDS.anyPolicy)
        )
          policies.add(node.validPolicy)
    if (this.#last.has(POLICY_OIDS.anyPolicy)) policies.add(POLICY_OIDS.anyPolicy)
    return policies
  }

  /** Policies valid at the last depth, under the target's own names, with their qualifiers. */
  targetPolicies(): readonly Pick<PolicyNode, 'validPolicy' | 'qualifierSet'>[] {
    return [...this.#last.values()]
  }
}

/** §6.1.5 (g): the authorities' policies that are in the user's initial policy set. */
export function userConstrainedPolicySet(
  authority: ReadonlySet<string>,
  initialPolicySet: readonly string[],
): ReadonlySet<string> {
  if (initialPolicySet.includes(POLICY_OIDS.anyPolicy)) return authority
  if (authority.has(POLICY_OIDS.anyPolicy)) return new Set(initialPolicySet)
  return new Set(initialPolicySet.filter((oid) => authority.has(oid)))
}

function policyNode(
  validPolicy: string,
  qualifierSet: readonly PolicyQualifier[],
  expectedPolicySet: ReadonlySet<string>,
  parents: Iterable<PolicyNode>,
): PolicyNode {
  return { validPolicy, qualifierSet, expectedPolicySet, parents: new Set(parents) }
}

function byExpectedPolicy(level: ReadonlyMap<string, PolicyNode>): Map<string, PolicyNode[]> {
  const nodes = new Map<string, PolicyNode[]>()
  for (const node of level.values())
    for (const oid of node.expectedPolicySet) {
      const others = nodes.get(oid)
      if (others === undefined) nodes.set(oid, [node])
      else others.push(node)
    }
  return nodes
}

function subjectPolicies(mappings: readonly PolicyMapping[]): Map<string, Set<string>> {
  const mapped = new Map<string, Set<string>>()
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const policies = mapped.get(issuerDomainPolicy)
    if (policies === undefined) mapped.set(issuerDomainPolicy, new Set([subjectDomainPolicy]))
    else policies.add(subjectDomainPolicy)
  }
  return mapped
}
