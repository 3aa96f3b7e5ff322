import type { Finding, FindingCode } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { ValidateOptions } from '../options.ts'
import { purposesAsked } from '../purpose.ts'
import type { PathCertificate, PathReport } from '../report.ts'

/** Programs that judge chains. The first five are asked on the same drawn chains by a test, which holds this file to them. */
export const OTHERS = ['openssl', 'gnutls', 'nss', 'java', 'go', 'chrome', 'apple', 'windows'] as const
export type Other = (typeof OTHERS)[number]

/** What a program does otherwise than RFC 5280 §6 as we read it. Never changes: its words stand in messages/. */
export type DifferenceId =
  | 'issuer-demands'
  | 'key-identifier-is-a-hint'
  | 'common-name-counts'
  | 'no-host-name'
  | 'policies-when-asked'
  | 'policy-constraints-unknown'
  | 'any-purpose-refused'
  | 'ca-is-no-server'
  | 'no-nesting'
  | 'bare-anchor'
  | 'no-revocation'
  | 'key-unsupported'
  | 'validity-825-days'
  | 'san-and-purpose-demanded'

export interface OtherOpinion {
  readonly other: Other
  /** `same-as-known`: nothing is known that would make it judge otherwise, and it cannot be asked here. */
  readonly verdict: 'accepts' | 'refuses' | 'unknown' | 'same-as-known'
  /** Differences that decide. */
  readonly because: readonly DifferenceId[]
  /** What it refuses too, or what nobody has tried with it. */
  readonly codes: readonly FindingCode[]
}

/** What is looked at: the best path, and what was asked of it. */
interface Question {
  readonly path: PathReport
  readonly target: Certificate
  readonly purposes: readonly string[]
}

interface Difference {
  readonly id: DifferenceId
  readonly others: readonly Other[]
  /** Of our refusals, those it does not make. */
  readonly lets?: (finding: Finding, question: Question) => boolean
  /** Whether it refuses where we do not. */
  readonly refuses?: (question: Question) => boolean
}

const ASKED: readonly Other[] = ['openssl', 'gnutls', 'nss', 'java', 'go']
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'
const POLICY_CONSTRAINTS = '2.5.29.36'
const DAY_MS = 86_400_000

const oneOf =
  (...codes: readonly FindingCode[]) =>
  ({ code }: Finding): boolean =>
    codes.includes(code)
const asksServer = ({ purposes }: Question): boolean => purposes.includes(SERVER_AUTH)

const DIFFERENCES: readonly Difference[] = [
  {
    id: 'issuer-demands',
    others: ASKED,
    lets: oneOf('serial-zero', 'serial-negative', 'serial-too-long', 'aki-missing', 'ski-missing-in-ca'),
  },
  {
    id: 'key-identifier-is-a-hint',
    others: ['java', 'go'],
    lets: oneOf('key-identifier-mismatch', 'aki-not-issuer-ski'),
  },
  {
    id: 'common-name-counts',
    others: ['openssl', 'gnutls', 'java'],
    lets: ({ code }, { path }) =>
      code === 'common-name-ignored' ||
      (code === 'peer-name-mismatch' &&
        path.certificates.at(-1)!.findings.some((finding) => finding.code === 'common-name-ignored')),
  },
  { id: 'no-host-name', others: ['nss'], lets: oneOf('peer-name-mismatch', 'common-name-ignored') },
  { id: 'policies-when-asked', others: ['openssl'], lets: oneOf('explicit-policy-missing') },
  {
    id: 'policy-constraints-unknown',
    others: ['gnutls', 'go'],
    refuses: ({ path }) =>
      path.certificates.some(({ certificate }) =>
        certificate.extensions.some(({ oid, critical }) => critical && oid === POLICY_CONSTRAINTS),
      ),
  },
  {
    id: 'any-purpose-refused',
    others: ['openssl', 'nss'],
    refuses: (question) =>
      asksServer(question) &&
      question.target.extKeyUsage?.includes(ANY_EXTENDED_KEY_USAGE) === true &&
      !question.target.extKeyUsage.includes(SERVER_AUTH),
  },
  {
    id: 'ca-is-no-server',
    others: ['nss'],
    refuses: (question) => asksServer(question) && question.target.basicConstraints?.ca === true,
  },
  { id: 'no-nesting', others: ['nss', 'java'], lets: oneOf('purpose-not-nested') },
  {
    id: 'bare-anchor',
    others: ['java'],
    lets: ({ code, detail }) =>
      (code === 'path-len-exceeded' || code === 'name-not-permitted' || code === 'name-excluded') &&
      detail.setBy === 0,
  },
  { id: 'no-revocation', others: ['go'], lets: oneOf('revoked', 'on-hold', 'revocation-undetermined') },
  {
    id: 'key-unsupported',
    others: ['chrome', 'apple'],
    refuses: ({ path }) =>
      path.certificates.some(
        ({ certificate: { spki } }) => spki.keyType === 'ed25519' || spki.keyType === 'p521',
      ),
  },
  {
    id: 'validity-825-days',
    others: ['apple'],
    refuses: (question) =>
      asksServer(question) &&
      question.target.notBefore >= new Date('2019-07-01T00:00:00Z') &&
      question.target.notAfter.getTime() - question.target.notBefore.getTime() >= 825 * DAY_MS,
  },
  {
    id: 'san-and-purpose-demanded',
    others: ['apple'],
    refuses: (question) =>
      asksServer(question) &&
      (!question.target.subjectAltName?.length || !question.target.extKeyUsage?.includes(SERVER_AUTH)),
  },
]

