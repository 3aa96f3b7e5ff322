/** Handshake messages of TLS 1.3 (RFC 8446 §4) and 1.2 (RFC 5246 §7.4, RFC 8422 §5), octets ↔ readonly plain objects. */
import { CodedError } from '../../errors.ts'
import { concat } from '../../octets.ts'
import { HANDSHAKE, TLS13, type TlsVersion } from './code-points.ts'
import {
  encodeAuthorities,
  encodeExtensions,
  readAuthorities,
  readExtensions,
  readSchemes,
  type WireExtension,
} from './extensions.ts'
import { WireReader, type Field } from './reader.ts'
import { numbers, uint, vector } from './writer.ts'

interface Hello {
  readonly legacyVersion: number
  /** 32 octets. */
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  /** Null where a message of TLS 1.2 ends before them. */
  readonly extensions: readonly WireExtension[] | null
}
export interface ClientHello extends Hello {
  readonly type: 'clientHello'
  readonly cipherSuites: readonly number[]
  readonly compressionMethods: Uint8Array
}
export interface ServerHello extends Hello {
  readonly type: 'serverHello'
  readonly cipherSuite: number
  readonly compressionMethod: number
}

export interface CertificateEntry {
  readonly der: Uint8Array
  /** Null in TLS 1.2, which has none. */
  readonly extensions: readonly WireExtension[] | null
}
export interface CertificateMessage {
  readonly type: 'certificate'
  /** Of TLS 1.3: that of the request; null in TLS 1.2. */
  readonly context: Uint8Array | null
  readonly entries: readonly CertificateEntry[]
}

export type HandshakeMessage =
  | ClientHello
  | ServerHello
  | CertificateMessage
  | { readonly type: 'encryptedExtensions'; readonly extensions: readonly WireExtension[] }
  | {
      readonly type: 'certificateRequest'
      readonly context: Uint8Array
      readonly extensions: readonly WireExtension[]
    }
  | {
      readonly type: 'certificateRequest12'
      readonly certificateTypes: readonly number[]
      readonly schemes: readonly number[]
      /** DER of each name; none means any. */
      readonly authorities: readonly Uint8Array[]
    }
  | { readonly type: 'certificateStatus'; readonly statusType: number; readonly response: Uint8Array }
  | {
      readonly type: 'serverKeyExchange'
      readonly curveType: number
      readonly group: number
      readonly point: Uint8Array
      readonly scheme: number
      readonly signature: Uint8Array
    }
  | { readonly type: 'serverHelloDone' }
  | { readonly type: 'clientKeyExchange'; readonly point: Uint8Array }
  | { readonly type: 'certificateVerify'; readonly scheme: number; readonly signature: Uint8Array }
  | { readonly type: 'finished'; readonly verifyData: Uint8Array }
  /** Known by name or not: its content has no part in what certificates decide. */
  | { readonly type: 'other'; readonly code: number; readonly body: Uint8Array }

export interface ReadMessage {
  readonly message: HandshakeMessage
  /** Names of all its octets, its header included. */
  readonly fields: readonly Field[]
}

/**
 * Reads one message with its header of four octets; `version` is the negotiated one (a ClientHello has one form). Throws
 * CodedErrors `tls-…` with the offset in it.
 */
export function readMessage(bytes: Uint8Array, version: TlsVersion): ReadMessage {
  const reader = new WireReader(bytes)
  const code = reader.uint('msg_type', 1, 'handshake')
  const message = reader.vector('body', 3, (body) => readBody(code, body, version))
  reader.finish()
  return { message, fields: reader.fields }
}

/** Splits octets of several messages, each with its header. Throws tls-truncated. */
export function splitMessages(bytes: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const have = bytes.length - at
    if (have < 4) throw new CodedError('tls-truncated', { offset: at, need: 4, have })
    const end = at + 4 + (bytes[at + 1]! << 16) + (bytes[at + 2]! << 8) + bytes[at + 3]!
    if (end > bytes.length) throw new CodedError('tls-truncated', { offset: at, need: end - at, have })
    all.push(bytes.subarray(at, end))
    at = end
  }
  return all
}

