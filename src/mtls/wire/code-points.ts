/** Numbers of TLS and their names in the IANA registries. */
import type { SignatureScheme } from '../../webcrypto/algorithms.ts'
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
  statusRequest: 5,
  supportedGroups: 10,
  signatureAlgorithms: 13,
  applicationProtocols: 16,
  signedCertificateTimestamp: 18,
  supportedVersions: 43,
  certificateAuthorities: 47,
  postHandshakeAuth: 49,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
} as const

export const TLS12 = 0x0303
export const TLS13 = 0x0304
export type TlsVersion = typeof TLS12 | typeof TLS13

const NAMES: Readonly<Record<CodeTable, Readonly<Record<number, string>>>> = {
  version: { 0x0301: 'TLS 1.0', 0x0302: 'TLS 1.1', [TLS12]: 'TLS 1.2', [TLS13]: 'TLS 1.3' },
  handshake: {
    1: 'client_hello',
    2: 'server_hello',
    4: 'new_session_ticket',
    8: 'encrypted_extensions',
    11: 'certificate',
    12: 'server_key_exchange',
    13: 'certificate_request',
    14: 'server_hello_done',
    15: 'certificate_verify',
    16: 'client_key_exchange',
    20: 'finished',
    22: 'certificate_status',
    24: 'key_update',
    25: 'compressed_certificate',
    254: 'message_hash',
  },
  extension: {
    0: 'server_name',
    1: 'max_fragment_length',
    5: 'status_request',
    10: 'supported_groups',
    11: 'ec_point_formats',
    13: 'signature_algorithms',
    16: 'application_layer_protocol_negotiation',
    17: 'status_request_v2',
    18: 'signed_certificate_timestamp',
    19: 'client_certificate_type',
    20: 'server_certificate_type',
    21: 'padding',
    22: 'encrypt_then_mac',
    23: 'extended_master_secret',
    27: 'compress_certificate',
    35: 'session_ticket',
    41: 'pre_shared_key',
    42: 'early_data',
    43: 'supported_versions',
    44: 'cookie',
    45: 'psk_key_exchange_modes',
    47: 'certificate_authorities',
    48: 'oid_filters',
    49: 'post_handshake_auth',
    50: 'signature_algorithms_cert',
    51: 'key_share',
    65281: 'renegotiation_info',
  },
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
  certificateType: { 1: 'rsa_sign', 2: 'dss_sign', 64: 'ecdsa_sign' },
  alert: {
    0: 'close_notify',
    10: 'unexpected_message',
    40: 'handshake_failure',
    41: 'no_certificate',
    42: 'bad_certificate',
    43: 'unsupported_certificate',
    44: 'certificate_revoked',
    45: 'certificate_expired',
    46: 'certificate_unknown',
    47: 'illegal_parameter',
    48: 'unknown_ca',
    49: 'access_denied',
    50: 'decode_error',
    51: 'decrypt_error',
    70: 'protocol_version',
    71: 'insufficient_security',
    80: 'internal_error',
    109: 'missing_extension',
    110: 'unsupported_extension',
    112: 'unrecognized_name',
    113: 'bad_certificate_status_response',
    116: 'certificate_required',
    120: 'no_application_protocol',
  },
}

/** Returns the registered name of a number; null for one that is not in the table. */
export const codeName = (of: CodeTable, value: number): string | null => NAMES[of][value] ?? null

/** The hash that a cipher suite's transcript uses (RFC 8446 §B.4, RFC 5289, RFC 7905). */
export const suiteHash = (suite: number): 'SHA-256' | 'SHA-384' =>
  (NAMES.cipherSuite[suite] ?? '').endsWith('SHA384') ? 'SHA-384' : 'SHA-256'

interface WireScheme {
  readonly scheme: SignatureScheme
  /** RFC 8446 §4.2.3: in TLS 1.3 an ECDSA code is bound to its curve; in TLS 1.2 only its hash counts. */
  readonly curve?: 'p256' | 'p384' | 'p521'
  /** RSA in PKCS #1 v1.5 signs no handshake of TLS 1.3, and ML-DSA none of TLS 1.2. */
  readonly versions: readonly TlsVersion[]
}
const BOTH = [TLS12, TLS13] as const
const pkcs1 = (hash: 'SHA-256' | 'SHA-384' | 'SHA-512'): WireScheme => ({
  scheme: { kind: 'rsa-pkcs1', hash },
  versions: [TLS12],
})
const pss = (hash: 'SHA-256' | 'SHA-384' | 'SHA-512', saltLength: number): WireScheme => ({
  scheme: { kind: 'rsa-pss', hash, saltLength },
  versions: BOTH,
})
const ecdsa = (hash: 'SHA-256' | 'SHA-384' | 'SHA-512', curve: 'p256' | 'p384' | 'p521'): WireScheme => ({
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
