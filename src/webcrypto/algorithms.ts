/** One table of what can be generated, signed and verified, and WebCrypto's parameters for it. */

export type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** Public key types whose signatures can be checked. */
export type KeyType = 'rsa' | 'p256' | 'p384' | 'p521' | 'ed25519' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'

/** Key pairs that can be generated. */
export type KeyAlgorithmId = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | Exclude<KeyType, 'rsa'>

export type SignatureScheme =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: Hash }
  | { readonly kind: 'rsa-pss'; readonly hash: Hash; readonly saltLength: number }
  | { readonly kind: 'ecdsa'; readonly hash: Hash }
  | { readonly kind: 'ed25519' }
  /** FIPS 204 §5.2: at most 255 octets of context; X.509 uses an empty one (RFC 9881 §3). */
  | { readonly kind: 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'; readonly context?: Uint8Array<ArrayBuffer> }

const pkcs1 = (hash: Hash) => ({ kind: 'rsa-pkcs1', hash }) as const
const pss = (hash: Hash, saltLength: number) => ({ kind: 'rsa-pss', hash, saltLength }) as const
const ecdsa = (hash: Hash) => ({ kind: 'ecdsa', hash }) as const

/** The algorithms used for signing. SHA-1 is only ever verified. A PSS salt is as long as the hash (RFC 4055 §3.1). */
export const SIGNATURE_ALGORITHMS = {
  'rsa-sha256': pkcs1('SHA-256'),
  'rsa-sha384': pkcs1('SHA-384'),
  'rsa-sha512': pkcs1('SHA-512'),
  'rsa-pss-sha256': pss('SHA-256', 32),
  'rsa-pss-sha384': pss('SHA-384', 48),
  'rsa-pss-sha512': pss('SHA-512', 64),
  'ecdsa-sha256': ecdsa('SHA-256'),
  'ecdsa-sha384': ecdsa('SHA-384'),
  'ecdsa-sha512': ecdsa('SHA-512'),
  ed25519: { kind: 'ed25519' },
  'ml-dsa-44': { kind: 'ml-dsa-44' },
  'ml-dsa-65': { kind: 'ml-dsa-65' },
  'ml-dsa-87': { kind: 'ml-dsa-87' },
} as const satisfies Record<string, SignatureScheme>

export type SignatureAlgorithmId = keyof typeof SIGNATURE_ALGORITHMS

export const schemeOf = (id: SignatureAlgorithmId): SignatureScheme => SIGNATURE_ALGORITHMS[id]

interface KeyAlgorithm {
  readonly keyType: KeyType
  readonly generation: RsaHashedKeyGenParams | EcKeyGenParams | { name: string }
}

/** The exponent 65537, big-endian. */
const F4 = Uint8Array.of(1, 0, 1)
const rsa = (modulusLength: number): KeyAlgorithm => ({
  keyType: 'rsa',
  generation: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: F4 },
})
const ec = (keyType: KeyType, namedCurve: string): KeyAlgorithm => ({
  keyType,
  generation: { name: 'ECDSA', namedCurve },
})
const plain = (keyType: KeyType, name: string): KeyAlgorithm => ({ keyType, generation: { name } })

export const KEY_ALGORITHMS: Record<KeyAlgorithmId, KeyAlgorithm> = {
  'rsa-2048': rsa(2048),
  'rsa-3072': rsa(3072),
  'rsa-4096': rsa(4096),
  p256: ec('p256', 'P-256'),
  p384: ec('p384', 'P-384'),
  p521: ec('p521', 'P-521'),
  ed25519: plain('ed25519', 'Ed25519'),
  'ml-dsa-44': plain('ml-dsa-44', 'ML-DSA-44'),
  'ml-dsa-65': plain('ml-dsa-65', 'ML-DSA-65'),
  'ml-dsa-87': plain('ml-dsa-87', 'ML-DSA-87'),
}

/** Signature algorithms for each key type, the default first. */
export const SIGNATURES_OF: Record<KeyType, readonly SignatureAlgorithmId[]> = {
  rsa: ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512'],
  p256: ['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'],
  p384: ['ecdsa-sha384', 'ecdsa-sha256', 'ecdsa-sha512'],
  p521: ['ecdsa-sha512', 'ecdsa-sha256', 'ecdsa-sha384'],
  ed25519: ['ed25519'],
  'ml-dsa-44': ['ml-dsa-44'],
  'ml-dsa-65': ['ml-dsa-65'],
  'ml-dsa-87': ['ml-dsa-87'],
}

/** Octets of one coordinate, and so of r and of s. */
export const EC_OCTETS: Partial<Record<KeyType, number>> = { p256: 32, p384: 48, p521: 66 }

/** Whether a key of this kind can make or check a signature of this scheme. */
export function schemeFits(keyType: KeyType, scheme: SignatureScheme): boolean {
  if (scheme.kind === 'rsa-pkcs1' || scheme.kind === 'rsa-pss') return keyType === 'rsa'
  if (scheme.kind === 'ecdsa') return EC_OCTETS[keyType] !== undefined
  return keyType === scheme.kind
}

/** Parameters of importKey for this kind of key in this scheme. */
export function importParameters(
  keyType: KeyType,
  scheme: SignatureScheme,
): RsaHashedImportParams | EcKeyImportParams | { name: string } {
  if (scheme.kind === 'rsa-pkcs1') return { name: 'RSASSA-PKCS1-v1_5', hash: scheme.hash }
  if (scheme.kind === 'rsa-pss') return { name: 'RSA-PSS', hash: scheme.hash }
  return KEY_ALGORITHMS[keyType as Exclude<KeyType, 'rsa'>].generation
}

/** Parameters of sign and verify. */
export function signatureParameters(
  scheme: SignatureScheme,
): RsaPssParams | EcdsaParams | { name: string; context?: BufferSource } {
  switch (scheme.kind) {
    case 'rsa-pkcs1':
      return { name: 'RSASSA-PKCS1-v1_5' }
    case 'rsa-pss':
      return { name: 'RSA-PSS', saltLength: scheme.saltLength }
    case 'ecdsa':
      return { name: 'ECDSA', hash: scheme.hash }
    case 'ed25519':
      return KEY_ALGORITHMS.ed25519.generation
    default: {
      const { name } = KEY_ALGORITHMS[scheme.kind].generation
      return scheme.context === undefined ? { name } : { name, context: scheme.context }
    }
  }
}
