import { integer, nul, octetString, oid, seq, type Der } from '../der/writer.ts'
import { aesCbcEncrypt } from '../webcrypto/password-based.ts'
import type { FileKeys } from './file-keys.ts'
import { desCbcEncrypt } from './legacy/des.ts'
import { AES_256_CBC, HMAC_SHA256, PBE_SHA1_3DES, PBES2, PBKDF2 } from './schemes.ts'

/** For files that we write: about 0.1 s per derivation, and a PKCS#12 needs two. */
export const WRITE_ITERATIONS = 200_000

/** PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC: returns the AlgorithmIdentifier and the ciphertext. */
export async function pbes2Encrypt(
  plaintext: Uint8Array,
  keys: FileKeys,
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const { iterations, random } = keys.options
  const { salt, key } = await keys.aes()
  const iv = random(16)
  const kdf = seq(oid(PBKDF2), seq(octetString(salt), integer(iterations), seq(oid(HMAC_SHA256), nul())))
  const algorithm = seq(oid(PBES2), seq(kdf, seq(oid(AES_256_CBC), octetString(iv))))
  return { algorithm, ciphertext: await aesCbcEncrypt(key, iv, plaintext) }
}

/** PBE-SHA1-3DES (RFC 7292 App. C), for readers that support nothing newer. */
export async function pbeSha1TripleDesEncrypt(
  plaintext: Uint8Array,
  keys: FileKeys,
  what: 'key' | 'certificates',
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const { salt, key, iv } = await keys.tripleDes(what)
  const ciphertext = desCbcEncrypt(key, iv, plaintext)
  const { iterations } = keys.options
  return { algorithm: seq(oid(PBE_SHA1_3DES), seq(octetString(salt), integer(iterations))), ciphertext }
}
