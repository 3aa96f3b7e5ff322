/** Finished messages of handshakes whose secrets OpenSSL wrote into a key log. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TLS12, TLS13, suiteHash } from '../../../src/mtls/wire/code-points.ts'
import { readMessage, type ClientHello, type ServerHello } from '../../../src/mtls/wire/messages.ts'
import {
  finishedData12,
  finishedData13,
  handshakeSecrets,
  loggedSecrets,
} from '../../../src/mtls/wire/secrets.ts'
import { transcriptHash } from '../../../src/mtls/wire/transcript.ts'
import { hexOctets, hexOf } from '../../../src/octets.ts'
import { recordedMessages } from '../../support/tls-transcript.ts'

const keysOf = (file: string): string =>
  readFileSync(new URL(`../../fixtures/mtls/${file}.keys`, import.meta.url), 'utf8')

test.each([
  ['keyed-tls1_3', TLS13, 'SHA-256'],
  ['keyed-tls1_2', TLS12, 'SHA-384'],
] as const)('%s', async (file, version, expected) => {
  const recorded = recordedMessages(`${file}.txt`)
  const messages = recorded.map(({ bytes }) => readMessage(bytes, version).message)
  const hello = messages.find((each): each is ClientHello => each.type === 'clientHello')!
  const answer = messages.find((each): each is ServerHello => each.type === 'serverHello')!
  const hash = suiteHash(answer.cipherSuite)
  expect(hash).toBe(expected)
  const { client, server, master } = loggedSecrets(keysOf(file), hello.random)
  const checked = []
  for (const [at, message] of messages.entries()) {
    if (message.type !== 'finished') continue
    const side = recorded[at]!.from
    const before = recorded.slice(0, at).map(({ bytes }) => bytes)
    const dataOf = async (messages: readonly Uint8Array[]): Promise<Uint8Array> => {
      const transcript = await transcriptHash(messages, hash)
      return version === TLS13
        ? finishedData13(hash, (side === 'client' ? client : server)!, transcript)
        : finishedData12(hash, master!, side, transcript)
    }
    expect(await dataOf(before)).toEqual(message.verifyData)
    expect(await dataOf(before.slice(0, -1))).not.toEqual(message.verifyData)
    checked.push(side)
  }
  expect(checked.sort()).toEqual(['client', 'server'])
  const other = hello.random.map((octet) => octet ^ 1)
  expect(loggedSecrets(keysOf(file), other)).toEqual({ client: null, server: null, master: null })
})

test('a key log with other lines gives what it has', () => {
  const random = new Uint8Array(32)
  const text = `# comment\n\nCLIENT_RANDOM ${'00'.repeat(32)} abc\nCLIENT_RANDOM ${'00'.repeat(32)} 0102\r\nx`
  expect(loggedSecrets(text, random)).toEqual({ client: null, server: null, master: Uint8Array.of(1, 2) })
})

// The values of RFC 8448 §3.
test('the secrets of a handshake follow from its shared secret and its hellos', async () => {
  const shared = hexOctets('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d')!
  const transcript = hexOctets('860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8')!
  const { client, server } = await handshakeSecrets('SHA-256', shared, transcript)
  expect(hexOf(client)).toBe('b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21')
  expect(hexOf(server)).toBe('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38')
})
