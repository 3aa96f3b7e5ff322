/**
 * Plays a handshake between two peers, octet for octet: randoms and key shares are drawn here, so that nobody can have a
 * transcript of their own signed. Certificates are not judged: each side goes on as if it accepted the other.
 */
import { newKeyShare, type KeyShareOf } from '../webcrypto/agreement.ts'
import { answerTo, negotiate, type Negotiated, type NotNegotiated } from './negotiate.ts'
import type { ClientPeer, ServerPeer } from './peers.ts'
import { EXTENSION, TLS12, TLS13, WIRE_SCHEMES, suiteHash, type TlsVersion } from './wire/code-points.ts'
import { write, type WireExtension } from './wire/extensions.ts'
import { encodeMessage, type CertificateEntry, type HandshakeMessage } from './wire/messages.ts'
import { extendedMasterSecret, finishedData12, finishedData13, handshakeSecrets } from './wire/secrets.ts'
import {
  keyExchangeContent,
  transcriptHash,
  verifyContent12,
  verifyContent13,
  type Side,
} from './wire/transcript.ts'

export interface PlayedMessage {
  readonly from: Side
  /** Counted from 1: what one side sends before it waits for the other. */
  readonly flight: number
  readonly type: HandshakeMessage['type']
  /** Null if it needs a key that is not here, or depends on a message that does. */
  readonly bytes: Uint8Array | null
  /** Whether it travels in encrypted records. */
  readonly isEncrypted: boolean
}

export interface Played {
  readonly messages: readonly PlayedMessage[]
  /** Null if the peers have none in common. */
  readonly version: TlsVersion | null
  readonly suite: number | null
  /** Why they could not agree: then there is a ClientHello alone, and no suite. */
  readonly apart: NotNegotiated | null
}

const P256_GROUP = 0x0017
const NOTHING = new Uint8Array()
const NAMED_CURVE = 3
/** RFC 7627 and RFC 5746: what every client of today sends in TLS 1.2. */
const EXTENDED_MASTER_SECRET: WireExtension = { type: EXTENSION.extendedMasterSecret, data: NOTHING }
const RENEGOTIATION_INFO: WireExtension = { type: EXTENSION.renegotiationInfo, data: Uint8Array.of(0) }

export async function playHandshake(
  client: ClientPeer,
  server: ServerPeer,
  random: (length: number) => Uint8Array,
): Promise<Played> {
  const game = new Game({ client, server }, random, await newKeyShare(), await newKeyShare())
  return game.play()
}

class Game {
  readonly #peers: { readonly client: ClientPeer; readonly server: ServerPeer }
  readonly #random: (length: number) => Uint8Array
  readonly #shares: Readonly<Record<Side, KeyShareOf>>
  readonly #messages: PlayedMessage[] = []
  #flight = 0

  constructor(
    peers: { readonly client: ClientPeer; readonly server: ServerPeer },
    random: (length: number) => Uint8Array,
    clientShare: KeyShareOf,
    serverShare: KeyShareOf,
  ) {
    this.#peers = peers
    this.#random = random
    this.#shares = { client: clientShare, server: serverShare }
  }

