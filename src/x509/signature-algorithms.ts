import { TAG } from '../der/reader.ts'
import { nul, oid, seq } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import { SIGNATURES_OF, schemeOf } from '../webcrypto/algorithms.ts'
import type { Hash, SignatureAlgorithmId, SignatureScheme } from '../webcrypto/algorithms.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import { ALGORITHM_OIDS, KEY_OIDS } from './oids.ts'
import { encodePssParameters, parsePssParameters } from './pss-parameters.ts'
import type { Spki } from './spki.ts'

/** The meaning of an AlgorithmIdentifier: a scheme, or why its signatures cannot be checked here. */
export type SignatureMeaning = { readonly scheme: SignatureScheme } | { readonly unsupported: string }

type Parameters = 'null' | 'absent'
interface Known {
  readonly scheme: SignatureScheme
  readonly parameters: Parameters
}
const rsa = (hash: Hash): Known => ({ scheme: { kind: 'rsa-pkcs1', hash }, parameters: 'null' })
const ecdsa = (hash: Hash): Known => ({ scheme: { kind: 'ecdsa', hash }, parameters: 'absent' })
const bare = (kind: 'ed25519' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'): Known => ({
  scheme: { kind },
  parameters: 'absent',
})

/** Algorithms without parameters of their own, and what their parameters field holds. */
const KNOWN: Readonly<Record<string, Known>> = {
  [ALGORITHM_OIDS.sha1WithRSAEncryption]: rsa('SHA-1'),
  [ALGORITHM_OIDS.sha256WithRSAEncryption]: rsa('SHA-256'),
  [ALGORITHM_OIDS.sha384WithRSAEncryption]: rsa('SHA-384'),
  [ALGORITHM_OIDS.sha512WithRSAEncryption]: rsa('SHA-512'),
  [ALGORITHM_OIDS['ecdsa-with-SHA1']]: ecdsa('SHA-1'),
  [ALGORITHM_OIDS['ecdsa-with-SHA256']]: ecdsa('SHA-256'),
  [ALGORITHM_OIDS['ecdsa-with-SHA384']]: ecdsa('SHA-384'),
  [ALGORITHM_OIDS['ecdsa-with-SHA512']]: ecdsa('SHA-512'),
  [KEY_OIDS.ed25519]: bare('ed25519'),
  [KEY_OIDS['ml-dsa-44']]: bare('ml-dsa-44'),
  [KEY_OIDS['ml-dsa-65']]: bare('ml-dsa-65'),
  [KEY_OIDS['ml-dsa-87']]: bare('ml-dsa-87'),
}

/** Named algorithms that WebCrypto does not support. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  [ALGORITHM_OIDS.md2WithRSAEncryption]: 'RSA with MD2',
  [ALGORITHM_OIDS.md4WithRSAEncryption]: 'RSA with MD4',
  [ALGORITHM_OIDS.md5WithRSAEncryption]: 'RSA with MD5',
  [ALGORITHM_OIDS.sha224WithRSAEncryption]: 'RSA with SHA-224',
  [ALGORITHM_OIDS['sha512-224WithRSAEncryption']]: 'RSA with SHA-512/224',
  [ALGORITHM_OIDS['sha512-256WithRSAEncryption']]: 'RSA with SHA-512/256',
  [ALGORITHM_OIDS['dsa-with-sha1']]: 'DSA with SHA-1',
  [ALGORITHM_OIDS['dsa-with-sha224']]: 'DSA with SHA-224',
  [ALGORITHM_OIDS['dsa-with-sha256']]: 'DSA with SHA-256',
  [ALGORITHM_OIDS['ecdsa-with-SHA224']]: 'ECDSA with SHA-224',
  [ALGORITHM_OIDS['ecdsa-with-SHA3-256']]: 'ECDSA with SHA3-256',
  [ALGORITHM_OIDS['ecdsa-with-SHA3-384']]: 'ECDSA with SHA3-384',
  [ALGORITHM_OIDS['ecdsa-with-SHA3-512']]: 'ECDSA with SHA3-512',
  [ALGORITHM_OIDS.Ed448]: 'Ed448',
  '1.2.156.10197.1.501': 'SM2 with SM3',
  '1.2.643.7.1.1.3.2': 'GOST R 34.10-2012 (256)',
  '1.2.643.7.1.1.3.3': 'GOST R 34.10-2012 (512)',
}

/**
 * Returns the meaning of a signature's AlgorithmIdentifier. Parameters must be exactly as the algorithm's RFC
 * specifies.
 */
