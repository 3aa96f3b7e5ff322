import type { Profile } from '../../lint/profiles.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Certificate, Signed } from '../../x509/certificate.ts'
import type { OcspResponse } from '../../x509/ocsp.ts'
import type { Spki } from '../../x509/spki.ts'
import type { Budget } from '../budget.ts'
import type { Outcome } from '../outcome.ts'
import type { WorkingIssuer } from '../path/state.ts'
import type { Pool } from '../pool.ts'
import type { SignatureVerdict } from '../signatures.ts'

/**
 * §6.3.3 (f): whether one of the paths from a signer of status information to the same anchor is accepted; by §6.1 on
 * that date, without purposes or status, anchor first, signer last.
 */
export type SignerPath = (
  signer: Certificate,
  when: Date,
  accept: (path: readonly Certificate[]) => Promise<boolean>,
) => Promise<boolean>

/** The context that RFC 5280 §6.3 needs: one certificate's position in a path. */
export interface RevocationQuestion {
  readonly at: Date
  readonly mode: 'given' | 'require'
  /** `path` checks of CRLs only what §6.3 reads; the others also check what §5 requires of their issuers. */
  readonly profile: Profile
  readonly allowSha1: boolean
  readonly certificateLists: readonly CertificateList[]
  readonly ocspResponses: readonly OcspResponse[]
  /** pool.bySubject(name): where to find the signer of a CRL or response. */
  readonly pool: Pool
  /** The issuer of the certificate in this path. */
  readonly issuer: WorkingIssuer
  /** Anchor first, up to but not including the certificate. */
  readonly path: readonly Certificate[]
  readonly budget: Budget
  /** Cached; spends a signature. Also returns 'invalid' if the budget is spent (see budget.exhausted). */
  readonly verifySigned: (signed: Signed, spki: Spki) => Promise<SignatureVerdict>
  readonly signerPath: SignerPath
  /** Signers whose own status is being checked, to end recursion: a CRL may cover the certificate of its own signer. */
  readonly signers?: readonly Certificate[]
}

/** The question, with the status check for CRL signers; passed in because it ranks above the CRL rules. */
export interface RevocationContext extends RevocationQuestion {
  readonly statusOf: (certificate: Certificate, question: RevocationQuestion) => Promise<Outcome>
}