  async play(): Promise<Played> {
    const { client, server } = this.#peers
    const clientRandom = this.#random(32)
    const session = this.#random(32)
    this.#say('client', false, {
      type: 'clientHello',
      ...{ legacyVersion: TLS12, random: clientRandom, sessionId: session },
      cipherSuites: client.suites,
      compressionMethods: Uint8Array.of(0),
      extensions: this.#offers(client),
    })
    const agreed = negotiate(client, server)
    if ('lacks' in agreed)
      return { messages: this.#messages, version: agreed.version, suite: null, apart: agreed }
    const serverRandom = this.#random(32)
    this.#say('server', false, {
      type: 'serverHello',
      ...{ legacyVersion: TLS12, random: serverRandom, cipherSuite: agreed.suite, compressionMethod: 0 },
      ...(agreed.version === TLS13
        ? {
            sessionId: session,
            extensions: [
              write.selectedVersion(TLS13),
              write.serverShare({ group: P256_GROUP, key: this.#shares.server.point }),
            ],
          }
        : {
            sessionId: NOTHING,
            extensions: [
              EXTENDED_MASTER_SECRET,
              RENEGOTIATION_INFO,
              ...(server.stapled === null ? [] : [{ type: EXTENSION.statusRequest, data: NOTHING }]),
            ],
          }),
    })
    if (agreed.version === TLS13) await this.#play13(agreed)
    else await this.#play12(agreed, clientRandom, serverRandom)
    return { messages: this.#messages, version: agreed.version, suite: agreed.suite, apart: null }
  }

  /** What the ClientHello offers, for each of its versions. */
  #offers({ serverName, versions, schemes }: ClientPeer): WireExtension[] {
    const is13 = versions.includes(TLS13)
    return [
      ...(serverName === null ? [] : [write.serverName(serverName)]),
      write.groups([P256_GROUP]),
      write.schemes(schemes),
      // RFC 6066 §8: no responders, no extensions named.
      { type: EXTENSION.statusRequest, data: Uint8Array.of(1, 0, 0, 0, 0) },
      ...(versions.includes(TLS12) ? [EXTENDED_MASTER_SECRET, RENEGOTIATION_INFO] : []),
      ...(is13 ? [write.versions([...versions].sort((one, other) => other - one))] : []),
      ...(is13 ? [write.clientShares([{ group: P256_GROUP, key: this.#shares.client.point }])] : []),
    ]
  }

  async #play13({ suite, scheme }: Negotiated): Promise<void> {
    const { client, server } = this.#peers
    const hash = suiteHash(suite)
    const shared = await this.#shares.client.agree(this.#shares.server.point)
    const secrets = await handshakeSecrets(hash, shared, await transcriptHash(this.#octets()!, hash))
    const finish = async (side: Side): Promise<void> => {
      const before = this.#octets()
      const data = before && (await finishedData13(hash, secrets[side], await transcriptHash(before, hash)))
      this.#say(side, true, data && { type: 'finished', verifyData: data }, 'finished')
    }
    const prove = async (side: Side, code: number): Promise<void> => {
      const before = this.#octets()
      const content = before && verifyContent13(side, await transcriptHash(before, hash))
      const signature = content && (await this.#sign(side, code, content))
      const message = signature && ({ type: 'certificateVerify', scheme: code, signature } as const)
      this.#say(side, true, message, 'certificateVerify')
    }
    this.#say('server', true, { type: 'encryptedExtensions', extensions: [] })
    if (server.asks) {
      const authorities = server.authorities.length > 0 ? [write.authorities(server.authorities)] : []
      const extensions = [write.schemes(server.schemes), ...authorities]
      this.#say('server', true, { type: 'certificateRequest', context: NOTHING, extensions })
    }
    const stapled = server.stapled === null ? [] : [write.stapled(server.stapled)]
    this.#present(
      'server',
      server.chain.map((der, at) => ({ der, extensions: at === 0 ? stapled : [] })),
    )
    await prove('server', scheme)
    await finish('server')
    if (server.asks) {
      const own = this.#answer(TLS13)
      this.#present('client', own === null ? [] : client.chain.map((der) => ({ der, extensions: [] })))
      if (own !== null) await prove('client', own)
    }
    await finish('client')
  }

  async #play12(
    { suite, scheme }: Negotiated,
    clientRandom: Uint8Array,
    serverRandom: Uint8Array,
  ): Promise<void> {
    const { client, server } = this.#peers
    const hash = suiteHash(suite)
    const bare = (der: Uint8Array): CertificateEntry => ({ der, extensions: null })
    this.#present('server', server.chain.map(bare), null)
    if (server.stapled !== null)
      this.#say('server', false, { type: 'certificateStatus', statusType: 1, response: server.stapled })
    const exchange = {
      type: 'serverKeyExchange',
      ...{ curveType: NAMED_CURVE, group: P256_GROUP, point: this.#shares.server.point, scheme },
    } as const
    const signed = keyExchangeContent(clientRandom, serverRandom, { ...exchange, signature: NOTHING })
    const signature = await this.#sign('server', scheme, signed)
    this.#say('server', false, signature && { ...exchange, signature }, 'serverKeyExchange')
    if (server.asks)
      this.#say('server', false, {
        type: 'certificateRequest12',
        ...{
          certificateTypes: server.certificateTypes,
          schemes: server.schemes,
          authorities: server.authorities,
        },
      })
    this.#say('server', false, { type: 'serverHelloDone' })
    const own = server.asks ? this.#answer(TLS12) : null
    if (server.asks) this.#present('client', own === null ? [] : client.chain.map(bare), null)
    this.#say('client', false, { type: 'clientKeyExchange', point: this.#shares.client.point })
    const shared = await this.#shares.client.agree(this.#shares.server.point)
    const session = this.#octets()
    const master = session && (await extendedMasterSecret(hash, shared, await transcriptHash(session, hash)))
    if (own !== null) {
      const proof = session && (await this.#sign('client', own, verifyContent12(session)))
      const message = proof && ({ type: 'certificateVerify', scheme: own, signature: proof } as const)
      this.#say('client', false, message, 'certificateVerify')
    }
    for (const side of ['client', 'server'] as const) {
      const before = this.#octets()
      const data =
        master && before && (await finishedData12(hash, master, side, await transcriptHash(before, hash)))
      this.#say(side, true, data && { type: 'finished', verifyData: data }, 'finished')
    }
  }

  /** The code under which the client proves its key; null if it sends no certificate. */
  #answer(version: TlsVersion): number | null {
    const answer = answerTo(this.#peers.client, this.#peers.server, version)
    return typeof answer === 'number' ? answer : null
  }

  #present(side: Side, entries: readonly CertificateEntry[], context: Uint8Array | null = NOTHING): void {
    this.#say(side, context !== null, { type: 'certificate', context, entries })
  }

  async #sign(side: Side, code: number, content: Uint8Array): Promise<Uint8Array | null> {
    return (await this.#peers[side].signer?.(WIRE_SCHEMES[code]!.scheme, content)) ?? null
  }

  #say(
    from: Side,
    isEncrypted: boolean,
    message: HandshakeMessage | null,
    type: HandshakeMessage['type'] = message!.type,
  ): void {
    if (this.#messages.at(-1)?.from !== from) this.#flight += 1
    const bytes = message && encodeMessage(message)
    this.#messages.push({ from, flight: this.#flight, type, bytes, isEncrypted })
  }

  /** The transcript so far; null if a message of it cannot be made. */
  #octets(): Uint8Array[] | null {
    const all = this.#messages.map(({ bytes }) => bytes)
    return all.every((bytes) => bytes !== null) ? all : null
  }
}
