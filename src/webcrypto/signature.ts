import { signatureParameters } from './algorithms.ts'
import type { Hash, SignatureScheme } from './algorithms.ts'

/** A signature over `data` as WebCrypto gives it: ECDSA as r‖s of the curve's length each. */
export async function sign(
  scheme: SignatureScheme,
  key: CryptoKey,
  data: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await crypto.subtle.sign(signatureParameters(scheme), key, data as Uint8Array<ArrayBuffer>),
  )
}

/** Whether `signature` (ECDSA as r‖s) is one over `data`. Rejects only where the engine cannot do the work. */
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
