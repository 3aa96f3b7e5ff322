import type { Spki } from '../../x509/spki.ts'
import type { Played } from '../play.ts'
import { TLS13, suiteHash } from '../wire/code-points.ts'
import { readMessage, type HandshakeMessage } from '../wire/messages.ts'
import {
  keyExchangeContent,
  transcriptHash,
  verifyContent12,
  verifyContent13,
  verifyHandshake,
  type Side,
} from '../wire/transcript.ts'
import type { Possession } from './judgement.ts'

/** Checks the signature that a side made over a handshake with the key of its certificate. */
export async function possessionIn(played: Played, side: Side, spki: Spki): Promise<Possession> {
  const signed = await signedBy(played, side)
  if (signed === null) return 'not-proved'
  return (await verifyHandshake(signed, spki, signed.content)) === 'valid' ? 'proved' : 'wrong-key'
}

interface SignedContent {
  readonly scheme: number
  readonly signature: Uint8Array
  readonly content: Uint8Array
}

async function signedBy({ messages, version, suite }: Played, side: Side): Promise<SignedContent | null> {
  const type = side === 'server' && version !== TLS13 ? 'serverKeyExchange' : 'certificateVerify'
  const at = messages.findIndex((each) => each.from === side && each.type === type)
  const bytes = messages[at]?.bytes
  if (!bytes || version === null || suite === null) return null
  const read = (octets: Uint8Array): HandshakeMessage => readMessage(octets, version).message
  const message = read(bytes)
  const before = messages.slice(0, at).map((each) => each.bytes!)
  if (message.type === 'serverKeyExchange') {
    const [hello, answer] = before.map(read)
    if (hello?.type !== 'clientHello' || answer?.type !== 'serverHello') return null
    return { ...message, content: keyExchangeContent(hello.random, answer.random, message) }
  }
  if (message.type !== 'certificateVerify') return null
  const content =
    version === TLS13
      ? verifyContent13(side, await transcriptHash(before, suiteHash(suite)))
      : verifyContent12(before)
  return { ...message, content }
}
