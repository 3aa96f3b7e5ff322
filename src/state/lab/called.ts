import type { LabCertificate } from '../../border/protocol/lab.ts'
import { hexOf } from '../../octets.ts'

/** Returns the name of a certificate here, or of the one with this key, by its SHA-256 in hexadecimal; null if it is not here. */
export const calledAmong =
  (certificates: readonly LabCertificate[]) =>
  (sha256: string): string | null => {
    const wanted = sha256.replaceAll(':', '').toLowerCase()
    const found = certificates.find(
      ({ card }) => card.fingerprint === wanted || hexOf(card.spkiHash) === wanted,
    )
    return found?.name ?? null
  }
