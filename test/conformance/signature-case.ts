import type { Hash, SignatureScheme } from '../../src/webcrypto/algorithms.ts'
import { parseSpkiDer } from '../../src/x509/spki.ts'
import type { Spki } from '../../src/x509/spki.ts'
import { verifyScheme } from '../../src/x509/signed.ts'
import { bitString, oid, seq } from '../../src/der/writer.ts'
import { isCodedError } from '../../src/errors.ts'
import { hex } from '../support/bytes.ts'
import type { SignatureCase } from './suite.ts'
import type { Answer } from './tally.ts'

const ML_DSA_OIDS: Readonly<Record<string, string>> = {
  'ml-dsa-44': '2.16.840.1.101.3.4.3.17',
  'ml-dsa-65': '2.16.840.1.101.3.4.3.18',
  'ml-dsa-87': '2.16.840.1.101.3.4.3.19',
}

/** The case's signature put to the code that checks certificates. */
export async function answerSignatureCase(one: SignatureCase): Promise<Answer> {
  const scheme = schemeOf(one)
  if (scheme === null) return { actual: 'unchecked', codes: [`${one.hash ?? ''} ${one.mgfHash ?? ''}`] }
  let spki: Spki
  try {
    spki = parseSpkiDer(
      one.spki !== undefined ? bytes(one.spki) : mlDsaSpki(scheme.kind, bytes(one.publicKey ?? '')),
    )
  } catch (error) {
    if (isCodedError(error)) return { actual: 'invalid', codes: [error.code] }
    throw error
  }
  const verdict = await verifyScheme(scheme, spki, bytes(one.signature), bytes(one.message))
  return typeof verdict === 'string'
    ? { actual: verdict, codes: [] }
    : { actual: 'unchecked', codes: [verdict.unchecked] }
}

const bytes = hex

const mlDsaSpki = (kind: string, publicKey: Uint8Array): Uint8Array =>
  seq(seq(oid(ML_DSA_OIDS[kind]!)), bitString(publicKey))

function schemeOf({ namespace, hash, mgfHash, saltLength, context }: SignatureCase): SignatureScheme | null {
  const known = (['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const).find((name: Hash) => name === hash)
  if (namespace.startsWith('ed25519')) return { kind: 'ed25519' }
  const mlDsa = /^mldsa_(44|65|87)/.exec(namespace)?.[1]
  if (mlDsa !== undefined)
    return { kind: `ml-dsa-${mlDsa as '44' | '65' | '87'}`, ...(context && { context: bytes(context) }) }
  if (known === undefined) return null
  if (namespace.startsWith('ecdsa')) return { kind: 'ecdsa', hash: known }
  if (saltLength === undefined) return { kind: 'rsa-pkcs1', hash: known }
  return mgfHash === hash ? { kind: 'rsa-pss', hash: known, saltLength } : null
}
