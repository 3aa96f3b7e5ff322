import { hexOf, sameOctets } from '../../octets.ts'
import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { RevocationContext } from './context.ts'

export interface FoundSigner {
  readonly signer: Certificate | null
  readonly unchecked: string | null
  /**
   * Whether its path expired between the CRL's date and the validation date: its revocations stay, it clears nothing.
   */
  readonly isLapsed: boolean
  /**
   * Why its CRL clears nothing, though it counts against a certificate. Another trust anchor with the issuer's name is
   * the same CA after a change of key, or one that only has its name; without cRLSign, the issuer's key said it all the
   * same.
   */
  readonly forbidden: 'another-anchor' | 'crl-sign-missing' | null
  /** Why there is no signer, or what is wrong with it. */
  readonly findings: readonly Finding[]
}

/** Maximum depth of signers of signers: the status of a CRL's signer may depend on yet another signer's CRL. */
export const MAX_NESTING = 3

/**
 * RFC 5280 §6.3.3(f), (g): finds the signer of the CRL, with a path to the same trust anchor and the right to sign
 * CRLs.
 */
export async function findSigner(list: CertificateList, context: RevocationContext): Promise<FoundSigner> {
  const { thisUpdate, nextUpdate } = list
  const candidates = context.pool.bySubject(list.issuer)
  let worst: Finding =
    candidates.length === 0
      ? { code: 'crl-issuer-missing', detail: { thisUpdate, nextUpdate } }
      : {
          code: 'crl-signature-invalid',
          detail: { thisUpdate, nextUpdate, keyIdentifier: missingKey(candidates, list) },
        }
  let unchecked: string | null = null
  let lapsed: Certificate | null = null
  let otherAnchor: Certificate | null = null
  let barred: Certificate | null = null
  for (const candidate of inOrder(candidates, list, context)) {
    const verdict = await context.verifySigned(list, candidate.spki)
    if (typeof verdict === 'object') unchecked ??= verdict.unchecked
    if (verdict !== 'valid') continue
    if (candidate.keyUsage && !candidate.keyUsage.has('cRLSign')) {
      worst = { code: 'crl-sign-missing', detail: { thisUpdate, nextUpdate } }
      if (await mayBeTrusted(candidate, context, context.at)) barred ??= candidate
    } else if (await mayBeTrusted(candidate, context, context.at)) return found(candidate)
    else {
      worst = { code: 'crl-issuer-untrusted', detail: { thisUpdate, nextUpdate } }
      if (thisUpdate < context.at && (await mayBeTrusted(candidate, context, thisUpdate)))
        lapsed ??= candidate
      if (context.pool.isAnchor(candidate)) otherAnchor ??= candidate
    }
  }
  if (lapsed) return { ...found(lapsed), isLapsed: true, findings: [worst] }
  if (otherAnchor) return { ...found(otherAnchor), forbidden: 'another-anchor', findings: [worst] }
  if (barred) return { ...found(barred), forbidden: 'crl-sign-missing', findings: [worst] }
  return { ...found(null), unchecked, findings: unchecked === null ? [worst] : [] }
}

const found = (signer: Certificate | null): FoundSigner => ({
  signer,
  unchecked: null,
  isLapsed: false,
  forbidden: null,
  findings: [],
})

/** The key that the CRL names, if none of these certificates has it. */
function missingKey(
  candidates: readonly Certificate[],
  { authorityKeyIdentifier }: CertificateList,
): string | null {
  const keyId = authorityKeyIdentifier?.keyIdentifier
  if (!keyId) return null
  const isHere = candidates.some(({ subjectKeyIdentifier: ski }) => ski === null || sameOctets(ski, keyId))
  return isHere ? null : hexOf(keyId)
}

/** The certificates of this path first, then those whose key identifier the CRL names. */
function inOrder(
  candidates: readonly Certificate[],
  { authorityKeyIdentifier }: CertificateList,
  { path }: RevocationContext,
): Certificate[] {
  const keyId = authorityKeyIdentifier?.keyIdentifier
  const rank = (candidate: Certificate): number => {
    const ski = candidate.subjectKeyIdentifier
    const differs = keyId && ski && !sameOctets(keyId, ski)
    return (differs ? 2 : 0) + (path.includes(candidate) ? 0 : 1)
  }
  return [...candidates].sort((a, b) => rank(a) - rank(b))
}

/** Signers in this path are validated with it; any other needs a path of its own, with a good status along it. */
export async function mayBeTrusted(
  candidate: Certificate,
  context: RevocationContext,
  when: Date,
): Promise<boolean> {
  const { path, signers = [], signerPath } = context
  if (path.includes(candidate) || signers.includes(candidate)) return true
  if (signers.length >= MAX_NESTING) return false
  return signerPath(candidate, when, (whole) =>
    isUnrevoked(whole, { ...context, signers: [...signers, candidate] }),
  )
}

async function isUnrevoked(whole: readonly Certificate[], context: RevocationContext): Promise<boolean> {
  for (const [index, certificate] of whole.entries()) {
    const above = whole[index - 1]
    if (!above || context.path.includes(certificate)) continue
    const issuer = { name: above.subject, spki: above.spki, certificate: above }
    const { outcome } = await context.statusOf(certificate, {
      ...context,
      issuer,
      path: whole.slice(0, index),
    })
    if (outcome === 'failed' || outcome === 'unchecked') return false
  }
  return true
}
