import type { RequestSums } from '../../border/protocol/request.ts'
import { digest } from '../../webcrypto/signature.ts'
import type { CertificationRequest } from '../../x509/request.ts'

/** Returns what a request is compared by. */
export const requestSums = async ({ der, spki }: CertificationRequest): Promise<RequestSums> => ({
  sha256: await digest('SHA-256', der),
  spkiHash: await digest('SHA-256', spki.der),
})
