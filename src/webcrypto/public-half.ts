import { KEY_ALGORITHMS, type KeyType } from './algorithms.ts'

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

const parametersOf = (keyType: KeyType) => (keyType === 'rsa' ? RSA : KEY_ALGORITHMS[keyType].generation)

/** Members of a JWK that belong to the public key (RFC 7518 §6, RFC 8037 §2, RFC 9964 §3). */
const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'alg', 'pub']

/**
 * Returns the SubjectPublicKeyInfo of a plain PKCS#8 key, computed by the engine rather than taken from the file.
 * Rejects if the engine does not accept the key.
 */
export async function publicHalf(keyType: KeyType, pkcs8: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const parameters = parametersOf(keyType)
  const bytes = pkcs8 as Uint8Array<ArrayBuffer>
  const privateKey = await crypto.subtle.importKey('pkcs8', bytes, parameters, true, ['sign'])
  const jwk = Object.entries(await crypto.subtle.exportKey('jwk', privateKey))
  const publicJwk = Object.fromEntries(jwk.filter(([member]) => PUBLIC_MEMBERS.includes(member)))
  const publicKey = await crypto.subtle.importKey('jwk', publicJwk, parameters, true, ['verify'])
  return new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
}

/** Returns the plain PKCS#8 of a private JWK. Rejects if the engine does not accept it. */
export async function pkcs8OfJwk(keyType: KeyType, jwk: JsonWebKey): Promise<Uint8Array<ArrayBuffer>> {
  // Use, operations and algorithm describe its use elsewhere; here it only signs certificates.
  const { use: _use, key_ops: _operations, alg, ...members } = jwk
  const withAlg = jwk.kty === 'AKP' ? { ...members, alg } : members
  const key = await crypto.subtle.importKey('jwk', withAlg as JsonWebKey, parametersOf(keyType), true, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))
}