export function signatureMeaning(algorithm: AlgorithmIdentifier): SignatureMeaning {
  const known = KNOWN[algorithm.oid]
  if (known) {
    const { parameters } = algorithm
    // RFC 4055 §5: an absent NULL is accepted when a signature is checked; lint reports its absence.
    const fits = parameters === null || (known.parameters === 'null' && isNull(parameters))
    return fits ? { scheme: known.scheme } : { unsupported: `${algorithm.oid} with parameters` }
  }
  if (algorithm.oid === KEY_OIDS.rsassaPss) return pssMeaning(algorithm.parameters)
  // The twelve parameter sets of SLH-DSA have consecutive OIDs (RFC 9909).
  if (/^2\.16\.840\.1\.101\.3\.4\.3\.(2\d|3[0-1])$/.test(algorithm.oid)) return { unsupported: 'SLH-DSA' }
  return { unsupported: UNSUPPORTED[algorithm.oid] ?? algorithm.oid }
}

/** Whether its signatures are over SHA-1, which can be forged (RFC 6194). */
export function isOverSha1(algorithm: AlgorithmIdentifier): boolean {
  const meaning = signatureMeaning(algorithm)
  return 'scheme' in meaning && 'hash' in meaning.scheme && meaning.scheme.hash === 'SHA-1'
}

const isNull = (der: Uint8Array): boolean => der.length === 2 && der[0] === TAG.NULL && der[1] === 0

function pssMeaning(parameters: Uint8Array | null): SignatureMeaning {
  if (!parameters) return { unsupported: 'RSA-PSS without parameters' }
  try {
    const scheme = parsePssParameters(parameters)
    return typeof scheme === 'string' ? { unsupported: scheme } : { scheme }
  } catch {
    return { unsupported: 'RSA-PSS with unreadable parameters' }
  }
}

const encoded = new Map<SignatureAlgorithmId, Der>()

/**
 * Returns the AlgorithmIdentifier of a signature made here: RSA with NULL (RFC 4055 §5), the others without parameters.
 */
export function encodeSignatureAlgorithm(id: SignatureAlgorithmId): Der {
  let der = encoded.get(id)
  if (!der) encoded.set(id, (der = encodeScheme(schemeOf(id))))
  return der
}

function encodeScheme(scheme: SignatureScheme): Der {
  if (scheme.kind === 'rsa-pss') return seq(oid(KEY_OIDS.rsassaPss), encodePssParameters(scheme))
  const found = Object.entries(KNOWN).find(([, known]) => sameScheme(known.scheme, scheme))
  if (!found) throw new Error(`no object identifier for ${scheme.kind}`)
  return found[1].parameters === 'null' ? seq(oid(found[0]), nul()) : seq(oid(found[0]))
}

function sameScheme(a: SignatureScheme, b: SignatureScheme): boolean {
  return a.kind === b.kind && ('hash' in a ? a.hash : null) === ('hash' in b ? b.hash : null)
}

/** Returns the signature algorithms that this key supports, the default first; empty for an unknown key. */
export function signatureAlgorithmsFor(spki: Spki): readonly SignatureAlgorithmId[] {
  if (!spki.keyType) return []
  const all = SIGNATURES_OF[spki.keyType]
  return spki.algorithm.oid === KEY_OIDS.rsassaPss ? all.filter((id) => pssAllows(spki, schemeOf(id))) : all
}

/**
 * Whether the key's own algorithm allows the scheme: an id-RSASSA-PSS key makes only PSS signatures, and if it carries
 * parameters, only with that hash and a salt at least as long (RFC 4055 §3.3).
 */
export function pssAllows({ algorithm, pss }: Spki, scheme: SignatureScheme): boolean {
  if (algorithm.oid !== KEY_OIDS.rsassaPss) return true
  return (
    scheme.kind === 'rsa-pss' && (!pss || (pss.hash === scheme.hash && scheme.saltLength >= pss.saltLength))
  )
}
