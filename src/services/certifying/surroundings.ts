/** The validation handed to ca/: of the whole chain-to-be before anything is signed. */
import type { TrialValidation, Surroundings } from '../../ca/prepare.ts'
import type { Finding } from '../../findings.ts'
import { FINDINGS } from '../../findings.ts'
import { random } from '../../webcrypto/seal.ts'
import type { PathCertificate } from '../../validate/report.ts'
import { createPool, type Pool } from '../../validate/pool.ts'
import { validate } from '../../validate/validate.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { isSelfIssued, isCa } from '../../x509/roles.ts'

/** Returns clock, randomness and the chain's validation, for prepare(); `known`: findings against the issuer. */
export function surroundings(at: Date, known: readonly Finding[] = []): Surroundings {
  return { at, random, validate: createValidation(at), known }
}

/**
 * Validates by RFC 5280 with the topmost issuer as anchor, at `at` or the nearest instant at which the certificate
 * would be valid. Its own signature, which does not exist yet, is assumed to verify with its issuer's key.
 */
function createValidation(at: Date): TrialValidation {
  const pools = new WeakMap<Certificate, Pool>()
  return async (certificate, issuers) => {
    const [issuer] = issuers
    if (!issuer) return []
    let pool = pools.get(issuer)
    if (!pool) pools.set(issuer, (pool = await poolOf(issuers, at)))
    const report = await validate(certificate, withPromised(pool, certificate, issuer), {
      at: clamped(at, certificate),
      profile: 'rfc5280',
      purpose: 'any',
      ekus: certificate.extKeyUsage ?? [],
      revocation: 'none',
    })
    const path = report.paths[report.best]
    const checked = path?.certificates ?? []
    const refusals = checked.flatMap(({ refusals: all, place }) =>
      place === 'target' ? all : all.filter((finding) => !isOfForm(finding)),
    )
    // Don't issue a chain so complex that this validator cannot decide it within its limits.
    const beyond = checked.flatMap(({ findings }) =>
      findings.filter(({ code }) => code === 'budget-exhausted'),
    )
    return [
      ...distinct([...refusals, ...beyond, ...tooDeep(certificate, issuers)]),
      ...checked.flatMap(formOfTier),
    ]
  }
}

/** The issuer of a batch is one object: the signatures above it are verified once, here. */
async function poolOf(issuers: readonly Certificate[], at: Date): Promise<Pool> {
  const pool = createPool({ anchors: issuers.slice(-1), intermediates: issuers })
  await validate(issuers[0]!, pool, { at, purpose: 'any', revocation: 'none' })
  return pool
}

/**
 * §6.1.4(l) does not count the last certificate of a path; but a CA's certificate is meant to be an intermediate of
 * longer ones, where it does count (§4.2.1.9).
 */
function tooDeep(certificate: Certificate, issuers: readonly Certificate[]): Finding[] {
  if (!isCa(certificate) || isSelfIssued(certificate)) return []
  let between = 1
  for (const [index, issuer] of issuers.entries()) {
    const pathLen = issuer.basicConstraints?.pathLen ?? null
    if (pathLen !== null && between > pathLen) {
      // Counted from the anchor, as the validator does.
      return [{ code: 'path-len-exceeded', detail: { pathLen, setBy: issuers.length - 1 - index } }]
    }
    if (!isSelfIssued(issuer)) between++
  }
  return []
}

/** Returns true if the finding is one of the certificate profile (§4), not of path validation (§6). */
const isOfForm = ({ code }: Finding): boolean => {
  const { refuses: refusal } = FINDINGS[code]
  return refusal !== undefined && refusal.path === undefined
}

/**
 * Faults of form in a CA's certificate made by other tools (easy-rsa leaves basicConstraints non-critical, say) are
 * reported but do not stop signing: the CA has issued under it for years, and nothing it signs can change it.
 */
function formOfTier({ certificate, place, refusals }: PathCertificate): Finding[] {
  const codes = refusals.filter(isOfForm).map(({ code }) => code)
  if (place === 'target' || codes.length === 0) return []
  return [{ code: 'tier-breaks-form', detail: { tier: nameToText(certificate.subject), codes } }]
}

/** Returns the pool with the signature still to be made recorded as verified. */
function withPromised(pool: Pool, promised: Certificate, issuer: Certificate): Pool {
  const { signatures } = pool.memory
  const members = new Set<object>([...signatures.members, promised])
  const known = new Map(signatures.known).set(promised, [{ spki: issuer.spki, verdict: 'valid' }])
  return { ...pool, memory: { ...pool.memory, signatures: { ...signatures, members, known } } }
}

function clamped(at: Date, { notBefore, notAfter }: Certificate): Date {
  if (at < notBefore) return notBefore
  return at > notAfter ? notAfter : at
}

function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ code }) => !seen.has(code) && seen.add(code))
}
