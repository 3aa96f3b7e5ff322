import { integer, nul, octetString, oid, seq, type Der } from '../der/writer.ts'
import { aesCbcEncrypt, pbkdf2 } from '../webcrypto/password-based.ts'
import { desCbcEncrypt } from './legacy/des.ts'
import { bmpPassword, pkcs12Kdf, PURPOSE } from './legacy/key-derivation.ts'
import { utf8 } from './password.ts'
import { AES_256_CBC, HMAC_SHA256, PBE_SHA1_3DES, PBES2, PBKDF2 } from './schemes.ts'

export interface WriteOptions {
  readonly iterations: number
  readonly random: (length: number) => Uint8Array
}

/** Of what is written: some 0.1 s per derivation, and a PKCS#12 needs three. */
export const WRITE_ITERATIONS = 200_000

/** PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC: the AlgorithmIdentifier and the ciphertext. */
export async function pbes2Encrypt(
  plaintext: Uint8Array,
  password: string,
  { iterations, random }: WriteOptions,
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const salt = random(16)
  const iv = random(16)
  const key = await pbkdf2('SHA-256', utf8(password), salt, iterations, 32)
  const kdf = seq(oid(PBKDF2), seq(octetString(salt), integer(iterations), seq(oid(HMAC_SHA256), nul())))
  const algorithm = seq(oid(PBES2), seq(kdf, seq(oid(AES_256_CBC), octetString(iv))))
  return { algorithm, ciphertext: await aesCbcEncrypt(key, iv, plaintext) }
}

/** PBE-SHA1-3DES (RFC 7292 App. C), for readers that know nothing newer. */
export async function pbeSha1TripleDesEncrypt(
  plaintext: Uint8Array,
  password: string,
  { iterations, random }: WriteOptions,
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const salt = random(8)
  const derive = (purpose: 1 | 2, length: number): Promise<Uint8Array> =>
    pkcs12Kdf('SHA-1', purpose, bmpPassword(password), salt, iterations, length)
  const key = await derive(PURPOSE.key, 24)
  const ciphertext = desCbcEncrypt(key, await derive(PURPOSE.iv, 8), plaintext)
  return { algorithm: seq(oid(PBE_SHA1_3DES), seq(octetString(salt), integer(iterations))), ciphertext }
}
