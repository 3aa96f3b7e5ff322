/** What a handshake signs. */
import { concat, hexOf, sameOctets, utf8 } from '../../octets.ts'
import { digest } from '../../webcrypto/signature.ts'
import type { Hash } from '../../webcrypto/algorithms.ts'
import { schemeFits } from '../../webcrypto/algorithms.ts'
import { verifyScheme, type SignatureVerdict } from '../../x509/signed.ts'
import type { Spki } from '../../x509/spki.ts'
import { KEY_OIDS } from '../../x509/oids.ts'
import { HANDSHAKE, TLS13, WIRE_SCHEMES, codeName, type TlsVersion } from './code-points.ts'
import { keyExchangeParameters, type HandshakeMessage } from './messages.ts'
import { uint, vector } from './writer.ts'

export type Side = 'client' | 'server'

/** The random of a ServerHello that is a HelloRetryRequest: SHA-256 of that word (RFC 8446 §4.1.3). */
const RETRY = digest('SHA-256', utf8('HelloRetryRequest'))
const RANDOM_AT = 4 + 2

/**
 * Returns the Transcript-Hash of messages with their headers (RFC 8446 §4.4.1): after a HelloRetryRequest the first
 * ClientHello is represented by its hash.
 */
export async function transcriptHash(
  messages: readonly Uint8Array[],
  hash: Hash,
): Promise<Uint8Array<ArrayBuffer>> {
  const [first, second, ...rest] = messages
  const isRetry =
    second?.[0] === HANDSHAKE.serverHello &&
    sameOctets(second.subarray(RANDOM_AT, RANDOM_AT + 32), await RETRY)
  if (!first || !second || !isRetry) return digest(hash, concat(messages))
  const instead = concat([uint(1, HANDSHAKE.messageHash), vector(3, await digest(hash, first))])
  return digest(hash, concat([instead, second, ...rest]))
}

const SPACES = new Uint8Array(64).fill(0x20)

/** Returns what a CertificateVerify of TLS 1.3 signs (RFC 8446 §4.4.3); the hash ends with that side's Certificate. */
export const verifyContent13 = (side: Side, hash: Uint8Array): Uint8Array<ArrayBuffer> =>
  concat([SPACES, utf8(`TLS 1.3, ${side} CertificateVerify`), Uint8Array.of(0), hash])

/** Returns what the client of TLS 1.2 signs (RFC 5246 §7.4.8): all messages up to its ClientKeyExchange. */
export const verifyContent12 = (messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => concat(messages)

/** Returns what the server of TLS 1.2 signs (RFC 8422 §5.4). */
export const keyExchangeContent = (
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  message: Extract<HandshakeMessage, { type: 'serverKeyExchange' }>,
): Uint8Array<ArrayBuffer> => concat([clientRandom, serverRandom, keyExchangeParameters(message)])

/** Whether a key may sign a handshake of this version under this code (RFC 8446 §4.2.3). */
export function codeFits(code: number, { keyType, algorithm }: Spki, version: TlsVersion): boolean {
  const known = WIRE_SCHEMES[code]
  if (!known || keyType === null || !known.versions.includes(version) || !schemeFits(keyType, known.scheme))
    return false
  // The codes tell a key that is for PSS alone from one that is for RSA.
  if (known.scheme.kind === 'rsa-pss' && code >= 0x0809 !== (algorithm.oid === KEY_OIDS.rsassaPss))
    return false
  return version !== TLS13 || known.curve === undefined || known.curve === keyType
}

/** Checks a signature over a handshake. Never throws. */
export function verifyHandshake(
  { scheme, signature }: { readonly scheme: number; readonly signature: Uint8Array },
  spki: Spki,
  content: Uint8Array,
): Promise<SignatureVerdict> {
  const known = WIRE_SCHEMES[scheme]
  if (!known)
    return Promise.resolve({
      unchecked: codeName('signatureScheme', scheme) ?? `0x${hexOf(uint(2, scheme))}`,
    })
  return verifyScheme(known.scheme, spki, signature, content)
}
