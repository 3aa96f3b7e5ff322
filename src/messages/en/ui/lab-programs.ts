import type { Circumstance } from '../../../mtls/circumstance/unusual.ts'
import type { Case } from '../../../mtls/programs/cases.ts'
import type { Answer } from '../../../mtls/programs/programs.ts'
import { number } from '../format.ts'

/** What is unusual about what one side presents, in a few words that end "Presented here: …" and "Fits: …". */
const cases: Readonly<Record<Case, string>> = {
  ok: 'nothing unusual',
  'root-sent': 'the root is sent too',
  'extra-cert': 'a certificate that does not belong to the chain is sent',
  'leaf-second': 'the issuing CA comes before the end-entity certificate',
  'missing-int': 'the intermediate certificate is not sent',
  'bad-cv': 'a signature made with another key',
  partial: 'only an intermediate CA is trusted, not its root',
  'two-int': 'two intermediate CAs',
  unordered: 'the chain is sent in another order',
  'deep-7': 'seven intermediate CAs',
  'deep-11': 'eleven intermediate CAs',
  'deep-20': 'twenty intermediate CAs',
  'no-eku': 'no extended key usage',
  'any-eku': 'anyExtendedKeyUsage',
  ed25519: 'an Ed25519 key',
  p521: 'a P-521 key',
  rsa2048: 'an RSA key of 2,048 bits',
  rsa1024: 'an RSA key of 1,024 bits',
  expired: 'the end-entity certificate has expired',
  notyet: 'the end-entity certificate is not valid yet',
  'int-expired': 'the intermediate certificate has expired',
  'root-expired': 'the root has expired',
  'unknown-ca': 'its root is not trusted',
  'unknown-ca-root-sent': 'its root is sent, and not trusted',
  'self-signed': 'a self-signed certificate that is not trusted',
  'self-pin': 'a self-signed certificate that is trusted itself',
  'leaf-pin': 'the end-entity certificate is trusted itself',
  'issuer-not-ca': 'its issuer is not a CA',
  'issuer-no-bc': 'its issuer has no basic constraints',
  'int-no-certsign': 'its issuer lacks keyCertSign',
  pathlen: 'more CAs than a path length allows',
  nameconstr: 'a name outside the name constraints',
  'int-eku': 'the issuing CA is for another purpose',
  'wrong-eku': 'the certificate is for another purpose',
  'ku-no-ds': 'a key usage without digitalSignature',
  'crit-ext': 'a critical extension that nobody knows',
  'bad-sig': 'a wrong signature on a certificate',
  garbage: 'octets that are not a certificate',
  sha1: 'a signature with SHA-1',
  md5: 'a signature with MD5',
  revoked: 'the end-entity certificate is revoked',
  'crl-ok': 'revocation lists that revoke nothing here',
  'int-revoked': 'the intermediate certificate is revoked',
  'crl-expired': 'the revocation list is out of date',
  'crl-missing': 'a revocation list is missing',
  'empty-subject': 'an empty subject',
  'wrong-name': 'another name than the one asked for',
  'cn-only': 'a name in the common name only',
  wildcard: 'a wildcard name',
  'wildcard-deep': 'a wildcard that is one label short',
  none: 'no certificate',
}

const circumstances: Readonly<Record<Exclude<Circumstance, Case>, string>> = {
  several: 'Several things are unusual here at once. Programs were measured with one at a time.',
  unmeasured: 'This was not put to any program.',
}

/** What programs do with what the other side presents. */
export const labPrograms = {
  title: 'What programs do',
  lead: 'Measured on loopback, with their defaults, in the place of this side. The answer above is the standard’s, not theirs.',
  presented: (circumstance: Circumstance): string =>
    circumstance === 'several' || circumstance === 'unmeasured'
      ? circumstances[circumstance]
      : `Presented here: ${cases[circumstance]}.`,
  cases,
  program: 'Program',
  does: 'Does',
  prints: 'Prints',
  late: 'In TLS 1.3 the client has finished its handshake before the server answers. If it has already written, it may see a reset instead of the alert.',
  notMeasured: 'not measured',
  depth: (most: number): string => `with a depth of ${number(most)}`,
  answer: (answer: Answer, alert: (code: number) => string): string => {
    switch (answer.kind) {
      case 'accepts':
        return 'accepts'
      case 'alert':
        return [
          `sends ${alert(answer.code)} (${number(answer.code)})`,
          ...(answer.isPlain ? ['unencrypted, which some servers report as a bad record MAC'] : []),
        ].join('; ')
      case 'closes':
        return 'closes the connection without an alert'
      case 'http':
        return `completes the handshake, answers HTTP ${number(answer.status)}`
      case 'no-input':
        return 'does not take this input'
      case 'no-common-algorithm':
        return 'has no algorithm for it: ends the handshake'
    }
  },
}
