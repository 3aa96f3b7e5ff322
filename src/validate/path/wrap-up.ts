import { POLICY_OIDS } from '../../x509/oids.ts'
import { ANY_POLICY_INPUTS } from '../options.ts'
import type { ValidateOptions } from '../options.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { failed, held, decided, notApplicable } from '../outcome.ts'
import { userConstrainedPolicySet } from '../policy/graph.ts'
import { rejectUnknownCriticalExtensions } from './critical-extensions.ts'
import { step } from './step.ts'
import type { Step } from './step.ts'

const decrementExplicitPolicy: Step = step(
  'decrement-explicit-policy',
  '§6.1.5(a)',
  'The target lowers explicit_policy by one while it is above 0.',
  (state) => {
    if (state.explicitPolicy > 0) state.explicitPolicy--
    return held(state.explicitPolicy)
  },
)

const applyTargetPolicyConstraints: Step = step(
  'apply-target-policy-constraints',
  '§6.1.5(b)',
  'requireExplicitPolicy of 0 in the target demands a policy at once.',
  (state, { policyConstraints }) => {
    if (policyConstraints?.requireExplicitPolicy !== 0) return notApplicable()
    state.explicitPolicy = 0
    return held(0)
  },
)

const setTargetKey: Step = step(
  'set-target-key',
  '§6.1.5(c)-(e)',
  'The key of the target, with its parameters, is the result.',
  (_state, { spki }) => held(spki.keyType ?? spki.algorithm.oid),
)

const intersectPolicies: Step = step(
  'intersect-policies',
  '§6.1.5(g)',
  'Once explicit_policy is 0, a policy asked for must still be valid.',
  (state, _certificate, { options, path }) => {
    const asked = initialPolicySet(
      state.anchorPolicies,
      (options.policies ?? ANY_POLICY_INPUTS).initialPolicySet,
    )
    const authority = state.policyGraph?.authorityConstrainedPolicySet() ?? new Set<string>()
    const user = [...userConstrainedPolicySet(authority, asked)]
    const detail = { explicitPolicy: state.explicitPolicy, policies: user }
    if (state.explicitPolicy > 0 || user.length > 0) return decided(detail, [])
    return failed(detail, {
      code: 'explicit-policy-missing',
      detail: { policies: [...authority], asked, setBy: requiredBy(path, options) },
    })
  },
)

/** Who requires an explicit policy: the caller, or the first certificate that does. */
export function requiredBy(path: readonly Certificate[], { policies }: ValidateOptions): number | 'input' {
  const index = path.findIndex(
    ({ policyConstraints }) => typeof policyConstraints?.requireExplicitPolicy === 'number',
  )
  return policies?.explicitPolicy === true || index < 0 ? 'input' : index
}

/** RFC 5937 §3: the user's initial policy set, narrowed by the anchor's policies. */
function initialPolicySet(
  anchorPolicies: readonly string[] | null,
  asked: readonly string[],
): readonly string[] {
  if (anchorPolicies === null || anchorPolicies.includes(POLICY_OIDS.anyPolicy)) return asked
  return asked.includes(POLICY_OIDS.anyPolicy)
    ? anchorPolicies
    : asked.filter((oid) => anchorPolicies.includes(oid))
}

/** RFC 5280 §6.1.5, Wrap-Up Procedure. */
export const WRAP_UP: readonly Step[] = [
  decrementExplicitPolicy,
  applyTargetPolicyConstraints,
  setTargetKey,
  rejectUnknownCriticalExtensions('§6.1.5(f)'),
  intersectPolicies,
]
