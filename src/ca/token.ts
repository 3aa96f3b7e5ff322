import { CodedError } from '../errors.ts'
import { FINDINGS } from '../findings.ts'
import type { Finding, FindingCode } from '../findings.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Spki } from '../x509/spki.ts'
import type { SignatureAlgorithmId } from '../webcrypto/algorithms.ts'

/** Permits one signature over one linted TBSCertificate. Only prepare() makes one, and only issue() spends it. */
export class IssuanceToken {
  /** Read back from the octets that will be signed. */
  readonly certificate: Certificate
  readonly algorithm: SignatureAlgorithmId
  /** The key that must verify the signature: the issuer certificate's, or for a root its own. */
  readonly issuerKey: Spki
  /** Codes that must be acknowledged before it is spent. */
  readonly warnings: readonly FindingCode[]
  #spent = false

  constructor(
    certificate: Certificate,
    algorithm: SignatureAlgorithmId,
    issuerKey: Spki,
    findings: readonly Finding[],
  ) {
    this.certificate = certificate
    this.algorithm = algorithm
    this.issuerKey = issuerKey
    this.warnings = codesOf(findings, 'warning')
  }

  /** Returns the TBSCertificate, once; after that throws CodedError token-used. */
  spend(): Uint8Array {
    if (this.#spent) throw new CodedError('token-used', null)
    this.#spent = true
    return this.certificate.tbs
  }
}

/** Returns the codes of this severity, each once. */
export function codesOf(
  findings: readonly Finding[],
  severity: 'error' | 'warning' | 'notice',
): readonly FindingCode[] {
  return [...new Set(findings.map(({ code }) => code).filter((code) => FINDINGS[code].severity === severity))]
}
