import { parseWhole } from '../der/reader.ts'
import { octetString, seq, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import { CONTAINER_LIMITS, Work, type ContainerFormat, type ContainerLimits } from './limits.ts'
import { passwordOf, pbes2Encrypt, pbesDecrypt, type Password, type WriteOptions } from './pbes.ts'

/** EncryptedPrivateKeyInfo (RFC 5958 §3) by PBES2: AES-256-CBC, PBKDF2-HMAC-SHA-256. */
export async function sealPkcs8(pkcs8: Uint8Array, password: string, options: WriteOptions): Promise<Der> {
  const { algorithm, ciphertext } = await pbes2Encrypt(pkcs8, password, options)
  return seq(algorithm, octetString(ciphertext))
}

/** The PrivateKeyInfo inside; throws container-password-wrong where the password does not open it. */
export async function openPkcs8(
  der: Uint8Array,
  password: string,
  limits: ContainerLimits = CONTAINER_LIMITS,
): Promise<Uint8Array> {
  return openWith(der, passwordOf(password), new Work('PKCS#8', limits))
}

/** As openPkcs8(), inside another container. */
export async function openWith(der: Uint8Array, password: Password, work: Work): Promise<Uint8Array> {
  const { algorithm, ciphertext } = parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const parts = { algorithm: fields.element(), ciphertext: fields.octetString() }
    fields.finish()
    return parts
  })
  const plaintext = await pbesDecrypt(algorithm, ciphertext, password, work)
  if (!plaintext || !isPrivateKeyInfo(plaintext)) throw passwordWrong(work.format)
  return plaintext
}

export const passwordWrong = (format: ContainerFormat): CodedError =>
  new CodedError('container-password-wrong', { format })

/** A wrong password passes the padding once in 256 tries: the plaintext must look like a key too. */
export function isPrivateKeyInfo(der: Uint8Array): boolean {
  try {
    return parseWhole(der, (reader) => {
      const fields = reader.sequence()
      const version = fields.smallInteger()
      fields.sequence()
      fields.octetString()
      return version <= 1
    })
  } catch {
    return false
  }
}
