import { TAG } from '../../der/reader.ts'
import { isCritical } from '../../lint/facts.ts'
import { subtrees } from '../../lint/general-names.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Name } from '../../x509/name.ts'
import { sameOctets } from '../../octets.ts'
import { ATTRIBUTE_OIDS, EXTENSION_OIDS, KEY_OIDS } from '../../x509/oids.ts'
import { PURPOSES } from '../purpose.ts'
import type { PathReport, Report } from '../report.ts'
import { belowAnchor, authorities, chainOf, GO_NAMES, targetOf } from './difference.ts'
import type { Difference } from './difference.ts'

/** Keys of the messages; never change. */
export type FormCode =
  | 'form-not-tried'
  | 'authority-serial'
  | 'wildcard-of-one-label'
  | 'common-name-is-constrained'
  | 'pss-key-unknown'
  | 'other-names-critical'
  | 'time-stamping-alone'
  | 'lists-required'

/** The authority key identifier names an issuer certificate by its serial number, but not this one. */
const namesOtherIssuer = (path: PathReport): boolean =>
  belowAnchor(path).some(({ authorityKeyIdentifier: identifier }, i) => {
    const serial = identifier?.authorityCertSerialNumber
    return serial != null && !sameOctets(serial, chainOf(path)[i]!.serialNumber)
  })

/** A name asked for that only "*.example" matches. */
const needsShortWildcard = (path: PathReport, { options }: Report): boolean =>
  (options.peerNames ?? []).some(({ kind, value }) => {
    if (kind !== 'DNS') return false
    const names = (targetOf(path).subjectAltName ?? []).flatMap((name) =>
      name.kind === 'dNSName' ? [name.value.toLowerCase()] : [],
    )
    const asked = value.toLowerCase()
    const [, ...parent] = asked.split('.')
    return parent.length === 1 && !names.includes(asked) && names.includes(`*.${parent.join('.')}`)
  })

/** Host names are constrained, and the target has a common name and no dNSName. */
const constrainsCommonName = (path: PathReport): boolean => {
  const { subject, subjectAltName } = targetOf(path)
  return (
    subject.rdns.flat().some(({ oid }) => oid === ATTRIBUTE_OIDS.CN) &&
    subjectAltName?.some(({ kind }) => kind === 'dNSName') !== true &&
    chainOf(path).some(({ nameConstraints }) =>
      subtrees(nameConstraints).some(({ base }) => base.kind === 'dNSName'),
    )
  )
}

const isPss = ({ spki }: Certificate): boolean => spki.algorithm.oid === KEY_OIDS.rsassaPss

const hasOtherNamesCritical = (path: PathReport): boolean =>
  belowAnchor(path).some(
    (each) =>
      isCritical(each, EXTENSION_OIDS.subjectAltName) &&
      each.subjectAltName?.some(({ kind }) => GO_NAMES.has(kind)) !== true,
  )

/** RFC 3161 §2.3 requires the purpose alone, and critical. */
const stampsAmongOthers = (path: PathReport, { options }: Report): boolean =>
  options.purpose === 'timeStamping' &&
  !(
    targetOf(path).extKeyUsage?.length === 1 &&
    targetOf(path).extKeyUsage?.[0] === PURPOSES.timeStamping.oid &&
    isCritical(targetOf(path), EXTENSION_OIDS.extKeyUsage)
  )

/** Different encodings, with string types or letters beyond those tested. */
const differsBeyondAscii = (path: PathReport): boolean =>
  belowAnchor(path).some(({ issuer }, i) => {
    const { subject } = chainOf(path)[i]!
    return !sameOctets(issuer.der, subject.der) && (isPeculiar(issuer) || isPeculiar(subject))
  })
const isPeculiar = ({ rdns }: Name): boolean =>
  rdns.flat().some(({ tag, text }) => !PLAIN_TAGS.has(tag) || text === null || !/^[ -~]*$/.test(text))
