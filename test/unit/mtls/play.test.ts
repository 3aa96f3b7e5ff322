/** A handshake between two drawn peers: OpenSSL, as Node's crypto, checks every signature. */
import { constants, createPublicKey, randomBytes, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { playHandshake, type Played } from '../../../src/mtls/play.ts'
import { negotiate } from '../../../src/mtls/negotiate.ts'
import type { ClientPeer, ServerPeer } from '../../../src/mtls/peers.ts'
import { TLS12, TLS13, WIRE_SCHEMES, suiteHash, type TlsVersion } from '../../../src/mtls/wire/code-points.ts'
import { authoritiesIn, stapledIn } from '../../../src/mtls/wire/extensions.ts'
import { encodeMessage, readMessage } from '../../../src/mtls/wire/messages.ts'
import type { HandshakeMessage } from '../../../src/mtls/wire/messages.ts'
import {
  keyExchangeContent,
  transcriptHash,
  verifyContent12,
  verifyContent13,
} from '../../../src/mtls/wire/transcript.ts'
import type { KeyAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import { drawKey, endEntity, intermediate, root, signWith, type Drawn } from '../../support/chain.ts'

const top = await root()
const ca = await intermediate(top)
const peers = new Map<KeyAlgorithmId, Drawn>()
async function leaf(algorithm: KeyAlgorithmId): Promise<Drawn> {
  const known = peers.get(algorithm)
  if (known) return known
  const made = await endEntity(ca, { key: await drawKey(algorithm) })
  peers.set(algorithm, made)
  return made
}

const SCHEMES = [0x0403, 0x0503, 0x0807, 0x0804, 0x0401]
const SUITES = [0x1302, 0x1301, 0xc02b, 0xc02f]
interface Wish {
  server?: KeyAlgorithmId | null
  client?: KeyAlgorithmId | null
  versions?: readonly TlsVersion[]
}
async function peersOf({ server = 'p256', client = 'p256', versions = [TLS13, TLS12] }: Wish) {
  const peer = async (algorithm: KeyAlgorithmId | null) => {
    const own = algorithm === null ? null : await leaf(algorithm)
    return {
      chain: own ? [own.certificate.der, ca.certificate.der] : [],
      signer:
        own &&
        ((scheme: Parameters<typeof signWith>[1], data: Uint8Array) => signWith(own.key, scheme, data)),
      ...{ versions, schemes: SCHEMES, suites: SUITES },
    }
  }
  const one: ClientPeer = { ...(await peer(client)), serverName: 'example.com', heedsAuthorities: false }
  const other: ServerPeer = {
    ...(await peer(server)),
    ...{ asks: true, authorities: [top.certificate.subject.der], stapled: Uint8Array.of(0x30, 0) },
    certificateTypes: [1, 64],
  }
  return { client: one, server: other }
}
const play = (client: ClientPeer, server: ServerPeer): Promise<Played> =>
  playHandshake(client, server, (length) => new Uint8Array(randomBytes(length)))

const typesOf = ({ messages }: Played): string =>
  messages.map(({ from, flight, type }) => `${String(flight)} ${from[0]!} ${type}`).join(', ')

/** Whether OpenSSL accepts the signature with the key of that certificate. */
function opensslAccepts(code: number, drawn: Drawn, content: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(drawn.key.spki), format: 'der', type: 'spki' })
  const { scheme } = WIRE_SCHEMES[code]!
  const hash = 'hash' in scheme ? scheme.hash.replace('-', '') : null
  const padding =
    scheme.kind === 'rsa-pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
      : {}
  return verify(hash, content, { key, ...padding }, signature)
}

const read = ({ messages, version }: Played): HandshakeMessage[] =>
  messages.map(({ bytes }) => readMessage(bytes!, version!).message)
const before = ({ messages }: Played, at: number): Uint8Array[] =>
  messages.slice(0, at).map(({ bytes }) => bytes!)

