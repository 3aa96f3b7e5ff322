import { digest } from '../webcrypto/signature.ts'
import { hex } from './octets.ts'

export const sha256 = async (octets: Uint8Array): Promise<string> => hex(await digest('SHA-256', octets))
