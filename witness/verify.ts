/** Signatures, by PKI.js over the browser's WebCrypto. */
import * as pkijs from 'pkijs'
import { CURVES, EC, KEYS, SIGNATURES } from './names.ts'
import type { NotReadReason } from './not-read.ts'
import type { KeyFacts, SignedFacts } from './read.ts'

export type Verdict = 'verifies' | 'fails' | { readonly notRead: NotReadReason }

const ED = new Set(['1.3.101.112', '1.3.101.113'])
const ML_DSA = '2.16.840.1.101.3.4.3.'

/** Returns "RSA with SHA-256", or the OID if unknown here. */
export const signatureName = ({ algorithm }: SignedFacts): string =>
  SIGNATURES[algorithm.algorithmId]?.name ??
  KEYS[algorithm.algorithmId] ??
  `algorithm ${algorithm.algorithmId}`

/** Returns why no key can verify this signature here; null if one can. */
export function unreadable({ algorithm: { algorithmId } }: SignedFacts): NotReadReason | null {
  if (SIGNATURES[algorithmId]) return null
  if (ED.has(algorithmId)) return 'ed25519'
  return algorithmId.startsWith(ML_DSA) ? 'mldsa' : 'signature'
}

/** Returns whether a key is of the kind that a signature's algorithm needs. */
export const fits = ({ algorithm }: SignedFacts, key: KeyFacts): boolean =>
  SIGNATURES[algorithm.algorithmId]?.key === key.oid || algorithm.algorithmId === key.oid

/** Verifies one signature with one key. Never throws. */
export async function verify(signed: SignedFacts, key: KeyFacts): Promise<Verdict> {
  const reason = unreadable(signed)
  if (reason) return { notRead: reason }
  // RFC 5280 §4.1.1.2: the algorithm outside the signature equals the one inside.
  if (signed.innerOid !== null && signed.innerOid !== signed.algorithm.algorithmId) return 'fails'
  if (!fits(signed, key)) return 'fails'
  if (key.oid === EC && !Object.values(CURVES).some((curve) => key.text.endsWith(curve)))
    return { notRead: 'curve' }
  try {
    const engine = new pkijs.CryptoEngine({ name: 'witness', crypto: globalThis.crypto })
    const info = pkijs.PublicKeyInfo.fromBER(key.spki)
    const { tbs, signature, algorithm } = signed
    return (await engine.verifyWithPublicKey(tbs, signature, info, algorithm)) ? 'verifies' : 'fails'
  } catch {
    return { notRead: 'signature' }
  }
}
