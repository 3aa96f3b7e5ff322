import { CodedError } from '../errors.ts'
import type { Finding, FindingCode } from '../findings.ts'
import { schemeOf } from '../webcrypto/algorithms.ts'
import type { SignatureScheme } from '../webcrypto/algorithms.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { Certificate } from '../x509/certificate.ts'
import { assembleSigned } from '../x509/encode.ts'
import { nameToText } from '../x509/name.ts'
import { encodeSignatureAlgorithm } from '../x509/signature-algorithms.ts'
import { verifySigned } from '../x509/signed.ts'
import type { KeyCache } from '../x509/signed.ts'
import { codesOf } from './token.ts'
import type { IssuanceToken } from './token.ts'

/** A private key that can be used but not read. `sign` returns the signature in its X.509 form (ECDSA as DER). */
export interface Signer {
  sign(scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array>
}

export interface IssueOptions {
  /** Codes of the warnings that were shown and accepted. */
  readonly acknowledged: readonly FindingCode[]
  /** Caches the issuer's public key between signatures. */
  readonly keys?: KeyCache
}

/** Codes that forbid signing, even if accepted. */
export const stopping = (findings: readonly Finding[]): readonly FindingCode[] => codesOf(findings, 'error')
/** Codes that must be accepted before signing. */
export const warnings = (findings: readonly Finding[]): readonly FindingCode[] => codesOf(findings, 'warning')

/**
 * Signs a prepared certificate, once, and verifies the signature with the key in the issuer's certificate before it is
 * returned: a certificate signed by the wrong key, or by itself, never comes into existence.
 */
export async function issue(
  token: IssuanceToken,
  signer: Signer,
  { acknowledged, keys }: IssueOptions,
): Promise<Certificate> {
  const open = token.warnings.filter((code) => !acknowledged.includes(code))
  if (open.length > 0) throw new CodedError('issue-not-acknowledged', { codes: open })
  const tbs = token.spend()
  const signature = await signer.sign(schemeOf(token.algorithm), tbs)
  const certificate = parseCertificate(
    assembleSigned(tbs, encodeSignatureAlgorithm(token.algorithm), signature),
  )
  if ((await verifySigned(certificate, token.issuerKey, keys)) !== 'valid')
    throw new CodedError('issuer-key-mismatch', { issuer: nameToText(certificate.issuer) })
  return certificate
}
