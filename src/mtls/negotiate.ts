/** What two peers agree on before certificates are judged. */
import { sameOctets } from '../octets.ts'
import type { Spki } from '../x509/spki.ts'
import { ownOf, readable } from './chain.ts'
import type { ClientPeer, Peer, ServerPeer } from './peers.ts'
import {
  ALERT,
  CERTIFICATE_TYPE,
  TLS12,
  TLS13,
  isSuite13,
  suiteSigner,
  type TlsVersion,
} from './wire/code-points.ts'
import { codeFits } from './wire/transcript.ts'

export interface Negotiated {
  readonly version: TlsVersion
  readonly suite: number
  /** Under which the server signs. */
  readonly scheme: number
}

/** What they do not have in common. */
export type Lacking = 'version' | 'scheme' | 'suite'

/** Why they cannot go on: the server says so, with this alert (RFC 8446 §6.2). */
export interface NotNegotiated {
  readonly lacks: Lacking
  readonly version: TlsVersion | null
  readonly alert: number
}

/** Returns the newest common version, the client's first suite and scheme that the server can use (RFC 8446 §4.1.1). */
export function negotiate(client: ClientPeer, server: ServerPeer): Negotiated | NotNegotiated {
  const version = [TLS13, TLS12].find(
    (each): each is TlsVersion =>
      client.versions.includes(each as TlsVersion) && server.versions.includes(each as TlsVersion),
  )
  if (version === undefined) return { lacks: 'version', version: null, alert: ALERT.protocolVersion }
  const key = ownOf(server.chain)?.spki ?? null
  const scheme = client.schemes.find((code) => key && codeFits(code, key, version))
  if (scheme === undefined) return { lacks: 'scheme', version, alert: ALERT.handshakeFailure }
  const suite = client.suites.find((code) => server.suites.includes(code) && suiteFits(code, key, version))
  if (suite === undefined) return { lacks: 'suite', version, alert: ALERT.handshakeFailure }
  return { version, suite, scheme }
}

/** Why a client that is asked for a certificate sends none. */
export type Withheld = 'none' | 'scheme' | 'type' | 'authorities'

/**
 * Returns the code under which the client proves its key, or why it sends no certificate: it has none, the request takes
 * no signature (RFC 8446 §4.3.2) or kind of key (RFC 5246 §7.4.4) of its own, or the listed names lead it to none.
 */
export function answerTo(client: ClientPeer, server: ServerPeer, version: TlsVersion): number | Withheld {
  const key = ownOf(client.chain)?.spki ?? null
  if (client.chain.length === 0) return 'none'
  const scheme = server.schemes.find((code) => key && codeFits(code, key, version))
  if (scheme === undefined) return 'scheme'
  const type = key?.keyType === 'rsa' ? CERTIFICATE_TYPE.rsaSign : CERTIFICATE_TYPE.ecdsaSign
  if (version === TLS12 && !server.certificateTypes.includes(type)) return 'type'
  return client.heedsAuthorities && !isListed(client, server.authorities) ? 'authorities' : scheme
}

/** Whether a certificate of the chain is issued by a listed name; an empty list names no limit (RFC 8446 §4.2.4). */
export const isListed = ({ chain }: Peer, authorities: readonly Uint8Array[]): boolean =>
  authorities.length === 0 ||
  readable(chain).some(({ issuer }) => authorities.some((name) => sameOctets(name, issuer.der)))

/** EdDSA counts as ECDSA (RFC 8422 §2). */
function suiteFits(suite: number, key: Spki | null, version: TlsVersion): boolean {
  if (version === TLS13) return isSuite13(suite)
  return suiteSigner(suite) === (key?.keyType === 'rsa' ? 'RSA' : 'ECDSA')
}
