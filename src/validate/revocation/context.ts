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
 * §6.3.3 (f): whether one of the paths that a signer of status information has to the same anchor is accepted; by §6.1 on that date, without
 * purposes or status, anchor first, signer last.
 */
export type SignerPath = (
  signer: Certificate,
  when: Date,
  accept: (path: readonly Certificate[]) => Promise<boolean>,
) => Promise<boolean>

/** What RFC 5280 §6.3 needs to know about one certificate's place in a path. */
export interface RevocationQuestion {
  readonly at: Date
  readonly mode: 'given' | 'require'
  /** `path` asks of lists only what §6.3 reads; the others ask what §5 demands of their issuers too. */
  readonly profile: Profile
  readonly allowSha1: boolean
  readonly certificateLists: readonly CertificateList[]
  readonly ocspResponses: readonly OcspResponse[]
  /** pool.bySubject(name): where a CRL's or a response's signer may be found. */
  readonly pool: Pool
  /** Who issued the certificate in this path. */
  readonly issuer: WorkingIssuer
  /** Anchor first, up to and without the certificate. */
  readonly path: readonly Certificate[]
  readonly budget: Budget
  /** Remembered; spends a signature. 'invalid' too where the budget does not suffice (budget.exhausted tells). */
  readonly verifySigned: (signed: Signed, spki: Spki) => Promise<SignatureVerdict>
  readonly signerPath: SignerPath
  /** Signers whose own status is being asked: a list may speak about the certificate of its signer. */
  readonly signers?: readonly Certificate[]
}

/** The question, and who answers it of the signers of lists: the rules on lists are below those that ask them. */
export interface RevocationContext extends RevocationQuestion {
  readonly statusOf: (certificate: Certificate, question: RevocationQuestion) => Promise<Outcome>
}