type Body = (body: WireReader, version: TlsVersion) => HandshakeMessage
const BODIES: Readonly<Record<number, Body>> = {
  [HANDSHAKE.clientHello]: (body) => ({
    type: 'clientHello',
    ...helloOf(body),
    cipherSuites: body.numbers('cipher_suites', 2, 'cipher_suite', 2, 'cipherSuite'),
    compressionMethods: body.opaque('legacy_compression_methods', 1, { least: 1 }),
    extensions: body.atEnd ? null : readExtensions(body, 'clientHello'),
  }),
  [HANDSHAKE.serverHello]: (body) => ({
    type: 'serverHello',
    ...helloOf(body),
    cipherSuite: body.uint('cipher_suite', 2, 'cipherSuite'),
    compressionMethod: body.uint('legacy_compression_method', 1),
    extensions: body.atEnd ? null : readExtensions(body, 'serverHello'),
  }),
  [HANDSHAKE.encryptedExtensions]: (body) => ({
    type: 'encryptedExtensions',
    extensions: readExtensions(body, 'other'),
  }),
  [HANDSHAKE.certificateRequest]: (body, version) =>
    version === TLS13
      ? {
          type: 'certificateRequest',
          context: body.opaque('certificate_request_context', 1),
          extensions: readExtensions(body, 'other'),
        }
      : {
          type: 'certificateRequest12',
          certificateTypes: body.numbers('certificate_types', 1, 'type', 1, 'certificateType'),
          schemes: readSchemes(body),
          authorities: readAuthorities(body, 'certificate_authorities'),
        },
  [HANDSHAKE.certificate]: (body, version) => ({
    type: 'certificate',
    context: version === TLS13 ? body.opaque('certificate_request_context', 1) : null,
    entries: body.list('certificate_list', 3, (content) =>
      content.field('entry', () => ({
        der: content.opaque('cert_data', 3, { least: 1 }),
        extensions: version === TLS13 ? readExtensions(content, 'certificate') : null,
      })),
    ),
  }),
  [HANDSHAKE.certificateStatus]: (body) => ({
    type: 'certificateStatus',
    statusType: body.uint('status_type', 1),
    response: body.opaque('response', 3, { least: 1 }),
  }),
  [HANDSHAKE.serverKeyExchange]: (body) => ({
    type: 'serverKeyExchange',
    curveType: body.uint('curve_type', 1),
    group: body.uint('named_curve', 2, 'group'),
    point: body.opaque('public', 1, { least: 1 }),
    ...signed(body),
  }),
  [HANDSHAKE.serverHelloDone]: () => ({ type: 'serverHelloDone' }),
  [HANDSHAKE.clientKeyExchange]: (body) => ({
    type: 'clientKeyExchange',
    point: body.opaque('public', 1, { least: 1 }),
  }),
  [HANDSHAKE.certificateVerify]: (body) => ({ type: 'certificateVerify', ...signed(body) }),
  [HANDSHAKE.finished]: (body) => ({ type: 'finished', verifyData: body.rest('verify_data') }),
}

function readBody(code: number, body: WireReader, version: TlsVersion): HandshakeMessage {
  return BODIES[code]?.(body, version) ?? { type: 'other', code, body: body.rest('content') }
}

const helloOf = (body: WireReader): Omit<Hello, 'extensions'> => ({
  legacyVersion: body.uint('legacy_version', 2, 'version'),
  random: body.octets('random', 32),
  sessionId: body.opaque('legacy_session_id', 1),
})

/** A DigitallySigned of TLS 1.2, which TLS 1.3 kept. */
const signed = (body: WireReader): { scheme: number; signature: Uint8Array } => ({
  scheme: body.uint('algorithm', 2, 'signatureScheme'),
  signature: body.opaque('signature', 2),
})

/** Returns the message with its header. Throws a RangeError for what does not fit into its form. */
export function encodeMessage(message: HandshakeMessage): Uint8Array<ArrayBuffer> {
  return concat([uint(1, codeOf(message)), vector(3, ...bodyOf(message))])
}

function codeOf(message: HandshakeMessage): number {
  if (message.type === 'other') return message.code
  return HANDSHAKE[message.type === 'certificateRequest12' ? 'certificateRequest' : message.type]
}

const hello = ({ legacyVersion, random, sessionId }: Hello): Uint8Array[] => [
  uint(2, legacyVersion),
  random,
  vector(1, sessionId),
]
const optional = (extensions: readonly WireExtension[] | null): Uint8Array[] =>
  extensions === null ? [] : [encodeExtensions(extensions)]

function bodyOf(message: HandshakeMessage): Uint8Array[] {
  switch (message.type) {
    case 'clientHello':
      return [
        ...hello(message),
        numbers(2, 2, message.cipherSuites),
        vector(1, message.compressionMethods),
        ...optional(message.extensions),
      ]
    case 'serverHello':
      return [
        ...hello(message),
        uint(2, message.cipherSuite),
        uint(1, message.compressionMethod),
        ...optional(message.extensions),
      ]
    case 'encryptedExtensions':
      return [encodeExtensions(message.extensions)]
    case 'certificateRequest':
      return [vector(1, message.context), encodeExtensions(message.extensions)]
    case 'certificateRequest12':
      return [
        numbers(1, 1, message.certificateTypes),
        numbers(2, 2, message.schemes),
        encodeAuthorities(message.authorities),
      ]
    case 'certificate':
      return [
        ...(message.context === null ? [] : [vector(1, message.context)]),
        vector(
          3,
          ...message.entries.flatMap(({ der, extensions }) => [vector(3, der), ...optional(extensions)]),
        ),
      ]
    case 'certificateStatus':
      return [uint(1, message.statusType), vector(3, message.response)]
    case 'serverKeyExchange':
      return [keyExchangeParameters(message), uint(2, message.scheme), vector(2, message.signature)]
    case 'serverHelloDone':
      return []
    case 'clientKeyExchange':
      return [vector(1, message.point)]
    case 'certificateVerify':
      return [uint(2, message.scheme), vector(2, message.signature)]
    case 'finished':
      return [message.verifyData]
    case 'other':
      return [message.body]
  }
}

/** ServerECDHParams (RFC 8422 §5.4): what the server of TLS 1.2 signs beside the two randoms. */
export const keyExchangeParameters = ({
  curveType,
  group,
  point,
}: Extract<HandshakeMessage, { type: 'serverKeyExchange' }>): Uint8Array<ArrayBuffer> =>
  concat([uint(1, curveType), uint(2, group), vector(1, point)])
