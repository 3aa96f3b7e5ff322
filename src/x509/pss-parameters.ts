import { contextConstructed, parseWhole } from '../der/reader.ts'
import type { Reader } from '../der/reader.ts'
import { explicit, integer, nul, oid, seq } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import type { Hash, SignatureScheme } from '../webcrypto/algorithms.ts'
import { HASH_OIDS, MGF1 } from './oids.ts'

export type PssScheme = Extract<SignatureScheme, { kind: 'rsa-pss' }>

const HASHES = new Map<string, Hash>(Object.entries(HASH_OIDS).map(([hash, text]) => [text, hash as Hash]))

/**
 * Returns the scheme of RSASSA-PSS-params (RFC 4055 §3.1), or the name of the part that WebCrypto lacks. Throws a
 * CodedError if it is not DER.
 */
export function parsePssParameters(der: Uint8Array): PssScheme | string {
  return parseWhole(der, (whole) => {
    const reader = whole.sequence()
    const hash = readHash(reader.optional(contextConstructed(0)))
    const mgfHash = readMgf(reader.optional(contextConstructed(1)))
    const saltLength = readSmall(reader.optional(contextConstructed(2))) ?? 20
    const trailer = readSmall(reader.optional(contextConstructed(3))) ?? 1
    reader.finish()
    if (!hash || !mgfHash) return 'RSA-PSS with another hash'
    if (hash !== mgfHash) return `RSA-PSS with ${hash} and MGF1 over ${mgfHash}`
    if (trailer !== 1) return 'RSA-PSS with another trailer'
    return { kind: 'rsa-pss', hash, saltLength }
  })
}

function readSmall(field: Reader | null): number | null {
  if (!field) return null
  const value = field.smallInteger()
  field.finish()
  return value
}

/** HashAlgorithm, SHA-1 if absent; null for one that WebCrypto lacks. */
function readHash(field: Reader | null): Hash | null {
  if (!field) return 'SHA-1'
  const sequence = field.sequence()
  field.finish()
  const hash = HASHES.get(sequence.oid()) ?? null
  if (!sequence.atEnd) sequence.null()
  sequence.finish()
  return hash
}

function readMgf(field: Reader | null): Hash | null {
  if (!field) return 'SHA-1'
  const sequence = field.sequence()
  field.finish()
  return sequence.oid() === MGF1 ? readHash(sequence) : null
}

/** RSASSA-PSS-params of a scheme, defaults omitted (X.690 §11.5). */
export function encodePssParameters(scheme: PssScheme): Der {
  const hash = seq(oid(HASH_OIDS[scheme.hash]), nul())
  const fields: Der[] = scheme.hash === 'SHA-1' ? [] : [explicit(0, hash), explicit(1, seq(oid(MGF1), hash))]
  if (scheme.saltLength !== 20) fields.push(explicit(2, integer(scheme.saltLength)))
  return seq(...fields)
}