const PLAIN_TAGS: ReadonlySet<number> = new Set([TAG.UTF8_STRING, TAG.PRINTABLE_STRING, TAG.IA5_STRING])

/** There are several issuers of one name, and nothing in the certificate says which is meant. */
const hasNamesakes = (path: PathReport, { paths }: Report): boolean =>
  paths.length > 1 &&
  belowAnchor(path).some(({ authorityKeyIdentifier }) => authorityKeyIdentifier?.keyIdentifier == null)

/** Forms of a valid chain that a program refused in tests, or was not tested with. */
export const FORMS: readonly Difference<FormCode>[] = [
  {
    code: 'authority-serial',
    programs: ['openssl'],
    meets: (path, { paths }) => paths.length === 1 && namesOtherIssuer(path),
    says: 'refuses',
    source: 'Measured with OpenSSL 3.0: error 20, unable to get local issuer certificate',
  },
  {
    code: 'form-not-tried',
    programs: ['openssl', 'java', 'gnutls', 'nss'],
    meets: namesOtherIssuer,
    says: 'depends',
    source: 'RFC 5280 §4.2.1.1, authorityCertSerialNumber',
  },
  {
    code: 'wildcard-of-one-label',
    programs: ['openssl', 'gnutls'],
    meets: needsShortWildcard,
    says: 'refuses',
    source: 'Measured with OpenSSL 3.0 and GnuTLS 3.7',
  },
  {
    code: 'form-not-tried',
    programs: ['go', 'java'],
    meets: needsShortWildcard,
    says: 'depends',
    source: 'RFC 9525 §6.3',
  },
  {
    code: 'common-name-is-constrained',
    programs: ['openssl', 'java', 'gnutls', 'nss'],
    meets: constrainsCommonName,
    says: 'depends',
    source: 'golang/go#24151; OpenSSL 3.0, GnuTLS 3.7 and Java 17 were seen to refuse one outside',
  },
  {
    code: 'pss-key-unknown',
    programs: ['go'],
    meets: (path) => authorities(path).some(isPss),
    says: 'refuses',
    source: 'Go, crypto/x509: no keys of id-RSASSA-PSS; measured with Go 1.19',
  },
  {
    code: 'form-not-tried',
    programs: ['go', 'gnutls', 'java', 'nss'],
    meets: (path) => chainOf(path).some(isPss),
    says: 'depends',
    source: 'RFC 4055 §1.2, keys for RSASSA-PSS alone',
  },
  {
    code: 'other-names-critical',
    programs: ['go'],
    meets: hasOtherNamesCritical,
    says: 'refuses',
    source:
      'Go, crypto/x509 parser.go: a subjectAltName without names it knows is unhandled; measured with Go 1.19',
  },
  {
    code: 'time-stamping-alone',
    programs: ['openssl'],
    meets: stampsAmongOthers,
    says: 'refuses',
    source: 'RFC 3161 §2.3; measured with OpenSSL 3.0: error 26, unsupported certificate purpose',
  },
  {
    code: 'form-not-tried',
    programs: ['go', 'java', 'gnutls', 'nss'],
    meets: stampsAmongOthers,
    says: 'depends',
    source: 'RFC 3161 §2.3',
  },
  {
    code: 'form-not-tried',
    programs: ['gnutls'],
    meets: differsBeyondAscii,
    says: 'depends',
    source: 'RFC 5280 §7.1',
  },
  {
    code: 'form-not-tried',
    programs: ['openssl', 'gnutls', 'nss', 'java'],
    meets: hasNamesakes,
    says: 'depends',
    source: 'RFC 5280 §4.2.1.1: without a key identifier each program tries issuers in an order of its own',
  },
  {
    code: 'lists-required',
    programs: ['openssl', 'java', 'gnutls', 'nss'],
    meets: (_path, { options }) => options.revocation === 'require',
    says: 'depends',
    source:
      'RFC 5280 §6.3: which lists and responses a program is given, and which it reads, is its own setting',
  },
]
