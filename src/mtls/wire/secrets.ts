/** What a handshake derives from its key exchange (RFC 8446 §7.1, RFC 5246 §5, RFC 7627), as far as Finished needs it. */
import { concat, hexOctets, sameOctets, utf8 } from '../../octets.ts'
import { hmac } from '../../webcrypto/password-based.ts'
import { digest } from '../../webcrypto/signature.ts'
import type { TlsHash } from './code-points.ts'
import type { Side } from './transcript.ts'
import { uint, vector } from './writer.ts'

const LENGTHS: Readonly<Record<TlsHash, number>> = { 'SHA-256': 32, 'SHA-384': 48 }
const NOTHING = new Uint8Array()

/** HKDF-Expand-Label (RFC 8446 §7.1); returns `length` octets. */
export async function expandLabel(
  hash: TlsHash,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = concat([uint(2, length), vector(1, utf8(`tls13 ${label}`)), vector(1, context)])
  let [block, out]: [Uint8Array, Uint8Array<ArrayBuffer>] = [NOTHING, concat([])]
  for (let count = 1; out.length < length; count++) {
    block = await hmac(hash, secret, concat([block, info, uint(1, count)]))
    out = concat([out, block])
  }
  return out.slice(0, length)
}

/**
 * Returns the handshake traffic secrets of a handshake without a pre-shared key, from the secret that the key shares agree
 * on and the transcript's hash up to the ServerHello.
 */
export async function handshakeSecrets(
  hash: TlsHash,
  shared: Uint8Array,
  transcript: Uint8Array,
): Promise<Readonly<Record<Side, Uint8Array<ArrayBuffer>>>> {
  const length = LENGTHS[hash]
  const zeros = new Uint8Array(length)
  const early = await hmac(hash, zeros, zeros)
  const derived = await expandLabel(hash, early, 'derived', await digest(hash, NOTHING), length)
  const secret = await hmac(hash, derived, shared)
  return {
    client: await expandLabel(hash, secret, 'c hs traffic', transcript, length),
    server: await expandLabel(hash, secret, 's hs traffic', transcript, length),
  }
}

/** Returns the verify_data of a Finished in TLS 1.3 (§4.4.4), from the handshake traffic secret of the side that sends it. */
export async function finishedData13(
  hash: TlsHash,
  secret: Uint8Array,
  transcript: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return hmac(hash, await expandLabel(hash, secret, 'finished', NOTHING, LENGTHS[hash]), transcript)
}

/** The PRF of TLS 1.2 (RFC 5246 §5). */
async function prf(
  hash: TlsHash,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const labelled = concat([utf8(label), seed])
  let [chained, out] = [labelled, concat([])]
  while (out.length < length) {
    chained = await hmac(hash, secret, chained)
    out = concat([out, await hmac(hash, secret, concat([chained, labelled]))])
  }
  return out.slice(0, length)
}

/** Returns the extended master secret of TLS 1.2, from the transcript's hash up to ClientKeyExchange (RFC 7627 §4). */
export const extendedMasterSecret = (
  hash: TlsHash,
  premaster: Uint8Array,
  transcript: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> => prf(hash, premaster, 'extended master secret', transcript, 48)

/** Returns the verify_data of a Finished in TLS 1.2 (RFC 5246 §7.4.9): 12 octets. */
export const finishedData12 = (
  hash: TlsHash,
  master: Uint8Array,
  side: Side,
  transcript: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> => prf(hash, master, `${side} finished`, transcript, 12)

/** Secrets that a program wrote for one handshake; null where it wrote none. */
export interface LoggedSecrets {
  readonly client: Uint8Array | null
  readonly server: Uint8Array | null
  /** Of TLS 1.2. */
  readonly master: Uint8Array | null
}

/** Most lines of a key log that are looked at. */
const MOST_LINES = 100_000

/** Returns the secrets of the handshake with this client random from a key log (SSLKEYLOGFILE, RFC 9850). */
export function loggedSecrets(text: string, clientRandom: Uint8Array): LoggedSecrets {
  const found = new Map<string, Uint8Array>()
  for (const line of text.split('\n', MOST_LINES)) {
    const [label, random, secret] = line.trim().split(' ')
    if (random?.length !== 64 || secret === undefined || secret.length > 128) continue
    const owner = hexOctets(random)
    const value = hexOctets(secret)
    if (owner && value && sameOctets(owner, clientRandom)) found.set(label!, value)
  }
  return {
    client: found.get('CLIENT_HANDSHAKE_TRAFFIC_SECRET') ?? null,
    server: found.get('SERVER_HANDSHAKE_TRAFFIC_SECRET') ?? null,
    master: found.get('CLIENT_RANDOM') ?? null,
  }
}
