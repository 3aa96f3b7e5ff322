/** OIDs of password-protected files: one table of hashes, HMACs and ciphers for all containers. */
import { aesCbcDecrypt } from '../webcrypto/password-based.ts'
import { CodedError } from '../errors.ts'
import { aes192CbcDecrypt } from './aes-192.ts'
import { desCbcDecrypt } from './legacy/des.ts'
import type { KdfHash } from './legacy/key-derivation.ts'
import { rc2CbcDecrypt } from './legacy/rc2.ts'
import { rc4 } from './legacy/rc4.ts'
import type { ContainerFormat } from './limits.ts'
import { HASH_OIDS } from '../x509/oids.ts'

/** PKCS#5 (RFC 8018 App. A). */
export const PBES2 = '1.2.840.113549.1.5.13'
export const PBKDF2 = '1.2.840.113549.1.5.12'
export const PBMAC1 = '1.2.840.113549.1.5.14'
/** RFC 7914 §7. */
export const SCRYPT = '1.3.6.1.4.1.11591.4.11'
export const AES_256_CBC = '2.16.840.1.101.3.4.1.42'
export const HMAC_SHA1 = '1.2.840.113549.2.7'
export const HMAC_SHA256 = '1.2.840.113549.2.9'
export const PBE_SHA1_3DES = '1.2.840.113549.1.12.1.3'
export const SHA1 = HASH_OIDS['SHA-1']
export const SHA256 = HASH_OIDS['SHA-256']
/** Sun's own protection of keys in a JKS and in a JCEKS. */
export const SUN_JKS = '1.3.6.1.4.1.42.2.17.1.1'
export const SUN_JCEKS = '1.3.6.1.4.1.42.2.19.1'

/** Hashes of a PKCS#12's MAC. */
export const HASHES: Readonly<Record<string, KdfHash>> = {
  [SHA1]: 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  [SHA256]: 'SHA-256',
  [HASH_OIDS['SHA-384']]: 'SHA-384',
  [HASH_OIDS['SHA-512']]: 'SHA-512',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
  '1.2.840.113549.2.5': 'MD5',
}

/** Pseudorandom functions of PBKDF2, and the MACs of PBMAC1 (RFC 8018 §B.1). */
export const HMACS: Readonly<Record<string, KdfHash>> = {
  [HMAC_SHA1]: 'SHA-1',
  '1.2.840.113549.2.8': 'SHA-224',
  [HMAC_SHA256]: 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
  '1.2.840.113549.2.12': 'SHA-512/224',
  '1.2.840.113549.2.13': 'SHA-512/256',
  '1.2.840.113549.2.6': 'MD5',
}

/** Decrypts; returns null if the padding shows that the key is wrong. */
export type Decrypt = (
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
) => Promise<Uint8Array | null> | Uint8Array | null

export interface Cipher {
  readonly keyLength: number
  readonly ivLength: number
  readonly decrypt: Decrypt
}

const aes = (keyLength: number): Cipher => ({
  keyLength,
  ivLength: 16,
  decrypt: keyLength === 24 ? aes192CbcDecrypt : aesCbcDecrypt,
})
const des = (keyLength: number): Cipher => ({ keyLength, ivLength: 8, decrypt: desCbcDecrypt })
const rc2 = (keyLength: number): Cipher => ({ keyLength, ivLength: 8, decrypt: rc2CbcDecrypt })
const stream = (keyLength: number): Cipher => ({
  keyLength,
  ivLength: 0,
  decrypt: (key, _iv, ciphertext) => rc4(key, ciphertext),
})
/** Triple DES with two keys: the first is also the third. */
const twoKeyDes: Cipher = {
  ...des(16),
  decrypt: (key, iv, text) => desCbcDecrypt(Uint8Array.of(...key, ...key.subarray(0, 8)), iv, text),
}

/** Encryption schemes of PBES2 (RFC 8018 §B.2). */
export const PBES2_CIPHERS: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': aes(16),
  '2.16.840.1.101.3.4.1.22': aes(24),
  [AES_256_CBC]: aes(32),
  '1.2.840.113549.3.7': des(24),
  '1.3.14.3.2.7': des(8),
}

/** RC2-CBC of PBES2, whose parameters encode the number of effective key bits (RFC 8018 §B.2.3). */
export const RC2_CBC = '1.2.840.113549.3.2'
export const RC2_VERSIONS: Readonly<Record<number, Cipher>> = { 160: rc2(5), 120: rc2(8), 58: rc2(16) }