describe.each<KeyAlgorithmId>(['p256', 'p384', 'rsa-2048', 'ed25519'])('with keys of %s', (algorithm) => {
  test('TLS 1.3: both sides prove their keys over all that was said before', async () => {
    const { client, server } = await peersOf({ server: algorithm, client: algorithm })
    const played = await play(client, server)
    expect([played.version, played.suite]).toEqual([TLS13, 0x1302])
    expect(typesOf(played)).toBe(
      '1 c clientHello, 2 s serverHello, 2 s encryptedExtensions, 2 s certificateRequest, 2 s certificate, ' +
        '2 s certificateVerify, 2 s finished, 3 c certificate, 3 c certificateVerify, 3 c finished',
    )
    const messages = read(played)
    for (const [at, message] of messages.entries()) {
      expect(encodeMessage(message)).toEqual(played.messages[at]!.bytes)
      if (message.type === 'finished') expect(message.verifyData).toHaveLength(48)
      if (message.type !== 'certificateVerify') continue
      const hash = await transcriptHash(before(played, at), suiteHash(played.suite!))
      const content = verifyContent13(played.messages[at]!.from, hash)
      expect(opensslAccepts(message.scheme, await leaf(algorithm), content, message.signature)).toBe(true)
    }
    const [, , , request, sent] = messages
    if (request?.type !== 'certificateRequest' || sent?.type !== 'certificate') throw new Error('order')
    expect(authoritiesIn(request.extensions)).toEqual([top.certificate.subject.der])
    expect(sent.entries.map(({ extensions }) => stapledIn(extensions!))).toEqual([
      Uint8Array.of(0x30, 0),
      null,
    ])
  })

  test('TLS 1.2: the server proves its key over its share, the client over the messages', async () => {
    const { client, server } = await peersOf({ server: algorithm, client: algorithm, versions: [TLS12] })
    const played = await play(client, server)
    expect(played.version).toBe(TLS12)
    expect(typesOf(played)).toBe(
      '1 c clientHello, 2 s serverHello, 2 s certificate, 2 s certificateStatus, 2 s serverKeyExchange, ' +
        '2 s certificateRequest12, 2 s serverHelloDone, 3 c certificate, 3 c clientKeyExchange, ' +
        '3 c certificateVerify, 3 c finished, 4 s finished',
    )
    const messages = read(played)
    const [hello, answer] = messages
    if (hello?.type !== 'clientHello' || answer?.type !== 'serverHello') throw new Error('order')
    for (const [at, message] of messages.entries()) {
      expect(encodeMessage(message)).toEqual(played.messages[at]!.bytes)
      const own = await leaf(algorithm)
      if (message.type === 'serverKeyExchange') {
        const content = keyExchangeContent(hello.random, answer.random, message)
        expect(opensslAccepts(message.scheme, own, content, message.signature)).toBe(true)
      }
      if (message.type === 'certificateVerify') {
        const content = verifyContent12(before(played, at))
        expect(opensslAccepts(message.scheme, own, content, message.signature)).toBe(true)
      }
      if (message.type === 'finished') expect(message.verifyData).toHaveLength(12)
    }
  })
})

test.each([
  [TLS13, '3 c certificate, 3 c finished'],
  [TLS12, '3 c certificate, 3 c clientKeyExchange, 3 c finished, 4 s finished'],
] as const)(
  'a client without a certificate, or with a key that is not admitted, sends none: %i',
  async (version, end) => {
    const bare = await peersOf({ client: null, versions: [version] })
    const odd = await peersOf({ client: 'ed25519', versions: [version] })
    const withoutEd = { ...odd.server, schemes: [0x0403] }
    for (const [client, server] of [
      [bare.client, bare.server],
      [odd.client, withoutEd],
    ] as const) {
      const played = await play(client, server)
      expect(typesOf(played)).toMatch(new RegExp(`${end}$`))
      const empty = read(played).filter(({ type }) => type === 'certificate')[1]
      expect(empty).toMatchObject({ entries: [] })
    }
    const { client, server } = bare
    const notAsked = await play(client, { ...server, asks: false })
    expect(typesOf(notAsked)).not.toMatch(/certificateRequest|c certificate,/)
  },
)

test('without a key nothing is proved: what depends on it has no octets, what does not has', async () => {
  for (const version of [TLS13, TLS12] as const) {
    const { client, server } = await peersOf({ versions: [version] })
    const noClientKey = await play({ ...client, signer: null }, server)
    const missing = ({ messages }: Played): string[] =>
      messages.flatMap(({ bytes, from, type }) => (bytes === null ? [`${from[0]!} ${type}`] : []))
    expect(missing(noClientKey)).toEqual(
      version === TLS13
        ? ['c certificateVerify', 'c finished']
        : ['c certificateVerify', 'c finished', 's finished'],
    )
    const noServerKey = await play(client, { ...server, signer: null })
    expect(missing(noServerKey)[0]).toBe(version === TLS13 ? 's certificateVerify' : 's serverKeyExchange')
    expect(
      noServerKey.messages.filter(({ type }) => type === 'certificate').every(({ bytes }) => bytes),
    ).toBe(true)
  }
})

test('peers that have nothing in common end with an alert of the server', async () => {
  const { client, server } = await peersOf({})
  const of = async (one: Partial<ClientPeer>, other: Partial<ServerPeer>) => {
    const peers = [
      { ...client, ...one },
      { ...server, ...other },
    ] as const
    const { version, messages } = await play(...peers)
    expect(messages.map(({ type }) => type)).toEqual(['clientHello'])
    const said = negotiate(...peers)
    return [version, 'lacks' in said && said.lacks, 'lacks' in said && said.alert]
  }
  expect(await of({ versions: [TLS12] }, { versions: [TLS13] })).toEqual([null, 'version', 70])
  expect(await of({ suites: [0x1303] }, {})).toEqual([TLS13, 'suite', 40])
  expect(await of({ schemes: [0x0807] }, {})).toEqual([TLS13, 'scheme', 40])
  expect(await of({}, { chain: [] })).toEqual([TLS13, 'scheme', 40])
  // A suite for RSA is none for a server with an ECDSA key (RFC 8422 §2).
  expect(await of({ versions: [TLS12], suites: [0xc02f] }, {})).toEqual([TLS12, 'suite', 40])
})

test('what is signed is drawn anew each time', async () => {
  const { client, server } = await peersOf({})
  const seen = new Set<string>()
  const signer: ClientPeer['signer'] = async (scheme, data) => {
    seen.add(Buffer.from(data).toString('hex'))
    return client.signer!(scheme, data)
  }
  for (let i = 0; i < 3; i++) await play({ ...client, signer }, server)
  expect(seen.size).toBe(3)
})
