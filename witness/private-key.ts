/** A private key on P-256 that a witness brings: PKCS#8 (RFC 5958) in PEM, plain or under a passphrase (PBES2, RFC 8018). */
import { fromBER, Integer, ObjectIdentifier, OctetString, Sequence, type BaseBlock } from 'asn1js'
import { fromBase64 } from './blocks.ts'

export type PrivateKeyAnswer = { readonly privateKey: CryptoKey } | { readonly fault: string }

const LARGEST = 64 << 10
const MOST_ITERATIONS = 10_000_000
const BLOCK = /-----BEGIN ((?:ENCRYPTED |EC )?PRIVATE KEY)-----([^-]+)-----END \1-----/
const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const PRFS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}
const CIPHERS: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 128,
  '2.16.840.1.101.3.4.1.42': 256,
}

/** Returns a key that can sign and cannot be taken out. `fault` is a sentence; it has nothing of what was given. */
export async function openPrivateKey(
  file: Uint8Array<ArrayBuffer>,
  passphrase: string,
): Promise<PrivateKeyAnswer> {
  const text = file.length > LARGEST ? '' : new TextDecoder('latin1').decode(file)
  const [, label, base64] = BLOCK.exec(text) ?? []
  const der = base64 === undefined ? null : fromBase64(base64)
  if (!der) return { fault: 'The second file has no private key in PEM. Choose the file of the key.' }
  if (label === 'EC PRIVATE KEY')
    return {
      fault:
        'The key is in the older form “EC PRIVATE KEY”. Convert it: openssl pkcs8 -topk8 -in key.pem -out key8.pem',
    }
  const plain = label === 'PRIVATE KEY' ? der : await decrypted(der, passphrase)
  if (typeof plain === 'string') return { fault: plain }
  try {
    const curve = { name: 'ECDSA', namedCurve: 'P-256' }
    return { privateKey: await crypto.subtle.importKey('pkcs8', plain, curve, false, ['sign']) }
  } catch {
    return { fault: 'The key is not one on P-256 that this browser reads.' }
  }
}

/** Returns the PrivateKeyInfo, or a sentence. */
async function decrypted(
  der: Uint8Array<ArrayBuffer>,
  passphrase: string,
): Promise<Uint8Array<ArrayBuffer> | string> {
  const scheme = schemeOf(der)
  if (!scheme)
    return 'The key is encrypted in a way that is not read here. Encrypt it with: openssl pkcs8 -topk8 -v2 aes-256-cbc'
  const { salt, iterations, hash, bits, iv, data } = scheme
  try {
    const typed = new TextEncoder().encode(passphrase)
    const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
    const derivation = { name: 'PBKDF2', salt, iterations, hash }
    const cipher = { name: 'AES-CBC', length: bits }
    const key = await crypto.subtle.deriveKey(derivation, base, cipher, false, ['decrypt'])
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, data))
  } catch {
    return 'The passphrase does not open the key. Upper and lower case matter.'
  }
}

interface Scheme {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iterations: number
  readonly hash: string
  readonly bits: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: Uint8Array<ArrayBuffer>
}

/** EncryptedPrivateKeyInfo with PBES2, PBKDF2 and AES in CBC, as OpenSSL writes it; null for anything else. */
function schemeOf(der: Uint8Array<ArrayBuffer>): Scheme | null {
  const { result, offset } = fromBER(der)
  if (offset !== der.length) return null
  const [algorithm, encrypted] = parts(result)
  const [scheme, parameters] = parts(algorithm)
  const [derivation, encryption] = parts(parameters)
  const [kdf, kdfParameters] = parts(derivation)
  const [cipher, iv] = parts(encryption)
  const [salt, count, ...rest] = parts(kdfParameters)
  const prf = rest.find((part) => part instanceof Sequence)
  const hash = PRFS[prf ? oidOf(parts(prf)[0]) : '1.2.840.113549.2.7']
  const bits = CIPHERS[oidOf(cipher)]
  const iterations = count instanceof Integer ? count.valueBlock.valueDec : 0
  if (oidOf(scheme) !== PBES2 || oidOf(kdf) !== PBKDF2 || hash === undefined || bits === undefined)
    return null
  if (!(salt instanceof OctetString && iv instanceof OctetString && encrypted instanceof OctetString))
    return null
  if (iterations < 1 || iterations > MOST_ITERATIONS) return null
  return { salt: octetsOf(salt), iterations, hash, bits, iv: octetsOf(iv), data: octetsOf(encrypted) }
}

const parts = (block: BaseBlock | undefined): BaseBlock[] =>
  block instanceof Sequence ? block.valueBlock.value : []
const oidOf = (block: BaseBlock | undefined): string =>
  block instanceof ObjectIdentifier ? block.getValue() : ''
const octetsOf = (block: OctetString): Uint8Array<ArrayBuffer> => block.valueBlock.valueHexView.slice()
