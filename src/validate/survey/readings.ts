import { TAG } from '../../der/reader.ts'
import { KEY_RULES } from '../../lint/keys/index.ts'
import { lint } from '../../lint/lint.ts'
import { RFC5280_RULES } from '../../lint/rfc5280/index.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { latin1 } from '../../x509/string-types.ts'
import { fitsStringType } from '../../x509/name.ts'
import type { Attribute } from '../../x509/name.ts'
import { isCritical } from '../../lint/facts.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { belowAnchor, chainOf, targetOf } from './difference.ts'
import type { Difference } from './difference.ts'
import { RUN } from './programs.ts'
import type { Program } from './programs.ts'
import { seenCritical } from './seen-answer.ts'

/** Keys of the messages; never change. */
export type ReadingCode =
  | 'relative-point-name'
  | 'string-type-unknown'
  | 'names-not-ascii'
  | 'key-not-tried'
  | 'names-not-tried'
  | 'names-unread-together'
  | 'critical-not-known'
  | 'critical-not-tried'

const hasRelativePoint = ({ cRLDistributionPoints, freshestCRL }: Certificate): boolean =>
  [...(cRLDistributionPoints ?? []), ...(freshestCRL ?? [])].some(
    ({ nameRelativeToCRLIssuer }) => nameRelativeToCRLIssuer !== null,
  )

/** String types that Go accepts in names. */
const GO_STRINGS: ReadonlySet<number> = new Set([
  ...[TAG.UTF8_STRING, TAG.PRINTABLE_STRING, TAG.IA5_STRING],
  ...[TAG.TELETEX_STRING, TAG.BMP_STRING, TAG.NUMERIC_STRING],
])
/** Characters that Go accepts in PrintableString beyond the standard's. */
const PRINTABLE_FOR_GO = /[*&]/g

function isStrangeToGo({ tag, value }: Attribute): boolean {
  if (!GO_STRINGS.has(tag)) return true
  const text = latin1(value)
  if (tag === TAG.PRINTABLE_STRING) return !fitsStringType(tag, text.replaceAll(PRINTABLE_FOR_GO, ''))
  return (tag === TAG.IA5_STRING || tag === TAG.NUMERIC_STRING) && !fitsStringType(tag, text)
}
const hasStrangeString = ({ issuer, subject }: Certificate): boolean =>
  [...issuer.rdns, ...subject.rdns].flat().some(isStrangeToGo)

const TEXT_NAMES: ReadonlySet<string> = new Set(['dNSName', 'rfc822Name', 'uniformResourceIdentifier'])
const hasOtherLetters = ({ subjectAltName }: Certificate): boolean =>
  (subjectAltName ?? []).some(
    (name) =>
      TEXT_NAMES.has(name.kind) &&
      'value' in name &&
      [...String(name.value)].some((letter) => letter > '\u007f'),
  )

const NAMES_NOT_TRIED: ReadonlySet<string> = new Set(['ediPartyName', 'x400Address'])
const hasOddName = ({ subjectAltName, issuerAltName }: Certificate): boolean =>
  [...(subjectAltName ?? []), ...(issuerAltName ?? [])].some(({ kind }) => NAMES_NOT_TRIED.has(kind))

/** Faults of a single name in subjectAltName. */
const FAULTS_OF_A_NAME: ReadonlySet<string> = new Set([
  ...['san-entry-empty', 'san-dns-space', 'san-dns-malformed', 'san-dns-not-a-label', 'san-email-malformed'],
  ...['san-ip-length', 'san-uri-relative', 'san-uri-malformed', 'san-uri-host'],
])
const RULES_OF_A_NAME = RFC5280_RULES.filter(({ code }) => FAULTS_OF_A_NAME.has(code))
const asksAmongFaultyNames: Difference<ReadingCode>['meets'] = (path, { options: { peerNames = [] } }) => {
  const target = targetOf(path)
  const context = { place: 'target', issuedAt: target.notBefore, issuer: null } as const
  return peerNames.length > 0 && lint(target, RULES_OF_A_NAME, context).length > 0
}

