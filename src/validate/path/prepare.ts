import { isStrict } from '../../lint/profiles.ts'
import type { Finding } from '../../findings.ts'
import { POLICY_OIDS } from '../../x509/oids.ts'
import { failed, held, decided, notApplicable } from '../outcome.ts'
import { subtreesOf } from '../names/constraints.ts'
import { generalNameText } from '../../x509/general-name-text.ts'
import { formOf } from '../names/subtrees.ts'
import { rejectUnknownCriticalExtensions } from './critical-extensions.ts'
import type { PathState, SetBy } from './state.ts'
import { step } from './step.ts'
import type { PathContext, Step } from './step.ts'
import type { Certificate } from '../../x509/certificate.ts'

const rejectAnyPolicyMapping: Step = step(
  'reject-any-policy-mapping',
  '§6.1.4(a)',
  'anyPolicy must be neither mapped nor mapped to.',
  (_state, { policyMappings }) => {
    if (policyMappings === null) return notApplicable()
    const any = policyMappings.some(
      ({ issuerDomainPolicy, subjectDomainPolicy }) =>
        issuerDomainPolicy === POLICY_OIDS.anyPolicy || subjectDomainPolicy === POLICY_OIDS.anyPolicy,
    )
    return decided(mappingTexts(policyMappings), any ? [{ code: 'policy-mapping-any', detail: null }] : [])
  },
)

const mappingTexts = (mappings: NonNullable<Certificate['policyMappings']>): string[] =>
  mappings.map(
    ({ issuerDomainPolicy, subjectDomainPolicy }) => `${issuerDomainPolicy} → ${subjectDomainPolicy}`,
  )

const mapPolicies: Step = step(
  'map-policies',
  '§6.1.4(b)',
  'Policies are expected below as mapped; where mapping is inhibited, mapped ones end here.',
  (state, certificate) => {
    const { policyMappings, certificatePolicies } = certificate
    if (policyMappings === null || state.policyGraph === null) return notApplicable()
    if (state.policyMapping > 0) {
      const any = certificatePolicies?.find(({ oid }) => oid === POLICY_OIDS.anyPolicy)
      state.policyGraph.map(policyMappings, any?.qualifiers ?? [])
    } else {
      state.policyGraph.removeMapped(policyMappings)
      if (state.policyGraph.isEmpty) state.policyGraph = null
    }
    return held({ policyMapping: state.policyMapping })
  },
)

const setWorkingIssuer: Step = step(
  'set-working-issuer',
  '§6.1.4(c)-(f)',
  'Subject and key become those that the next certificate is checked with.',
  (state, certificate) => {
    state.workingIssuer = { name: certificate.subject, spki: certificate.spki, certificate }
    return held(certificate.spki.keyType ?? certificate.spki.algorithm.oid)
  },
)

const addNameConstraints: Step = step(
  'add-name-constraints',
  '§6.1.4(g)',
  'Permitted subtrees are intersected, excluded ones united.',
  applyNameConstraints,
)

/** As §6.1.4 (g), for a certificate in the path or (RFC 5937) the anchor. */
export function applyNameConstraints(
  state: PathState,
  { nameConstraints }: Certificate,
  { index: setBy, profile }: Pick<PathContext, 'index' | 'profile'>,
) {
  if (nameConstraints === null) return notApplicable()
  const { permitted, excluded } = subtreesOf(nameConstraints)
  if (permitted !== null) state.permittedSubtrees.push({ setBy, subtrees: permitted })
  if (excluded !== null) state.excludedSubtrees.push({ setBy, subtrees: excluded })
  const dotted = [...(permitted?.dotted ?? []), ...(excluded?.dotted ?? [])]
  const strict = isStrict(profile)
  const malformed = [
    ...(permitted?.malformed ?? []),
    ...(excluded?.malformed ?? []),
    ...(strict ? dotted : []),
  ].map((base): Finding => ({
    code: 'name-constraint-malformed',
    detail: { form: formOf(base), constraint: generalNameText(base) },
  }))
  const detail = {
    permitted: nameConstraints.permitted?.length ?? null,
    excluded: nameConstraints.excluded?.length ?? null,
  }
  if (malformed.length > 0 || strict || dotted.length === 0) return decided(detail, malformed)
  return held(
    detail,
    ...dotted.slice(0, 1).map((base): Finding => ({
      code: 'name-constraint-leading-dot',
      detail: { constraint: generalNameText(base) },
    })),
  )
}

