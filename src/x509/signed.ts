import { bitString, nul, oid, seq } from '../der/writer.ts'
import { EC_OCTETS, schemeFits } from '../webcrypto/algorithms.ts'
import type { SignatureScheme } from '../webcrypto/algorithms.ts'
import { importPublicKey } from '../webcrypto/keys.ts'
import { sign as signRaw, verify } from '../webcrypto/signature.ts'
import type { Signed } from './certificate.ts'
import { ecdsaFromRaw, ecdsaToRaw } from './ecdsa-signature.ts'
import { pssAllows, signatureMeaning } from './signature-algorithms.ts'
import { curveText } from './curves.ts'
import { KEY_OIDS, oidName } from './oids.ts'
import { isMalformedKey } from './spki.ts'
import type { Spki } from './spki.ts'

/** `unchecked` names what this engine lacks: never a pass, and not a statement that the signature is wrong. */
export type SignatureVerdict = 'valid' | 'invalid' | { readonly unchecked: string }

/** BoringSSL accepts RSA moduli up to 16,384 bits, at a cost that grows with the cube; nobody issues above 8,192. */
const MAX_RSA_BITS = 8192

/** Imported public keys, indexed by the parsed key, so that a pool imports each once; it lives as long as the pool. */
export class KeyCache {
  readonly #keys = new Map<Spki, Map<string, CryptoKey>>()

  of(spki: Spki, scheme: SignatureScheme): CryptoKey | undefined {
    return this.#keys.get(spki)?.get(slot(scheme))
  }

  keep(spki: Spki, scheme: SignatureScheme, key: CryptoKey): void {
    let keys = this.#keys.get(spki)
    if (!keys) this.#keys.set(spki, (keys = new Map<string, CryptoKey>()))
    keys.set(slot(scheme), key)
  }
}

/** WebCrypto binds an RSA key to its padding and hash; other keys serve every scheme of their type. */
const slot = (scheme: SignatureScheme): string =>
  scheme.kind === 'rsa-pkcs1' || scheme.kind === 'rsa-pss' ? scheme.kind + scheme.hash : scheme.kind

/** Returns a signature over `data` in its X.509 form: ECDSA as DER (RFC 3279 §2.2.3). */
export async function sign(
  scheme: SignatureScheme,
  key: CryptoKey,
  data: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const signature = await signRaw(scheme, key, data)
  return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
}

/** Checks the signature over the received octets with this key. Never throws. */
export function verifySigned(signed: Signed, spki: Spki, keys?: KeyCache): Promise<SignatureVerdict> {
  const meaning = signatureMeaning(signed.signatureAlgorithm)
  if ('unsupported' in meaning) return Promise.resolve({ unchecked: meaning.unsupported })
  return verifyScheme(meaning.scheme, spki, signed.signatureValue, signed.tbs, keys)
}

const keyText = ({ algorithm: { oid, parameters } }: Spki): string =>
  oid === KEY_OIDS.ecPublicKey ? `key on ${curveText(parameters)}` : `key of ${oidName(oid) ?? oid}`

/** As verifySigned, for a known scheme: `signature` in its X.509 form (ECDSA as DER). Never throws. */
export async function verifyScheme(
  scheme: SignatureScheme,
  spki: Spki,
  signature: Uint8Array,
  data: Uint8Array,
  keys?: KeyCache,
): Promise<SignatureVerdict> {
  const { keyType } = spki
  if (!keyType) return isMalformedKey(spki) ? 'invalid' : { unchecked: keyText(spki) }
  if (!schemeFits(keyType, scheme) || !pssAllows(spki, scheme)) return 'invalid'
  if (spki.rsa) {
    if (spki.rsa.modulusBits > MAX_RSA_BITS)
      return { unchecked: `RSA of ${String(spki.rsa.modulusBits)} bits` }
    // With an exponent of 1 every padded hash is its own signature; an even exponent is not an RSA key's.
    if (spki.rsa.exponent < 3n || spki.rsa.exponent % 2n === 0n) return 'invalid'
    if (!isBelowModulus(signature, spki.rsa.modulus)) return 'invalid'
  }
  if (scheme.kind === 'ed25519' && !isReduced(signature)) return 'invalid'
  const raw = scheme.kind === 'ecdsa' ? ecdsaToRaw(signature, EC_OCTETS[keyType]!) : signature
  if (!raw) return 'invalid'
  let key = keys?.of(spki, scheme)
  if (!key) {
    try {
      key = await importPublicKey(keyType, scheme, importable(spki))
    } catch (error) {
      return lacks(error) ? { unchecked: scheme.kind } : 'invalid'
    }
    keys?.keep(spki, scheme, key)
  }
  try {
    return (await verify(scheme, key, raw, data)) ? 'valid' : 'invalid'
  } catch (error) {
    return lacks(error) ? { unchecked: scheme.kind } : 'invalid'
  }
}

/** RFC 8017 §8.1.2, §8.2.2: as long as the modulus, and below it. WebKitGTK checks neither. */
function isBelowModulus(signature: Uint8Array, modulus: Uint8Array): boolean {
  if (signature.length !== modulus.length) return false
  for (let i = 0; i < modulus.length; i++) if (signature[i] !== modulus[i]) return signature[i]! < modulus[i]!
  return false
}

/** The order of the base point, little-endian as S is. */
const ED25519_ORDER = Uint8Array.of(
  ...[0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10],
)

/**
 * RFC 8032 §5.1.7: S is below the order. WebKitGTK does not check this, and so accepts a second form of each signature.
 */
function isReduced(signature: Uint8Array): boolean {
  const s = signature.subarray(32)
  if (s.length !== 32) return false
  for (let i = 31; i >= 0; i--) if (s[i] !== ED25519_ORDER[i]) return s[i]! < ED25519_ORDER[i]!
  return false
}

const RSASSA_PSS = KEY_OIDS.rsassaPss
const RSA_ENCRYPTION = seq(oid(KEY_OIDS.rsaEncryption), nul())

/**
 * Chromium refuses id-RSASSA-PSS keys: the same key is passed as rsaEncryption, after its own limits have been checked.
 */
function importable(spki: Spki): Uint8Array {
  return spki.algorithm.oid === RSASSA_PSS ? seq(RSA_ENCRYPTION, bitString(spki.publicKey)) : spki.der
}

function lacks(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'NotSupportedError' || /unsupported|not supported|unrecognized/i.test(error.message))
  )
}
