import { parseWhole } from '../der/reader.ts'
import { octetString, seq, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import { derive as deriveHere, type Derive } from './derivation.ts'
import { fileKeys, type FileKeys, type WriteOptions } from './file-keys.ts'
import { affordable, CONTAINER_LIMITS, Work, type ContainerFormat, type ContainerLimits } from './limits.ts'
import { passwordOf, spellings } from './password.ts'
import { pbes2Encrypt } from './pbes-write.ts'
import { readSealed, type Sealed } from './pbes.ts'

/** EncryptedPrivateKeyInfo (RFC 5958 §3) by PBES2: AES-256-CBC, PBKDF2-HMAC-SHA-256. */
export async function sealPkcs8(
  pkcs8: Uint8Array,
  secret: string | FileKeys,
  options: WriteOptions,
): Promise<Der> {
  const { algorithm, ciphertext } = await pbes2Encrypt(pkcs8, fileKeys(secret, options))
  return seq(algorithm, octetString(ciphertext))
}

export interface OpenOptions {
  readonly limits?: ContainerLimits
  /** Derives keys; by default this thread. */
  readonly derive?: Derive
}

/** Returns the PrivateKeyInfo inside; throws container-password-wrong if the password does not open it. */
export async function openPkcs8(
  der: Uint8Array,
  password: string,
  { limits = CONTAINER_LIMITS, derive = (of) => deriveHere(of) }: OpenOptions = {},
): Promise<Uint8Array> {
  const work = new Work('PKCS#8', limits)
  const sealed = readSealedKey(der, work)
  for (const text of affordable(spellings(password), work, work.spent)) {
    const plaintext = await sealed.open(passwordOf(text), derive)
    if (plaintext && isPrivateKeyInfo(plaintext)) return plaintext
  }
  throw passwordWrong('PKCS#8')
}

/** A parsed EncryptedPrivateKeyInfo with its work counted; the caller must still check the plaintext. */
export function readSealedKey(der: Uint8Array, work: Work): Sealed {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const [algorithm, ciphertext] = [fields.element(), fields.octetString()]
    fields.finish()
    return readSealed(algorithm, ciphertext, work)
  })
}

export const passwordWrong = (format: ContainerFormat): CodedError =>
  new CodedError('container-password-wrong', { format })

/** A wrong password passes the padding check once in 256 tries: the plaintext must look like a key too. */
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
