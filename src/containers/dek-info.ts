import { CodedError } from '../errors.ts'
import { md5BytesToKey } from './legacy/key-derivation.ts'
import { passwordWrong } from './pkcs8.ts'
import { hexOctets, utf8 } from '../octets.ts'
import { DEK_CIPHERS } from './schemes.ts'

/** Display names of other ciphers that OpenSSL writes there. */
const nameOf = (name: string): string =>
  name
    .replace(/^CAMELLIA-/, 'Camellia-')
    .replace(/^BF-/, 'Blowfish-')
    .slice(0, 40)

/**
 * Decrypts the body of a PEM key whose header says `DEK-Info: CIPHER,IV` (RFC 1421 §4.6.1.3, with OpenSSL's key
 * derivation). Throws container-password-wrong, container-algorithm-unknown.
 */
export async function openDekInfo(dekInfo: string, body: Uint8Array, password: string): Promise<Uint8Array> {
  const [name = '', hex = ''] = dekInfo.split(',').map((part) => part.trim())
  const cipher = Object.hasOwn(DEK_CIPHERS, name) ? DEK_CIPHERS[name] : null
  if (!cipher)
    throw new CodedError('container-algorithm-unknown', { format: 'PEM key', algorithm: nameOf(name) })
  const iv = hexOctets(hex)
  if (iv?.length !== cipher.ivLength)
    throw new CodedError('container-structure', { format: 'PEM key', part: 'DEK-Info' })
  const key = md5BytesToKey(utf8(password), iv, cipher.keyLength)
  const plaintext = await cipher.decrypt(key, iv, body)
  // Padding alone is valid for one in 256 wrong passwords; both traditional forms begin with a SEQUENCE of this length.
  if (!plaintext || !beginsWithItsLength(plaintext)) throw passwordWrong('PEM key')
  return plaintext
}

/** Whether the octets are exactly one SEQUENCE. */
export function beginsWithItsLength(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false
  const first = bytes[1] ?? 0
  if (first < 0x80) return bytes.length === 2 + first
  const octets = first & 0x7f
  let length = 0
  for (let i = 0; i < octets; i++) length = length * 256 + (bytes[2 + i] ?? 0)
  return bytes.length === 2 + octets + length
}
