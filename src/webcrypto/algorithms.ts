export type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** Kinds of public key a signature can be checked with. */
export type KeyType = 'rsa' | 'p256' | 'p384' | 'p521' | 'ed25519' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'

/** Key pairs that can be generated. */
export type KeyAlgorithmId = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | Exclude<KeyType, 'rsa'>

export type SignatureScheme =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: Hash }
  | { readonly kind: 'rsa-pss'; readonly hash: Hash; readonly saltLength: number }
  | { readonly kind: 'ecdsa'; readonly hash: Hash }
  | { readonly kind: 'ed25519' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87' }

/** What we sign with; schemeOf() gives the parameters. SHA-1 is only ever verified. */
export type SignatureAlgorithmId =
  | 'rsa-sha256'
  | 'rsa-sha384'
  | 'rsa-sha512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512'
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'
  | 'ed25519'
  | 'ml-dsa-44'
  | 'ml-dsa-65'
  | 'ml-dsa-87'