/** Refusals that all of ASKED make too, where no difference above takes them away. */
const SHARED: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'not-yet-valid',
  'expired',
  'signature-invalid',
  'issuer-missing',
  'anchor-missing',
  'not-a-ca',
  'key-cert-sign-missing',
  'path-len-exceeded',
  'name-not-permitted',
  'name-excluded',
  'critical-extension-unknown',
  'purpose-not-allowed',
  'purpose-not-nested',
  'peer-name-mismatch',
  'explicit-policy-missing',
  'key-identifier-mismatch',
])
/** Those that look at status when they are given the lists, as a test of revocation asks them to. */
const LOOK_AT_LISTS: ReadonlySet<Other> = new Set<Other>(['openssl', 'gnutls', 'java'])
const isShared = (other: Other, code: FindingCode): boolean =>
  SHARED.has(code) || (code === 'revoked' && LOOK_AT_LISTS.has(other))

/** Java leaves an expired anchor out only where it looks for the issuer of an intermediate: it may go either way. */
const maybe = (other: Other, { code }: Finding, certificate: PathCertificate): boolean =>
  other === 'java' && code === 'expired' && certificate.place === 'anchor'

/** What each program would say of the path, by the differences that are known. */
export function othersOn(path: PathReport, options: ValidateOptions): OtherOpinion[] {
  const target = path.certificates.at(-1)!.certificate
  const question: Question = { path, target, purposes: purposesAsked(options) }
  return OTHERS.map((other) => opinionOf(other, question))
}

function opinionOf(other: Other, question: Question): OtherOpinion {
  const mine = DIFFERENCES.filter(({ others }) => others.includes(other))
  const refusing = mine.filter(({ refuses }) => refuses?.(question))
  if (refusing.length > 0)
    return { other, verdict: 'refuses', because: refusing.map(({ id }) => id), codes: [] }
  if (!ASKED.includes(other)) return { other, verdict: 'same-as-known', because: [], codes: [] }
  const passed = new Set<DifferenceId>()
  const left: { finding: Finding; certificate: PathCertificate }[] = []
  for (const certificate of question.path.certificates)
    for (const finding of certificate.refusals) {
      const difference = mine.find(({ lets }) => lets?.(finding, question))
      if (difference) passed.add(difference.id)
      else left.push({ finding, certificate })
    }
  const shared = left.filter(
    (one) => isShared(other, one.finding.code) && !maybe(other, one.finding, one.certificate),
  )
  const codes = distinct((shared.length > 0 ? shared : left).map(({ finding }) => finding.code))
  if (shared.length > 0) return { other, verdict: 'refuses', because: [], codes }
  const unchecked = question.path.verdict === 'unchecked' || question.path.verdict === 'exhausted'
  if (left.length > 0 || unchecked) return { other, verdict: 'unknown', because: [...passed], codes }
  return { other, verdict: 'accepts', because: [...passed], codes }
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)]
