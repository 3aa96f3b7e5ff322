import { answers } from './program.ts'
import { surveyed, type Words } from './words.ts'

// What OpenSSL's library answers and says, for the programs that leave the judgement to it.

export const OPENSSL_CLIENT = answers('client', {
  43: 'leaf-second any-eku int-eku wrong-eku',
  48: 'missing-int partial unknown-ca unknown-ca-root-sent self-signed leaf-pin issuer-not-ca issuer-no-bc int-no-certsign pathlen crl-missing',
  51: 'bad-cv bad-sig',
  42: 'rsa1024 notyet garbage sha1 md5 wrong-name wildcard-deep',
  45: 'expired int-expired root-expired crl-expired',
  46: 'nameconstr crit-ext',
  44: 'revoked int-revoked',
  '40|ok': 'ku-no-ds',
})

export const OPENSSL_SERVER = answers('server', {
  43: 'leaf-second any-eku int-eku wrong-eku',
  48: 'missing-int partial unknown-ca unknown-ca-root-sent self-signed leaf-pin issuer-not-ca issuer-no-bc int-no-certsign pathlen crl-missing',
  51: 'bad-cv bad-sig',
  42: 'rsa1024 notyet sha1 md5',
  45: 'expired int-expired root-expired crl-expired',
  46: 'nameconstr crit-ext',
  50: 'garbage',
  44: 'revoked int-revoked',
  '40|116': 'none',
})

const said = (code: Parameters<typeof surveyed>[1]): string => surveyed('openssl', code)

/** The sentences of X509_verify_cert_error_string that every program of this library prints. */
export const VERIFY_WORDS: Words = [
  ['issuer-above-missing', 'unable to get issuer certificate', 'partial'],
  ['self-signed-above', 'self-signed certificate in certificate chain', 'unknown-ca-root-sent'],
  ['self-signed', 'self-signed certificate', 'self-signed'],
  ['expired', said('expired'), 'expired int-expired root-expired'],
  ['not-yet-valid', said('not-yet-valid'), 'notyet'],
  ['purpose', said('purpose-not-allowed'), 'leaf-second any-eku int-eku wrong-eku'],
  ['path-length', said('path-len-exceeded'), 'pathlen'],
  ['name-constraints', said('name-not-permitted'), 'nameconstr'],
  ['critical-extension', said('critical-extension-unknown'), 'crit-ext'],
  ['revoked', said('revoked'), 'revoked int-revoked'],
  ['crl-expired', 'CRL has expired', 'crl-expired'],
  ['crl-missing', 'unable to get certificate CRL', 'crl-missing'],
  ['key-weak', 'EE certificate key too weak', 'rsa1024'],
  ['hash-weak', 'CA signature digest algorithm too weak', 'sha1 md5'],
]

/** With the errors of handshakes, as s_client, s_server and Python print them. */
export const OPENSSL_WORDS: Words = [
  ['issuer-unknown', said('issuer-missing'), 'missing-int unknown-ca leaf-pin'],
  ['not-a-ca', 'invalid CA certificate', 'issuer-not-ca issuer-no-bc int-no-certsign'],
  ['certificate-signature', said('signature-invalid'), 'bad-sig'],
  ...VERIFY_WORDS,
  ['name-mismatch', said('peer-name-mismatch'), 'wrong-name wildcard-deep', 'client'],
  ['handshake-signature', 'bad signature', 'bad-cv'],
  ['some-signature', 'provider signature failure', 'bad-cv bad-sig'],
  ['key-usage', 'ecc cert not for signing', 'ku-no-ds', 'client'],
  ['key-usage', 'bad ecc cert', 'ku-no-ds', 'client'],
  ['unreadable', 'asn1 encoding routines:*too long', 'garbage'],
  ['unreadable', 'ASN1 lib', 'garbage'],
  ['no-certificate', 'peer did not return a certificate', 'none', 'server'],
]

/** As programs print them that use the functions of the library and judge the name themselves, or not. */
export const NUMBERED_WORDS: Words = [
  ['not-a-ca', 'key usage does not include certificate signing', 'issuer-not-ca int-no-certsign'],
  ['not-a-ca', 'invalid CA certificate', 'issuer-no-bc'],
  ['issuer-unknown', 'unable to verify the first certificate', 'missing-int unknown-ca leaf-pin'],
]
