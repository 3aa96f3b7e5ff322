import { hexOf } from '../../octets.ts'
import { digest } from '../../webcrypto/signature.ts'

/** SHA-256 in lower-case hex. */
export const sha256Of = async (octets: Uint8Array): Promise<string> => hexOf(await digest('SHA-256', octets))
