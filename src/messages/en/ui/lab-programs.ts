import type { ChosenProgram, ProgramSeen } from '../../../border/protocol/lab.ts'
import type { Circumstance } from '../../../mtls/circumstance/unusual.ts'
import type { Case } from '../../../mtls/programs/cases.ts'
import type { Answer } from '../../../mtls/programs/programs.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import { count, number } from '../format.ts'

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

const ends: Readonly<Record<Side, string>> = { client: 'client', server: 'server' }

function does(answer: Answer, alert: (code: number) => string): string {
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
}

const depth = (most: number): string => `with a depth of ${number(most)}`

/** What a program was seen to do with the other end's certificate, or that this is not known. */
function judged({ name, seen, said }: ProgramSeen, side: Side, alert: (code: number) => string): string {
  if (!seen)
    return `What ${name} does with this in the place of the ${ends[side]} is unknown: it was not measured.`
  const limit = seen.maxDepth === null ? '' : `, ${depth(seen.maxDepth)},`
  const printed = said === null ? '' : `. It prints “${said}”`
  const what =
    seen.answer.kind === 'accepts'
      ? `accepts the ${ends[side === 'client' ? 'server' : 'client']}`
      : does(seen.answer, alert)
  return `${name} ${seen.version}${limit} ${what}${printed}.`
}

function sent(name: string, { has, seen }: NonNullable<ChosenProgram['sends']>): string {
  if (!seen) return `Which certificates ${name} sends to this server is unknown: it was not measured.`
  const { count: n, version } = seen
  if (n === 0) return `${name} ${version} sends no certificate to a server that lists these CAs.`
  return n === has
    ? `${name} ${version} sends what it has.`
    : `${name} ${version} sends ${count(n, 'certificate')} of ${number(has)}.`
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
  depth,
  answer: does,
  choose: 'Program',
  chooseNone: 'not said: by the standards alone',
  notThere: (name: string): string => `${name}, not measured here`,
  measured: 'As measured on loopback; the answer beside it is the standards’.',
  as: (name: string, side: Side): string => `${name} as the ${ends[side]}`,
  /** What the program that an end is was seen to do. */
  chosen: (
    { name, judges, sends, prints }: ChosenProgram,
    side: Side,
    alert: (code: number) => string,
  ): readonly string[] => [
    ...(judges ? [judged(judges, side, alert)] : []),
    ...(sends ? [sent(name, sends)] : []),
    ...(prints
      ? [
          prints.isSeen
            ? `Refused like that it prints “${prints.text}”.`
            : `Refused like that it prints “${prints.text}”, as its documents or source say.`,
        ]
      : []),
  ],
}
