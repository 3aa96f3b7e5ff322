/** Two handshakes recorded from OpenSSL, with certificates on both sides, octet for octet. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWhole } from '../../../src/der/reader.ts'
import { isCodedError } from '../../../src/errors.ts'
import { TLS12, TLS13, codeName, suiteHash } from '../../../src/mtls/wire/code-points.ts'
import { authoritiesIn, schemesIn, selectedVersion, serverNameIn } from '../../../src/mtls/wire/extensions.ts'
import { encodeMessage, readMessage, splitMessages } from '../../../src/mtls/wire/messages.ts'
import type { HandshakeMessage } from '../../../src/mtls/wire/messages.ts'
import type { Field } from '../../../src/mtls/wire/reader.ts'
import {
  codeFits,
  keyExchangeContent,
  transcriptHash,
  verifyContent12,
  verifyContent13,
  verifyHandshake,
} from '../../../src/mtls/wire/transcript.ts'
import { concat } from '../../../src/octets.ts'
import { digest } from '../../../src/webcrypto/signature.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { nameToText, parseName } from '../../../src/x509/name.ts'
import { findBlocks } from '../../../src/containers/pile/find.ts'
import { recordedMessages } from '../../support/tls-transcript.ts'

const RECORDED = { [TLS13]: recordedMessages('msg-tls1_3.txt'), [TLS12]: recordedMessages('msg-tls1_2.txt') }
const VERSIONS = [TLS13, TLS12] as const
const read = (version: typeof TLS12 | typeof TLS13): HandshakeMessage[] =>
  RECORDED[version].map(({ bytes }) => readMessage(bytes, version).message)
function only<T extends HandshakeMessage['type']>(
  messages: readonly HandshakeMessage[],
  type: T,
): Extract<HandshakeMessage, { type: T }>[] {
  return messages.filter((each): each is Extract<HandshakeMessage, { type: T }> => each.type === type)
}
const nameText = (der: Uint8Array): string =>
  nameToText(parseWhole(der, (reader) => parseName(reader, 'subject', [])))
const chainOf = (file: string): Uint8Array[] => {
  const text = readFileSync(new URL(`../../fixtures/mtls/${file}`, import.meta.url))
  return [...findBlocks(text)].flatMap((found) => (found.kind === 'block' ? [found.bytes] : []))
}

describe.each(VERSIONS)('version %i', (version) => {
  test('every message is read, and written to the same octets', () => {
    expect(RECORDED[version].length).toBeGreaterThanOrEqual(9)
    for (const { bytes } of RECORDED[version])
      expect(encodeMessage(readMessage(bytes, version).message)).toEqual(bytes)
    const whole = concat(RECORDED[version].map(({ bytes }) => bytes))
    expect(splitMessages(whole)).toEqual(RECORDED[version].map(({ bytes }) => bytes))
  })

  test('every octet of a message belongs to one field', () => {
    const leaves = (fields: readonly Field[]): Field[] =>
      fields.flatMap((field) => (field.fields.length > 0 ? leaves(field.fields) : [field]))
    for (const { bytes, name } of RECORDED[version]) {
      let at = 0
      for (const { from, to } of leaves(readMessage(bytes, version).fields)) {
        expect(from, name).toBe(at)
        at = to
      }
      expect(at, name).toBe(bytes.length)
    }
  })

  test('a message that is cut off, longer or changed is refused with its place, or read', () => {
    for (const { bytes } of RECORDED[version]) {
      const whole = readMessage(bytes, version)
      for (let length = 0; length < bytes.length; length += 1 + (length >> 5))
        expect(() => readMessage(bytes.subarray(0, length), version)).toThrow(/tls-/)
      expect(() => readMessage(concat([bytes, Uint8Array.of(0)]), version)).toThrow('tls-trailing-data')
      expect(whole.fields.length).toBe(2)
    }
    const some = fc.constantFrom(...RECORDED[version].map(({ bytes }) => bytes))
    fc.assert(
      fc.property(some, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, by) => {
        const changed = bytes.slice()
        changed[at % bytes.length]! ^= by
        try {
          expect(encodeMessage(readMessage(changed, version).message)).toEqual(changed)
        } catch (error) {
          if (!isCodedError(error)) throw error
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('both sides sent their chains, and say which signatures they take', () => {
    const messages = read(version)
    const [server, client] = only(messages, 'certificate')
    expect(server!.entries.map(({ der }) => der)).toEqual(chainOf('server-chain.pem'))
    expect(client!.entries.map(({ der }) => der)).toEqual(chainOf('client-chain.pem'))
    const [hello] = only(messages, 'clientHello')
    expect(serverNameIn(hello!.extensions!)).toBe('server.lab.test')
    expect(schemesIn(hello!.extensions!)?.map((code) => codeName('signatureScheme', code))).toContain(
      'ecdsa_secp256r1_sha256',
    )
  })
})

test('TLS 1.3: the request names the root, and both signatures are over the transcript up to them', async () => {
  const messages = read(TLS13)
  const [serverHello] = only(messages, 'serverHello')
  expect(selectedVersion(serverHello!.extensions!)).toBe(TLS13)
  const [request] = only(messages, 'certificateRequest')
  const names = authoritiesIn(request!.extensions)!.map((der) => nameText(der))
  expect(names).toEqual(['CN=Lab Root,O=Lab'])
  const hash = suiteHash(serverHello!.cipherSuite)
  expect(hash).toBe('SHA-384')
  const signed = []
  for (const [at, message] of messages.entries()) {
    if (message.type !== 'certificateVerify') continue
    const side = RECORDED[TLS13][at]!.from
    const before = RECORDED[TLS13].slice(0, at).map(({ bytes }) => bytes)
    const content = verifyContent13(side, await transcriptHash(before, hash))
    expect(content).toHaveLength(146)
    const { entries } = messages[at - 1] as Extract<HandshakeMessage, { type: 'certificate' }>
    const { spki } = parseCertificate(entries[0]!.der)
    expect(codeFits(message.scheme, spki, TLS13)).toBe(true)
    expect(codeFits(0x0503, spki, TLS13)).toBe(false)
    expect(codeFits(0x0503, spki, TLS12)).toBe(true)
    expect(await verifyHandshake(message, spki, content)).toBe('valid')
    // One octet of any message before, one of the signature, or the other side's words.
    const changed = before.map((bytes) => bytes.slice())
    changed[1]![20]! ^= 1
    const others = [
      verifyContent13(side, await transcriptHash(changed, hash)),
      verifyContent13(side === 'client' ? 'server' : 'client', await transcriptHash(before, hash)),
    ]
    for (const other of others) expect(await verifyHandshake(message, spki, other)).toBe('invalid')
    signed.push(side)
  }
  expect(signed).toEqual(['server', 'client'])
})

test('TLS 1.2: the server signs its key share and the randoms, the client every message', async () => {
  const messages = read(TLS12)
  const [request] = only(messages, 'certificateRequest12')
  expect(request!.certificateTypes).toEqual([1, 2, 64])
  expect(request!.authorities.map((der) => nameText(der))).toEqual(['CN=Lab Root,O=Lab'])
  const [client, server] = [only(messages, 'clientHello')[0]!, only(messages, 'serverHello')[0]!]
  const [exchange] = only(messages, 'serverKeyExchange')
  const [serverCertificate, clientCertificate] = only(messages, 'certificate').map(
    ({ entries }) => parseCertificate(entries[0]!.der).spki,
  )
  const content = keyExchangeContent(client.random, server.random, exchange!)
  expect(await verifyHandshake(exchange!, serverCertificate!, content)).toBe('valid')
  const swapped = keyExchangeContent(server.random, client.random, exchange!)
  expect(await verifyHandshake(exchange!, serverCertificate!, swapped)).toBe('invalid')
  const at = messages.findIndex(({ type }) => type === 'certificateVerify')
  const before = RECORDED[TLS12].slice(0, at).map(({ bytes }) => bytes)
  expect(verifyContent12(before)).toHaveLength(2316)
  const [verify] = only(messages, 'certificateVerify')
  expect(await verifyHandshake(verify!, clientCertificate!, verifyContent12(before))).toBe('valid')
  expect(await verifyHandshake(verify!, clientCertificate!, verifyContent12(before.slice(1)))).toBe('invalid')
  expect(await verifyHandshake({ ...verify!, scheme: 0x0708 }, clientCertificate!, content)).toEqual({
    unchecked: '0x0708',
  })
})

test('after a HelloRetryRequest the first hello counts by its hash', async () => {
  const [hello, serverHello] = RECORDED[TLS13].map(({ bytes }) => bytes) as [Uint8Array, Uint8Array]
  const retry = serverHello.slice()
  retry.set(await digest('SHA-256', new TextEncoder().encode('HelloRetryRequest')), 6)
  const messageHash = concat([Uint8Array.of(254, 0, 0, 32), await digest('SHA-256', hello)])
  expect(await transcriptHash([hello, retry, hello], 'SHA-256')).toEqual(
    await digest('SHA-256', concat([messageHash, retry, hello])),
  )
})
