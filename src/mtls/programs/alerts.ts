import { ALERT, codeName } from '../wire/code-points.ts'
import type { ProgramId } from './program.ts'

/** Go's names, which are its own; those of certificates were all seen. */
export const GO_ALERTS: Readonly<Record<number, string>> = {
  [ALERT.unexpectedMessage]: 'unexpected message',
  [ALERT.handshakeFailure]: 'handshake failure',
  [ALERT.badCertificate]: 'bad certificate',
  [ALERT.unsupportedCertificate]: 'unsupported certificate',
  [ALERT.certificateRevoked]: 'revoked certificate',
  [ALERT.certificateExpired]: 'expired certificate',
  [ALERT.certificateUnknown]: 'unknown certificate',
  [ALERT.illegalParameter]: 'illegal parameter',
  [ALERT.unknownCa]: 'unknown certificate authority',
  [ALERT.accessDenied]: 'access denied',
  [ALERT.decodeError]: 'error decoding message',
  [ALERT.decryptError]: 'error decrypting message',
  [ALERT.protocolVersion]: 'protocol version not supported',
  [ALERT.internalError]: 'internal error',
  [ALERT.unrecognizedName]: 'unrecognized name',
  [ALERT.certificateRequired]: 'certificate required',
  [ALERT.noApplicationProtocol]: 'no application protocol',
}
const GO_UNSEEN: readonly number[] = [
  ALERT.protocolVersion,
  ALERT.unrecognizedName,
  ALERT.noApplicationProtocol,
]

/** The names of NSS and Firefox that do not follow the registry. */
export const NSS_ALERTS: Readonly<Record<number, string>> = {
  [ALERT.handshakeFailure]: 'SSL_ERROR_HANDSHAKE_FAILURE_ALERT',
  [ALERT.badCertificate]: 'SSL_ERROR_BAD_CERT_ALERT',
  [ALERT.unsupportedCertificate]: 'SSL_ERROR_UNSUPPORTED_CERT_ALERT',
  [ALERT.certificateRevoked]: 'SSL_ERROR_REVOKED_CERT_ALERT',
  [ALERT.certificateExpired]: 'SSL_ERROR_EXPIRED_CERT_ALERT',
  [ALERT.certificateUnknown]: 'SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT',
  [ALERT.illegalParameter]: 'SSL_ERROR_ILLEGAL_PARAMETER_ALERT',
  [ALERT.unknownCa]: 'SSL_ERROR_UNKNOWN_CA_ALERT',
  [ALERT.accessDenied]: 'SSL_ERROR_ACCESS_DENIED_ALERT',
  [ALERT.decodeError]: 'SSL_ERROR_DECODE_ERROR_ALERT',
  [ALERT.decryptError]: 'SSL_ERROR_DECRYPT_ERROR_ALERT',
  [ALERT.protocolVersion]: 'SSL_ERROR_PROTOCOL_VERSION_ALERT',
  [ALERT.insufficientSecurity]: 'SSL_ERROR_INSUFFICIENT_SECURITY_ALERT',
  [ALERT.internalError]: 'SSL_ERROR_INTERNAL_ERROR_ALERT',
  [ALERT.certificateRequired]: 'SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT',
}

/** Whose text is the library's own. */
const OF_OPENSSL: readonly ProgramId[] = [
  'openssl',
  'curl',
  'python',
  'node',
  'nginx',
  'haproxy',
  'apache',
  'stunnel',
]
/** Their text was read after a refusal. */
const SEEN_OF_OPENSSL: readonly ProgramId[] = ['openssl', 'curl']

export interface ReceivedText {
  readonly text: string
  /** Whether it was read in a test; otherwise it is known from the program's source or documents. */
  readonly isSeen: boolean
}

/** What a program prints when it is refused with this alert; null if that is not known. */
export function receivedAlert(program: ProgramId, version: string | null, code: number): ReceivedText | null {
  const name = codeName('alert', code)
  if (name === null) return null
  if (OF_OPENSSL.includes(program)) {
    const isSeen = SEEN_OF_OPENSSL.includes(program)
    return {
      text: `${opensslPrefix(code, program === 'openssl' && version?.startsWith('3.0.') !== true)} ${name.replaceAll('_', ' ')}`,
      isSeen,
    }
  }
  if (program === 'go') {
    const text = GO_ALERTS[code]
    return text === undefined
      ? null
      : { text: `remote error: tls: ${text}`, isSeen: !GO_UNSEEN.includes(code) }
  }
  if (program === 'java') return { text: `Received fatal alert: ${name}`, isSeen: false }
  if (program === 'rustls' || program === 'deno')
    return {
      text: `received fatal alert: ${camel(name)}`,
      isSeen: program === 'rustls' && code === ALERT.handshakeFailure,
    }
  const ofNss = program === 'nss' ? NSS_ALERTS[code] : undefined
  return ofNss === undefined ? null : { text: ofNss, isSeen: false }
}

/** It names the protocol that brought the alert; OpenSSL 3.5 no longer does for the oldest. */
function opensslPrefix(code: number, isNew: boolean): string {
  if (code <= ALERT.illegalParameter) return isNew ? 'ssl/tls alert' : 'sslv3 alert'
  return code === ALERT.certificateRequired || code === ALERT.missingExtension
    ? 'tlsv13 alert'
    : 'tlsv1 alert'
}

/** As in Rust: UnknownCA. */
const camel = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/Ca$/, 'CA')
