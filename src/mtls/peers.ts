import type { SignatureScheme } from '../webcrypto/algorithms.ts'
import type { TlsVersion } from './wire/code-points.ts'

/** A private key that can be used but not read; ECDSA signatures as DER. */
export type HandshakeSigner = (scheme: SignatureScheme, data: Uint8Array) => Promise<Uint8Array>

/** What one side brings to a handshake. */
export interface Peer {
  /** DER of its certificates in the order it sends them; without one it has none. */
  readonly chain: readonly Uint8Array[]
  /** Null without a key. */
  readonly signer: HandshakeSigner | null
  readonly versions: readonly TlsVersion[]
  /** What it takes, by code, best first. */
  readonly schemes: readonly number[]
  readonly suites: readonly number[]
}
export interface ClientPeer extends Peer {
  /** As it is sent; null for an address (RFC 6066 §3). */
  readonly serverName: string | null
  /** Whether it sends no certificate if none of its chain is issued by a name that the server lists. */
  readonly heedsAuthorities: boolean
}
export interface ServerPeer extends Peer {
  readonly asks: boolean
  /** DER of the names it lists in its request. */
  readonly authorities: readonly Uint8Array[]
  /** Kinds of keys that its request takes in TLS 1.2 (RFC 5246 §7.4.4). */
  readonly certificateTypes: readonly number[]
  /** An OCSP response for its first certificate. */
  readonly stapled: Uint8Array | null
}
