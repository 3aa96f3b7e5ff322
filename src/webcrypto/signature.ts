import { hexOf } from '../octets.ts'
import { signatureParameters } from './algorithms.ts'
import type { Hash, SignatureScheme } from './algorithms.ts'

/** Returns a signature over `data` as WebCrypto produces it: ECDSA as r‖s, each of the curve's length. */
export async function sign(
  scheme: SignatureScheme,
  key: CryptoKey,
  data: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await crypto.subtle.sign(signatureParameters(scheme), key, data as Uint8Array<ArrayBuffer>),
  )
}

/** Whether `signature` (ECDSA as r‖s) is valid for `data`. Rejects only if the engine cannot do the work. */
export function verify(
  scheme: SignatureScheme,
  key: CryptoKey,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  return crypto.subtle.verify(
    signatureParameters(scheme),
    key,
    signature as Uint8Array<ArrayBuffer>,
    data as Uint8Array<ArrayBuffer>,
  )
}

export async function digest(hash: Hash, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest(hash, data as Uint8Array<ArrayBuffer>))
}

/** SHA-256 in lower-case hex. */
export const sha256Hex = async (octets: Uint8Array): Promise<string> => hexOf(await digest('SHA-256', octets))
