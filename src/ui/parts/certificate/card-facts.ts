import type { CertificateRow } from '../../../worker/views.ts'

/** What a card shows; rows of the vault have it, and a judged certificate can be given the same. */
export type CardFacts = Pick<
  CertificateRow,
  | 'subject'
  | 'commonName'
  | 'serialNumber'
  | 'notBefore'
  | 'notAfter'
  | 'isCa'
  | 'keyAlgorithm'
  | 'signatureAlgorithm'
  | 'fingerprint'
  | 'spkiHash'
> &
  Partial<Pick<CertificateRow, 'subjectAltNames' | 'issuer' | 'key' | 'status' | 'revocation'>>
