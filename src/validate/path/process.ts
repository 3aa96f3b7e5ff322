import type { Certificate } from '../../x509/certificate.ts'
import { signatureMeaning } from '../../x509/signature-algorithms.ts'
import { nameToText } from '../../x509/name.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { checkNames } from '../names/constraints.ts'
import { failed, held, decided, notApplicable, unchecked } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { checkRevocation } from '../revocation/revocation.ts'
import { requiredBy } from './wrap-up.ts'
import { step } from './step.ts'
import type { PathContext, Step } from './step.ts'
import type { PathState } from './state.ts'
import { ALGORITHM_OIDS, POLICY_OIDS } from '../../x509/oids.ts'

const verifySignature: Step = step(
  'verify-signature',
  '§6.1.3(a)(1)',
  'The public key carried down from the certificate above must verify the signature.',
  (state, certificate, { signatures }) => {
    const verdict = signatures.verify(certificate, state.workingIssuer.spki)
    return verdict instanceof Promise
      ? verdict.then((answer) => signatureOutcome(certificate, state, answer))
      : signatureOutcome(certificate, state, verdict)
  },
)

type Verdict = Awaited<ReturnType<PathContext['signatures']['verify']>>

function signatureOutcome(certificate: Certificate, state: PathState, verdict: Verdict): Outcome {
  const detail = {
    algorithm: certificate.signatureAlgorithm.oid,
    key: state.workingIssuer.spki.keyType ?? state.workingIssuer.spki.algorithm.oid,
  }
  if (verdict === 'valid') return held(detail)
  if (verdict === 'invalid') return failed(detail, { code: 'signature-invalid', detail: null })
  return unchecked(detail, {
    code: 'signature-unchecked',
    detail: { algorithm: verdict === null ? certificate.signatureAlgorithm.oid : verdict.unchecked },
  })
}

/** RFC 6150, RFC 6151: collisions of these hashes can be computed by anyone. */
const BROKEN_HASHES: Readonly<Record<string, string>> = {
  [ALGORITHM_OIDS.md2WithRSAEncryption]: 'MD2',
  [ALGORITHM_OIDS.md4WithRSAEncryption]: 'MD4',
  [ALGORITHM_OIDS.md5WithRSAEncryption]: 'MD5',
}

/** Not in §6.1: SHA-1 signatures can be forged, and count only if the caller allows them (RFC 9155, RFC 6194). */
const rejectSha1: Step = step(
  'reject-sha1',
  'RFC 6194 §3',
  'The hash must not be MD2, MD4 or MD5, nor SHA-1 unless allowed.',
  (_state, certificate, { options }) => {
    const broken = BROKEN_HASHES[certificate.signatureAlgorithm.oid]
    if (broken !== undefined)
      return failed(broken, { code: 'signature-hash-broken', detail: { hash: broken } })
    const meaning = signatureMeaning(certificate.signatureAlgorithm)
    const hash = 'scheme' in meaning && 'hash' in meaning.scheme ? meaning.scheme.hash : null
    if (hash !== 'SHA-1') return notApplicable(hash)
    return options.allowSha1 === true ? held(hash) : failed(hash, { code: 'signature-sha1', detail: null })
  },
)

/** §6.1.3 (a) (2): the validity period, both ends included (§4.1.2.5), includes the date of validation. */
export const requireValidity: Step = step(
  'require-validity',
  '§6.1.3(a)(2)',
  'The time must be from notBefore to notAfter, both included.',
  (_state, certificate, { at }) => {
    const { notBefore, notAfter } = certificate
    const detail = { notBefore, notAfter, at }
    if (at.getTime() < notBefore.getTime())
      return failed(detail, { code: 'not-yet-valid', detail: { notBefore, at } })
    if (at.getTime() > notAfter.getTime())
      return failed(detail, { code: 'expired', detail: { notAfter, at } })
    return held(detail)
  },
)

