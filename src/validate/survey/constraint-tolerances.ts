import type { GeneralName } from '../../x509/general-name.ts'
import { PROGRAMS, RUN } from './programs.ts'
import type { Placed, Tolerance } from './tolerance.ts'

const permittedBases = ({ path }: Placed): GeneralName[] =>
  path.certificates.flatMap(({ certificate }) =>
    (certificate.nameConstraints?.permitted ?? []).map(({ base }) => base),
  )

/** A wildcard that is excluded only because of one of the names that it matches. */
const coversExcluded = ({ finding }: Placed): boolean =>
  finding.code === 'name-excluded' &&
  finding.detail.form === 'dNSName' &&
  finding.detail.name.startsWith('*.') &&
  finding.detail.constraint.toLowerCase().endsWith(finding.detail.name.slice(1).toLowerCase())

/** A mailbox that would be permitted if its local part were in another case. */
const isPermittedInAnyCase = (placed: Placed): boolean => {
  const { finding } = placed
  if (finding.code !== 'name-not-permitted' || finding.detail.form !== 'rfc822Name') return false
  const name = finding.detail.name.toLowerCase()
  return permittedBases(placed).some(
    (base) => base.kind === 'rfc822Name' && base.value.toLowerCase() === name,
  )
}

/** An address, while all permitted subtrees are of the other IP version. */
const isOfOtherFamily = (placed: Placed): boolean => {
  const { finding } = placed
  if (finding.code !== 'name-not-permitted' || finding.detail.form !== 'iPAddress') return false
  const length = finding.detail.name.includes(':') ? 32 : 8
  return !permittedBases(placed).some((base) => base.kind === 'iPAddress' && base.octets.length === length)
}

/** RFC 3986 §3.2.1: what a URI has before its host, which simpler readers take for a part of it. */
const hasUser = ({ finding }: Placed): boolean =>
  (finding.code === 'name-excluded' || finding.code === 'name-not-permitted') &&
  finding.detail.form === 'uniformResourceIdentifier' &&
  /^[^/]*\/\/[^/?#]*@/.test(finding.detail.name)

/** Names that other programs do not check against a constraint as RFC 5280 §4.2.1.10 does. */
export const CONSTRAINT_TOLERANCES: readonly Tolerance[] = [
  {
    code: 'form-differs',
    programs: PROGRAMS,
    of: ['name-excluded', 'name-not-permitted'],
    meets: hasUser,
    says: 'depends',
    source: 'RFC 3986 §3.2.1: OpenSSL 3.0 was seen to take the user before a host for a part of it',
  },
  {
    code: 'wildcard-not-within',
    programs: RUN,
    of: ['name-excluded'],
    meets: coversExcluded,
    says: 'accepts',
    source: 'Measured with OpenSSL 3.0, Go 1.19, Java 17, GnuTLS 3.7 and NSS 3.87',
  },
  {
    code: 'mailbox-in-any-case',
    programs: ['java', 'nss'],
    of: ['name-not-permitted'],
    meets: isPermittedInAnyCase,
    says: 'accepts',
    source: 'Measured with Java 17 and NSS 3.87',
  },
  {
    code: 'address-families-apart',
    programs: ['gnutls'],
    of: ['name-not-permitted'],
    meets: isOfOtherFamily,
    says: 'accepts',
    source: 'Measured with GnuTLS 3.7',
  },
]