/** PKCS#12's own schemes (RFC 7292 App. C): SHA-1 and the derivation of its App. B. */
export const PKCS12_CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.1': stream(16),
  '1.2.840.113549.1.12.1.2': stream(5),
  [PBE_SHA1_3DES]: des(24),
  '1.2.840.113549.1.12.1.4': twoKeyDes,
  '1.2.840.113549.1.12.1.5': rc2(16),
  '1.2.840.113549.1.12.1.6': rc2(5),
}

/** PBES1 (RFC 8018 §A.3): eight octets of key, eight of initialization vector. */
export const PBES1_CIPHERS: Readonly<Record<string, { hash: 'MD5' | 'SHA-1'; decrypt: Decrypt }>> = {
  '1.2.840.113549.1.5.3': { hash: 'MD5', decrypt: desCbcDecrypt },
  '1.2.840.113549.1.5.6': { hash: 'MD5', decrypt: rc2CbcDecrypt },
  '1.2.840.113549.1.5.10': { hash: 'SHA-1', decrypt: desCbcDecrypt },
  '1.2.840.113549.1.5.11': { hash: 'SHA-1', decrypt: rc2CbcDecrypt },
}

/** Ciphers of a PEM key's DEK-Info, by OpenSSL's names. */
export const DEK_CIPHERS: Readonly<Record<string, Cipher>> = {
  'AES-128-CBC': aes(16),
  'AES-192-CBC': aes(24),
  'AES-256-CBC': aes(32),
  'DES-EDE3-CBC': des(24),
  'DES-EDE-CBC': twoKeyDes,
  'DES-CBC': des(8),
}

/** Display names of schemes that occur but cannot be opened here. */
const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.1': 'PBE-MD2-DES',
  '1.2.840.113549.1.5.4': 'PBE-MD2-RC2-64',
  '1.2.840.113549.3.4': 'RC4',
  '1.2.840.113549.3.9': 'RC5-CBC',
  '1.2.840.113533.7.66.10': 'CAST5-CBC',
  '1.3.6.1.4.1.3029.1.2': 'Blowfish-CBC',
  '1.3.6.1.4.1.188.7.1.1.2': 'IDEA-CBC',
  '1.2.410.200004.1.4': 'SEED-CBC',
  '1.2.410.200046.1.1.2': 'ARIA-128-CBC',
  '1.2.410.200046.1.1.7': 'ARIA-192-CBC',
  '1.2.410.200046.1.1.12': 'ARIA-256-CBC',
  '1.2.392.200011.61.1.1.1.2': 'Camellia-128-CBC',
  '1.2.392.200011.61.1.1.1.3': 'Camellia-192-CBC',
  '1.2.392.200011.61.1.1.1.4': 'Camellia-256-CBC',
  '1.2.156.10197.1.104.2': 'SM4-CBC',
  '1.2.643.2.2.21': 'GOST 28147-89',
  '1.2.643.7.1.1.5.1.1': 'GOST Magma',
  '1.2.643.7.1.1.5.2.1': 'GOST Kuznyechik',
  '1.2.643.2.2.9': 'GOST R 34.11-94',
  '1.2.643.7.1.1.2.2': 'GOST R 34.11-2012 (256 bits)',
  '1.2.643.7.1.1.2.3': 'GOST R 34.11-2012 (512 bits)',
  '1.2.643.2.2.10': 'HMAC with GOST R 34.11-94',
  '1.2.643.7.1.1.4.1': 'HMAC with GOST R 34.11-2012 (256 bits)',
  '1.2.643.7.1.1.4.2': 'HMAC with GOST R 34.11-2012 (512 bits)',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.26': 'AES-192-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
  '2.16.840.1.101.3.4.2.13': 'HMAC-SHA3-224',
  '2.16.840.1.101.3.4.2.14': 'HMAC-SHA3-256',
  '2.16.840.1.101.3.4.2.15': 'HMAC-SHA3-384',
  '2.16.840.1.101.3.4.2.16': 'HMAC-SHA3-512',
}

/** Returns the error for an unsupported algorithm; without a name, it shows the OID. */
export const unknown = (format: ContainerFormat, id: string): CodedError =>
  new CodedError('container-algorithm-unknown', {
    format,
    algorithm: NAMES[id] ?? `the algorithm with the object identifier ${id}`,
  })
