/** Numbers of TLS and their names in the IANA registries. */
import type { Hash, SignatureScheme } from '../../webcrypto/algorithms.ts'
import type { CodeTable } from './reader.ts'

export const HANDSHAKE = {
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
  certificateStatus: 22,
  keyUpdate: 24,
  compressedCertificate: 25,
  messageHash: 254,
} as const

export const EXTENSION = {
  serverName: 0,
  maxFragmentLength: 1,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  applicationLayerProtocolNegotiation: 16,
  statusRequestV2: 17,
  signedCertificateTimestamp: 18,
  clientCertificateType: 19,
  serverCertificateType: 20,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  compressCertificate: 27,
  sessionTicket: 35,
  preSharedKey: 41,
  earlyData: 42,
  supportedVersions: 43,
  cookie: 44,
  pskKeyExchangeModes: 45,
  certificateAuthorities: 47,
  oidFilters: 48,
  postHandshakeAuth: 49,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
  renegotiationInfo: 65281,
} as const

export const ALERT = {
  closeNotify: 0,
  unexpectedMessage: 10,
  handshakeFailure: 40,
  noCertificate: 41,
  badCertificate: 42,
  unsupportedCertificate: 43,
  certificateRevoked: 44,
  certificateExpired: 45,
  certificateUnknown: 46,
  illegalParameter: 47,
  unknownCa: 48,
  accessDenied: 49,
  decodeError: 50,
  decryptError: 51,
  protocolVersion: 70,
  insufficientSecurity: 71,
  internalError: 80,
  missingExtension: 109,
  unsupportedExtension: 110,
  unrecognizedName: 112,
  badCertificateStatusResponse: 113,
  certificateRequired: 116,
  noApplicationProtocol: 120,
} as const

export const CERTIFICATE_TYPE = { rsaSign: 1, dssSign: 2, ecdsaSign: 64 } as const

export const TLS12 = 0x0303
export const TLS13 = 0x0304
export type TlsVersion = typeof TLS12 | typeof TLS13

/** The registries' names of these numbers, which are in lower case with underscores. */
const registered = (numbers: Readonly<Record<string, number>>): Readonly<Record<number, string>> =>
  Object.fromEntries(
    Object.entries(numbers).map(([name, number]) => [
      number,
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ]),
  )

const NAMES: Readonly<Record<CodeTable, Readonly<Record<number, string>>>> = {
  version: { 0x0301: 'TLS 1.0', 0x0302: 'TLS 1.1', [TLS12]: 'TLS 1.2', [TLS13]: 'TLS 1.3' },
  handshake: registered(HANDSHAKE),
  extension: registered(EXTENSION),
  alert: registered(ALERT),
  cipherSuite: {
    0x00ff: 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    0x1301: 'TLS_AES_128_GCM_SHA256',
    0x1302: 'TLS_AES_256_GCM_SHA384',
    0x1303: 'TLS_CHACHA20_POLY1305_SHA256',
    0xc02b: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    0xc02c: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    0xc02f: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    0xc030: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    0xcca8: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
    0xcca9: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  },
  signatureScheme: {
    0x0201: 'rsa_pkcs1_sha1',
    0x0203: 'ecdsa_sha1',
    0x0401: 'rsa_pkcs1_sha256',
    0x0501: 'rsa_pkcs1_sha384',
    0x0601: 'rsa_pkcs1_sha512',
    0x0403: 'ecdsa_secp256r1_sha256',
    0x0503: 'ecdsa_secp384r1_sha384',
    0x0603: 'ecdsa_secp521r1_sha512',
    0x0804: 'rsa_pss_rsae_sha256',
    0x0805: 'rsa_pss_rsae_sha384',
    0x0806: 'rsa_pss_rsae_sha512',
    0x0807: 'ed25519',
    0x0808: 'ed448',
    0x0809: 'rsa_pss_pss_sha256',
    0x080a: 'rsa_pss_pss_sha384',
    0x080b: 'rsa_pss_pss_sha512',
    0x081a: 'ecdsa_brainpoolP256r1tls13_sha256',
    0x081b: 'ecdsa_brainpoolP384r1tls13_sha384',
    0x081c: 'ecdsa_brainpoolP512r1tls13_sha512',
    0x0904: 'mldsa44',
    0x0905: 'mldsa65',
    0x0906: 'mldsa87',
  },
  group: {
    0x0017: 'secp256r1',
    0x0018: 'secp384r1',
    0x0019: 'secp521r1',
    0x001d: 'x25519',
    0x001e: 'x448',
    0x11ec: 'X25519MLKEM768',
  },
  certificateType: registered(CERTIFICATE_TYPE),
}