/** Keys of an untested kind: of another algorithm, not on their curve, or with an impossible or long exponent. */
const KEY_NOT_TRIED: ReadonlySet<string> = new Set([
  ...['key-malformed', 'key-not-on-curve', 'key-kind-unchecked', 'rsa-exponent-unusable'],
  'rsa-exponent-large',
])
const RULES_OF_ODD_KEYS = KEY_RULES.filter(({ code }) => KEY_NOT_TRIED.has(code))
const hasOddKey = (certificate: Certificate): boolean =>
  lint(certificate, RULES_OF_ODD_KEYS, { place: 'target', issuedAt: certificate.notBefore, issuer: null })
    .length > 0

/** Critical in ordinary certificates; the policy extensions have rules of their own. */
const ORDINARY: ReadonlySet<string> = new Set(
  (
    [
      ...(['keyUsage', 'basicConstraints', 'extKeyUsage', 'subjectAltName', 'nameConstraints'] as const),
      ...(['policyMappings', 'policyConstraints', 'inhibitAnyPolicy'] as const),
    ] as const
  ).map((name) => EXTENSION_OIDS[name]),
)

/** How each program handled an extension that is seldom critical, or that it was not tested with. */
const ofCritical = (program: Program): readonly Difference<ReadingCode>[] => {
  const rare = (certificate: Certificate): string[] =>
    certificate.extensions
      .map(({ oid }) => oid)
      .filter((oid) => !ORDINARY.has(oid) && isCritical(certificate, oid))
  const meets =
    (wanted: 'refuses' | null): Difference<ReadingCode>['meets'] =>
    (path, { options: { profile } }) =>
      belowAnchor(path).some((each) =>
        rare(each).some((oid) => seenCritical(program, oid, profile) === wanted),
      )
  return [
    {
      code: 'critical-not-known',
      programs: [program],
      meets: meets('refuses'),
      says: 'refuses',
      source:
        'RFC 5280 §4.2: what is critical and not known must be refused; measured with the version named',
    },
    {
      code: 'critical-not-tried',
      programs: [program],
      meets: meets(null),
      says: 'depends',
      source: 'RFC 5280 §4.2: which extensions a program knows is its own matter',
    },
  ]
}

/** Differences in what a program parses, in any certificate of a chain. */
export const READINGS: readonly Difference<ReadingCode>[] = [
  ...RUN.flatMap(ofCritical),
  {
    code: 'relative-point-name',
    programs: ['go'],
    meets: (path) => chainOf(path).some(hasRelativePoint),
    says: 'refuses',
    source: 'Go, crypto/x509 parser.go: fullName alone; measured with Go 1.19',
  },
  {
    code: 'string-type-unknown',
    programs: ['go'],
    meets: (path) => chainOf(path).some(hasStrangeString),
    says: 'refuses',
    source: 'Go, crypto/x509 parser.go, parseASN1String; measured with Go 1.19',
  },
  {
    code: 'names-not-ascii',
    programs: ['go'],
    meets: (path) => chainOf(path).some(hasOtherLetters),
    says: 'refuses',
    source: 'RFC 5280 §4.2.1.6, IA5String; measured with Go 1.19',
  },
  {
    code: 'names-not-tried',
    programs: RUN,
    meets: (path) => chainOf(path).some(hasOddName),
    says: 'depends',
    source: 'RFC 5280 §4.2.1.6, x400Address and ediPartyName',
  },
  {
    code: 'names-unread-together',
    programs: ['java'],
    meets: asksAmongFaultyNames,
    says: 'depends',
    source:
      'Java, sun.security.x509: a name that it cannot read takes the whole extension with it; seen with Java 17',
  },
  {
    code: 'key-not-tried',
    programs: RUN,
    meets: (path) => chainOf(path).some(hasOddKey),
    says: 'depends',
    source:
      'RFC 3279 §2.3, RFC 5480 §2: what of a key is looked at before it is used, each decides by itself',
  },
]