const decrementPolicyCounts: Step = step(
  'decrement-policy-counts',
  '§6.1.4(h)',
  'Unless self-issued, the certificate lowers each policy counter above 0 by one.',
  (state, _certificate, { selfIssued }) => {
    if (selfIssued) return notApplicable('self-issued')
    if (state.explicitPolicy > 0) state.explicitPolicy--
    if (state.policyMapping > 0) state.policyMapping--
    if (state.inhibitAnyPolicy > 0) state.inhibitAnyPolicy--
    return held(policyCounts(state))
  },
)

const policyCounts = ({ explicitPolicy, policyMapping, inhibitAnyPolicy }: PathState) => ({
  explicitPolicy,
  policyMapping,
  inhibitAnyPolicy,
})

const applyPolicyConstraints: Step = step(
  'apply-policy-constraints',
  '§6.1.4(i)',
  'requireExplicitPolicy and inhibitPolicyMapping lower their counters.',
  (state, { policyConstraints }) => {
    if (policyConstraints === null) return notApplicable()
    const { requireExplicitPolicy, inhibitPolicyMapping } = policyConstraints
    state.explicitPolicy = Math.min(state.explicitPolicy, requireExplicitPolicy ?? Infinity)
    state.policyMapping = Math.min(state.policyMapping, inhibitPolicyMapping ?? Infinity)
    return held(policyCounts(state))
  },
)

const applyInhibitAnyPolicy: Step = step(
  'apply-inhibit-any-policy',
  '§6.1.4(j)',
  'inhibitAnyPolicy lowers its counter.',
  (state, { inhibitAnyPolicy }) => {
    if (inhibitAnyPolicy === null) return notApplicable()
    state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, inhibitAnyPolicy)
    return held(inhibitAnyPolicy)
  },
)

/** §6.1.4 (k): a v3 issuer must assert basicConstraints.cA; an older one cannot, and is not accepted as a CA here. */
export const requireCa: Step = step(
  'require-ca',
  '§6.1.4(k)',
  'A certificate that issues must say cA in basicConstraints.',
  (_state, { basicConstraints, version }) =>
    basicConstraints?.ca === true
      ? held(true)
      : failed(basicConstraints?.ca ?? null, { code: 'not-a-ca', detail: { version } }),
)

const decrementPathLength: Step = step(
  'decrement-path-length',
  '§6.1.4(l)',
  'Unless self-issued, the certificate lowers max_path_length by one; it must not be 0.',
  (state, _certificate, { selfIssued }) => {
    if (selfIssued) return notApplicable('self-issued')
    const { maxPathLength, maxPathLengthSetBy, pathLen } = state
    if (maxPathLength <= 0)
      return failed(maxPathLength, {
        code: 'path-len-exceeded',
        detail: { pathLen, setBy: maxPathLengthSetBy },
      })
    state.maxPathLength--
    return held(maxPathLength)
  },
)

const applyPathLen: Step = step(
  'apply-path-len',
  '§6.1.4(m)',
  'pathLenConstraint lowers max_path_length.',
  (state, { basicConstraints }, { index }) => {
    const pathLen = basicConstraints?.pathLen ?? null
    if (pathLen === null) return notApplicable()
    limitPathLength(state, pathLen, index)
    return held(pathLen)
  },
)

export function limitPathLength(state: PathState, pathLen: number, setBy: SetBy): void {
  if (pathLen >= state.maxPathLength) return
  state.maxPathLength = pathLen
  state.maxPathLengthSetBy = setBy
  state.pathLen = pathLen
}

/** §6.1.4 (n): when keyUsage is present it must assert keyCertSign. */
export const requireKeyCertSign: Step = step(
  'require-key-cert-sign',
  '§6.1.4(n)',
  'Where keyUsage is present, it must have keyCertSign.',
  (_state, { keyUsage }) => {
    if (keyUsage === null) return notApplicable()
    return decided(
      [...keyUsage],
      keyUsage.has('keyCertSign') ? [] : [{ code: 'key-cert-sign-missing', detail: null }],
    )
  },
)

/** RFC 5280 §6.1.4, Preparation for Certificate i+1. */
export const PREPARE: readonly Step[] = [
  rejectAnyPolicyMapping,
  mapPolicies,
  setWorkingIssuer,
  addNameConstraints,
  decrementPolicyCounts,
  applyPolicyConstraints,
  applyInhibitAnyPolicy,
  requireCa,
  decrementPathLength,
  applyPathLen,
  requireKeyCertSign,
  rejectUnknownCriticalExtensions('§6.1.4(o)'),
]
