/** Signatures, by PKI.js over the browser's WebCrypto. */
import * as pkijs from 'pkijs'
import { EC, KEYS, SIGNATURES } from './names.ts'
import type { NotReadReason } from './not-read.ts'
import type { KeyFacts, SignedFacts } from './read.ts'
import { malformation, misfit } from './signature-form.ts'

/** `malformed` says in words why there was nothing to verify. */
export type Verdict =
  'verifies' | 'fails' | { readonly malformed: string } | { readonly notRead: NotReadReason }

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
  const unread = unreadable(signed)
  if (unread) return { notRead: unread }
  const malformed = malformation(signed)
  if (malformed !== null) return { malformed }
  if (!fits(signed, key)) return 'fails'
  if (key.oid === EC && key.bits === null) return { notRead: 'curve' }
  const wrong = misfit(signed, key)
  if (wrong !== null) return { malformed: wrong }
  const engine = new pkijs.CryptoEngine({ name: 'witness', crypto: globalThis.crypto })
  const { tbs, signature, algorithm } = signed
  let reason: NotReadReason = 'key'
  try {
    const info = pkijs.PublicKeyInfo.fromBER(key.spki)
    await engine.getPublicKey(info, algorithm)
    reason = 'signature'
    return (await engine.verifyWithPublicKey(tbs, signature, info, algorithm)) ? 'verifies' : 'fails'
  } catch {
    return { notRead: reason }
  }
}
