/** Keys for one ceremony that nothing trusts: what they sign is looked at, and never stored. */
import type { Signer } from '../../ca/issue.ts'
import { SIGNATURES_OF, type KeyType, type SignatureAlgorithmId } from '../../webcrypto/algorithms.ts'
import { exportPrivateKey, generateKeyPair } from '../../webcrypto/keys.ts'
import { signWithOctets } from '../../x509/sign-with-octets.ts'
import { parseSpkiDer, type Spki } from '../../x509/spki.ts'

export interface ThrowAwayKey {
  readonly key: Signer
  readonly spki: Spki
}

/** The size of an RSA key is not in what it signs. */
const SMALLEST_RSA = 'rsa-2048'

const TYPES = Object.keys(SIGNATURES_OF) as KeyType[]

/** The kind of key that usually makes such a signature. */
export const keyTypeFor = (signature: SignatureAlgorithmId): KeyType =>
  TYPES.find((type) => SIGNATURES_OF[type][0] === signature) ??
  TYPES.find((type) => SIGNATURES_OF[type].includes(signature))!

export class ThrowAwayKeys {
  readonly #made = new Map<KeyType, Promise<ThrowAwayKey>>()

  /** Returns a key of this type, always the same one. */
  of(keyType: KeyType): Promise<ThrowAwayKey> {
    let made = this.#made.get(keyType)
    if (!made) this.#made.set(keyType, (made = make(keyType)))
    return made
  }
}

async function make(keyType: KeyType): Promise<ThrowAwayKey> {
  const pair = await generateKeyPair(keyType === 'rsa' ? SMALLEST_RSA : keyType)
  const pkcs8 = await exportPrivateKey(pair.privateKey)
  const key: Signer = { sign: (scheme, data) => signWithOctets(keyType, pkcs8, scheme, data) }
  return { key, spki: parseSpkiDer(pair.spki) }
}