export const requireNotRevoked: Step = step(
  'require-not-revoked',
  '§6.1.3(a)(3)',
  'The certificate must not be revoked at that time.',
  (state, certificate, context) => {
    const { options, at, pool, budget, signatures, path, index, profile, signerPath } = context
    const mode = options.revocation ?? 'none'
    if (mode === 'none') return notApplicable()
    return checkRevocation(certificate, {
      at,
      mode,
      profile,
      allowSha1: options.allowSha1 === true,
      certificateLists: pool.certificateLists,
      ocspResponses: pool.ocspResponses,
      pool,
      issuer: state.workingIssuer,
      path: path.slice(0, index),
      budget,
      verifySigned: async (signed, spki) => (await signatures.verify(signed, spki)) ?? 'invalid',
      signerPath,
    })
  },
)

const requireIssuerName: Step = step(
  'require-issuer-name',
  '§6.1.3(a)(4)',
  'The issuer must be the subject of the certificate above, compared as §7.1 says.',
  (state, certificate) => {
    const issuer = nameToText(certificate.issuer)
    if (namesMatch(certificate.issuer, state.workingIssuer.name)) return held(issuer)
    const expected = nameToText(state.workingIssuer.name)
    return failed(issuer, { code: 'issuer-name-mismatch', detail: { issuer, expected } })
  },
)

/** §6.1.3 (b), (c) do not apply to self-issued certificates above the target. */
const namesExempt = ({ selfIssued, index, n }: PathContext): boolean => selfIssued && index < n

const requirePermittedNames: Step = step(
  'require-permitted-names',
  '§6.1.3(b)',
  'Each name must be within the permitted subtrees; self-issued CAs are exempt.',
  (state, certificate, context) =>
    namesExempt(context)
      ? notApplicable('self-issued')
      : checkNames(certificate, 'permitted', state.permittedSubtrees, context.budget),
)

const rejectExcludedNames: Step = step(
  'reject-excluded-names',
  '§6.1.3(c)',
  'No name may be within the excluded subtrees; self-issued CAs are exempt.',
  (state, certificate, context) =>
    namesExempt(context)
      ? notApplicable('self-issued')
      : checkNames(certificate, 'excluded', state.excludedSubtrees, context.budget),
)

const extendPolicyGraph: Step = step(
  'extend-policy-graph',
  '§6.1.3(d)',
  'A policy stays valid where the graph expects it; anyPolicy stands for all until inhibited.',
  (state, certificate, context) => {
    const { certificatePolicies } = certificate
    if (certificatePolicies === null || state.policyGraph === null) return notApplicable()
    const anyPolicyCounts = state.inhibitAnyPolicy > 0 || (context.index < context.n && context.selfIssued)
    state.policyGraph.extend(certificatePolicies, anyPolicyCounts)
    if (state.policyGraph.isEmpty) state.policyGraph = null
    return held(certificatePolicies.map(({ oid }) => oid))
  },
)

const requirePolicies: Step = step(
  'require-policies',
  '§6.1.3(e)',
  'Without certificatePolicies, no policy is valid from here on.',
  (state, { certificatePolicies }) => {
    if (certificatePolicies !== null) return notApplicable()
    state.policyGraph = null
    return held()
  },
)

const requireExplicitPolicy: Step = step(
  'require-explicit-policy',
  '§6.1.3(f)',
  'Once explicit_policy is 0, some policy must still be valid.',
  (state, _certificate, { options, path }) =>
    decided(
      { explicitPolicy: state.explicitPolicy },
      state.explicitPolicy > 0 || state.policyGraph !== null
        ? []
        : [
            {
              code: 'explicit-policy-missing',
              detail: {
                policies: [],
                asked: options.policies?.initialPolicySet ?? [POLICY_OIDS.anyPolicy],
                setBy: requiredBy(path, options),
              },
            },
          ],
    ),
)

/** RFC 5280 §6.1.3, Basic Certificate Processing. */
export const PROCESS: readonly Step[] = [
  verifySignature,
  rejectSha1,
  requireValidity,
  requireNotRevoked,
  requireIssuerName,
  requirePermittedNames,
  rejectExcludedNames,
  extendPolicyGraph,
  requirePolicies,
  requireExplicitPolicy,
]
