import type { KeyType, SignatureScheme } from '../webcrypto/algorithms.ts'
import { importPrivateKey } from '../webcrypto/keys.ts'
import { sign } from '../webcrypto/signature.ts'
import { ecdsaFromRaw } from './ecdsa-signature.ts'

/**
 * Returns a signature in its X.509 form, by a private key in plain PKCS#8. It is imported each time: in WebCrypto a key is
 * for one scheme.
 */
export async function signWithOctets(
  keyType: KeyType,
  pkcs8: Uint8Array,
  scheme: SignatureScheme,
  data: Uint8Array,
): Promise<Uint8Array> {
  const key = await importPrivateKey(keyType, scheme, pkcs8, { extractable: false })
  const signature = await sign(scheme, key, data)
  return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
}
