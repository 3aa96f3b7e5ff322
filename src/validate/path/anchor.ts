import type { Certificate } from '../../x509/certificate.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import { ANY_POLICY_INPUTS } from '../options.ts'
import type { ValidateOptions } from '../options.ts'
import type { Pool } from '../pool.ts'
import { held, notApplicable } from '../outcome.ts'
import { PolicyGraph } from '../policy/graph.ts'
import { readSubtrees } from '../names/subtrees.ts'
import { rejectUnknownCriticalExtensions } from './critical-extensions.ts'
import { applyNameConstraints, limitPathLength, requireCa, requireKeyCertSign } from './prepare.ts'
import { requireNotRevoked, requireValidity } from './process.ts'
import type { PathState } from './state.ts'
import { step } from './step.ts'
import type { PathContext, Step } from './step.ts'

/** §6.1.2, Initialization, from the inputs of §6.1.1. */
export function initialState(anchor: Certificate, { options, n }: PathContext): PathState {
  const { explicitPolicy, inhibitMapping, inhibitAnyPolicy } = options.policies ?? ANY_POLICY_INPUTS
  const { permittedSubtrees, excludedSubtrees, maxDepth } = options
  const state: PathState = {
    policyGraph: new PolicyGraph(), // (a)
    permittedSubtrees: permittedSubtrees
      ? [{ setBy: 'input', subtrees: readSubtrees(permittedSubtrees) }]
      : [], // (b)
    excludedSubtrees: excludedSubtrees ? [{ setBy: 'input', subtrees: readSubtrees(excludedSubtrees) }] : [], // (c)
    explicitPolicy: explicitPolicy ? 0 : n + 1, // (d)
    inhibitAnyPolicy: inhibitAnyPolicy ? 0 : n + 1, // (e)
    policyMapping: inhibitMapping ? 0 : n + 1, // (f)
    workingIssuer: { name: anchor.subject, spki: anchor.spki, certificate: anchor }, // (g) to (j)
    maxPathLength: n, // (k)
    maxPathLengthSetBy: 'input',
    pathLen: n,
    anchorPolicies: null,
  }
  if (maxDepth !== undefined) limitPathLength(state, maxDepth, 'input')
  return state
}

const applyAnchorNameConstraints: Step = step(
  'apply-anchor-name-constraints',
  'RFC 5937 §3',
  'Name constraints of the anchor hold from the start.',
  applyNameConstraints,
)

const applyAnchorPolicies: Step = step(
  'apply-anchor-policies',
  'RFC 5937 §3',
  'Policies and policy constraints of the anchor narrow what the caller asks.',
  (state, anchor) => {
    const { certificatePolicies, policyConstraints, inhibitAnyPolicy } = anchor
    if (certificatePolicies === null && policyConstraints === null && inhibitAnyPolicy === null)
      return notApplicable()
    if (certificatePolicies !== null) state.anchorPolicies = certificatePolicies.map(({ oid }) => oid)
    if (policyConstraints !== null) {
      const { requireExplicitPolicy, inhibitPolicyMapping } = policyConstraints
      state.explicitPolicy = Math.min(state.explicitPolicy, requireExplicitPolicy ?? Infinity)
      state.policyMapping = Math.min(state.policyMapping, inhibitPolicyMapping ?? Infinity)
    }
    if (inhibitAnyPolicy !== null) state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, inhibitAnyPolicy)
    return held({ policies: state.anchorPolicies })
  },
)

const applyAnchorPathLen: Step = step(
  'apply-anchor-path-len',
  'RFC 5937 §3',
  'pathLenConstraint of the anchor limits the path from the start.',
  (state, { basicConstraints }) => {
    const pathLen = basicConstraints?.pathLen ?? null
    if (pathLen === null) return notApplicable()
    limitPathLength(state, pathLen, 0)
    return held(pathLen)
  },
)

/** A version 1 or 2 anchor cannot assert that it is a CA; it counts as one because the user trusts it. */
const requireAnchorCa: Step = step(
  'require-ca',
  '§6.1.4(k)',
  requireCa.requirement,
  (state, anchor, context) =>
    context.n === 0 || anchor.version < 3
      ? notApplicable({ version: anchor.version })
      : requireCa.run(state, anchor, context),
)

/**
 * §6 asks nothing about an anchor's status; but a root that lists itself as revoked, or says so in its own response, is
 * not passed over.
 */
export const requireAnchorNotRevoked: Step = step(
  'require-not-revoked',
  '§6.1.3(a)(3)',
  requireNotRevoked.requirement,
  (state, anchor, context) =>
    isSelfIssued(anchor) && isSpokenOf(anchor, context.pool)
      ? requireNotRevoked.run(state, anchor, {
          ...context,
          path: [anchor],
          index: 1,
          options: { ...context.options, revocation: givenOnly(context.options.revocation) },
        })
      : notApplicable(),
)

const givenOnly = (mode: ValidateOptions['revocation']): 'none' | 'given' =>
  (mode ?? 'none') === 'none' ? 'none' : 'given'

const isSpokenOf = (
  { serialNumber, subject }: Certificate,
  { certificateLists, ocspResponses }: Pool,
): boolean =>
  certificateLists.some(
    ({ issuer, revokedCertificates }) =>
      revokedCertificates.find(serialNumber).length > 0 && namesMatch(issuer, subject),
  ) ||
  ocspResponses.some(({ basic }) =>
    basic?.responses.some(({ certId }) => sameOctets(certId.serialNumber, serialNumber)),
  )

const requireAnchorKeyCertSign: Step = step(
  'require-key-cert-sign',
  '§6.1.4(n)',
  requireKeyCertSign.requirement,
  (state, anchor, context) =>
    context.n === 0 ? notApplicable() : requireKeyCertSign.run(state, anchor, context),
)

/**
 * The anchor's constraints by RFC 5937, and the checks on a certificate used as anchor: RFC 5280 §6 makes none, so only
 * the profiles beyond it refuse on the first and the last three.
 */
export const ANCHOR: readonly Step[] = [
  requireValidity,
  applyAnchorNameConstraints,
  applyAnchorPolicies,
  applyAnchorPathLen,
  requireAnchorCa,
  requireAnchorKeyCertSign,
  rejectUnknownCriticalExtensions('§4.2'),
]