/** Returns the registered name of a number; null for one that is not in the table. */
export const codeName = (of: CodeTable, value: number): string | null => NAMES[of][value] ?? null

/** Returns the number of a registered name; null for one that is not in the table. */
export function codeOf(of: CodeTable, name: string): number | null {
  const found = Object.entries(NAMES[of]).find(([, each]) => each === name)
  return found ? Number(found[0]) : null
}

export type TlsHash = Extract<Hash, 'SHA-256' | 'SHA-384'>

/** The hash that a cipher suite's transcript uses (RFC 8446 §B.4, RFC 5289, RFC 7905). */
export const suiteHash = (suite: number): TlsHash =>
  codeName('cipherSuite', suite)?.endsWith('SHA384') === true ? 'SHA-384' : 'SHA-256'

/** The kind of key that a suite of TLS 1.2 asks of the server (RFC 8422 §2); null for one of TLS 1.3, or an unknown one. */
export const suiteSigner = (suite: number): 'ECDSA' | 'RSA' | null =>
  (/^TLS_ECDHE_(ECDSA|RSA)_/.exec(codeName('cipherSuite', suite) ?? '')?.[1] as
    'ECDSA' | 'RSA' | undefined) ?? null

/** Whether a suite is one of TLS 1.3, which say nothing of keys (RFC 8446 §B.4). */
export const isSuite13 = (suite: number): boolean => suite >> 8 === 0x13

interface WireScheme {
  readonly scheme: SignatureScheme
  /** RFC 8446 §4.2.3: in TLS 1.3 an ECDSA code is bound to its curve; in TLS 1.2 only its hash counts. */
  readonly curve?: 'p256' | 'p384' | 'p521'
  /** RSA in PKCS #1 v1.5 signs no handshake of TLS 1.3, and ML-DSA none of TLS 1.2. */
  readonly versions: readonly TlsVersion[]
}
const BOTH = [TLS12, TLS13] as const
const pkcs1 = (hash: Hash): WireScheme => ({
  scheme: { kind: 'rsa-pkcs1', hash },
  versions: [TLS12],
})
const pss = (hash: Hash, saltLength: number): WireScheme => ({
  scheme: { kind: 'rsa-pss', hash, saltLength },
  versions: BOTH,
})
const ecdsa = (hash: Hash, curve: NonNullable<WireScheme['curve']>): WireScheme => ({
  ...{ scheme: { kind: 'ecdsa', hash }, curve, versions: BOTH },
})
const mlDsa = (kind: 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'): WireScheme => ({
  scheme: { kind },
  versions: [TLS13],
})

/** Signatures over handshakes that can be made and checked here. */
export const WIRE_SCHEMES: Readonly<Record<number, WireScheme>> = {
  0x0401: pkcs1('SHA-256'),
  0x0501: pkcs1('SHA-384'),
  0x0601: pkcs1('SHA-512'),
  0x0403: ecdsa('SHA-256', 'p256'),
  0x0503: ecdsa('SHA-384', 'p384'),
  0x0603: ecdsa('SHA-512', 'p521'),
  0x0804: pss('SHA-256', 32),
  0x0805: pss('SHA-384', 48),
  0x0806: pss('SHA-512', 64),
  0x0807: { scheme: { kind: 'ed25519' }, versions: BOTH },
  0x0809: pss('SHA-256', 32),
  0x080a: pss('SHA-384', 48),
  0x080b: pss('SHA-512', 64),
  0x0904: mlDsa('ml-dsa-44'),
  0x0905: mlDsa('ml-dsa-65'),
  0x0906: mlDsa('ml-dsa-87'),
}
