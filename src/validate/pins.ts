import { digest } from '../webcrypto/signature.ts'
import { hexOf } from '../octets.ts'

export const sha256 = async (octets: Uint8Array): Promise<string> => hexOf(await digest('SHA-256', octets))
