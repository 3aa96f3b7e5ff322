import { subtrees } from '../../lint/general-names.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameKey } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import type { Purpose } from '../purpose.ts'
import type { PathReport, Report } from '../report.ts'
import { authorities, belowAnchor, chainOf, targetOf } from './difference.ts'
import type { Difference } from './difference.ts'
import { RUN } from './programs.ts'

/** Keys of the messages; never change. */
export type SearchCode =
  | 'self-issued-counts'
  | 'anchor-not-its-own-issuer'
  | 'same-serial'
  | 'many-comparisons'
  | 'usage-of-purpose'
  | 'purpose-not-asked'
  | 'host-constraints-differ'
  | 'leading-dot-is-below'
  | 'subject-mailbox-constrained'
  | 'name-asked-in-letters'

/** pathLen is exceeded if self-issued CAs are counted, which RFC 5280 §6.1.4(l) leaves out. */
const exceedsWithSelfIssued = (path: PathReport): boolean =>
  authorities(path).some(({ basicConstraints }, i) => {
    const below = path.certificates.length - 2 - i
    return basicConstraints?.pathLen != null && below > basicConstraints.pathLen
  })

/** Whether everything in an authority key identifier matches this issuer. */
function speaksOf({ authorityKeyIdentifier: identifier }: Certificate, issuer: Certificate): boolean {
  if (!identifier) return true
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = identifier
  const { subjectKeyIdentifier } = issuer
  if (keyIdentifier && subjectKeyIdentifier && !sameOctets(keyIdentifier, subjectKeyIdentifier)) return false
  if (authorityCertSerialNumber && !sameOctets(authorityCertSerialNumber, issuer.serialNumber)) return false
  const named = authorityCertIssuer?.find((name) => name.kind === 'directoryName')
  return !named || nameKey(named.name) === nameKey(issuer.issuer)
}

/** A self-issued anchor whose key identifier does not match itself, or whose signature is by a key of another kind. */
function isDoubtfulAnchor(anchor: Certificate): boolean {
  if (!isSelfIssued(anchor)) return false
  const { signatureAlgorithm, spki } = anchor
  const isEd25519 = signatureAlgorithm.oid === spki.algorithm.oid
  return !speaksOf(anchor, anchor) || (spki.keyType === 'ed25519') !== isEd25519
}

/** Two certificates of one issuer have the same serial number. */
const sharesSerial = (path: PathReport): boolean => {
  const keys = chainOf(path).map(({ issuer, serialNumber }) => `${nameKey(issuer)} ${serialNumber.join('.')}`)
  return new Set(keys).size < keys.length
}

/** Above this number some programs give up. */
const COMPARISONS = 100_000
const comparisons = (path: PathReport): number => {
  const names = Math.max(
    ...belowAnchor(path).map(
      ({ subject, subjectAltName }) => subject.rdns.length + (subjectAltName?.length ?? 0),
    ),
    0,
  )
  const constraints = chainOf(path).reduce((sum, { nameConstraints: each }) => sum + subtrees(each).length, 0)
  return names * constraints
}

type Usages = { readonly [P in Purpose]?: readonly KeyUsageBit[] }
/** The keyUsage bits of which a purpose needs one, if there is a keyUsage (OpenSSL, v3_purp.c). */
const OPENSSL_USAGES: Usages = {
  serverAuth: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  clientAuth: ['digitalSignature', 'keyAgreement'],
  emailProtection: ['digitalSignature', 'nonRepudiation'],
}
/** The same for NSS with keys that are not RSA (certdb.c, CERT_CheckKeyUsage). */
const NSS_USAGES: Usages = {
  serverAuth: ['digitalSignature', 'keyAgreement'],
  clientAuth: ['digitalSignature'],
  emailProtection: ['digitalSignature', 'nonRepudiation'],
}
const lacksUsage = (path: PathReport, { options: { purpose } }: Report, usages: Usages): boolean => {
  const { keyUsage } = targetOf(path)
  const wanted = purpose === undefined || purpose === 'any' ? undefined : usages[purpose]
  return keyUsage !== null && wanted !== undefined && !wanted.some((bit) => keyUsage.has(bit))
}

/** Purposes that vfychain can check, and that were tested. */
const NSS_PURPOSES: readonly string[] = ['serverAuth', 'clientAuth', 'emailProtection']

/** Hosts in mailboxes and URIs: programs differ in what a constraint on one covers. */
const hasConstrainedHosts = (path: PathReport): boolean =>
  (['rfc822Name', 'uniformResourceIdentifier'] as const).some(
    (kind) =>
      chainOf(path).some(({ nameConstraints: each }) =>
        subtrees(each).some(({ base }) => base.kind === kind),
      ) &&
      belowAnchor(path).some(
        ({ subjectAltName }) => subjectAltName?.some((name) => name.kind === kind) === true,
      ),
  )

/**
 * A constraint with a leading dot, and a name that is the domain itself: RFC 5280 §4.2.1.10 defines no such dot for
 * hosts.
 */
const isBareBelowDot = (path: PathReport): boolean => {
  const bare = new Set(
    chainOf(path).flatMap(({ nameConstraints: each }) =>
      subtrees(each).flatMap(({ base }) =>
        base.kind === 'dNSName' && base.value.startsWith('.') ? [base.value.slice(1).toLowerCase()] : [],
      ),
    ),
  )
  return chainOf(path).some(({ subjectAltName }) =>
    subjectAltName?.some((name) => name.kind === 'dNSName' && bare.has(name.value.toLowerCase())),
  )
}

const constrainsSubjectMailbox = (path: PathReport): boolean =>
  belowAnchor(path).some(({ subject }) =>
    subject.rdns.flat().some(({ oid }) => oid === ATTRIBUTE_OIDS.emailAddress),
  ) &&
  chainOf(path).some(({ nameConstraints: each }) =>
    subtrees(each).some(({ base }) => base.kind === 'rfc822Name'),
  )

/** A host with characters that host names do not allow, or in A-labels, which Java converts to Unicode and back. */
const asksOddHost = (_path: PathReport, { options: { peerNames = [] } }: Report): boolean =>
  peerNames.some(
    ({ kind, value }) => kind === 'DNS' && (/(^|\.)xn--/i.test(value) || /[^a-z0-9.*-]/i.test(value)),
  )

/** How a program finds its path, and what it checks on the last certificate. */
export const SEARCHES: readonly Difference<SearchCode>[] = [
  {
    code: 'self-issued-counts',
    programs: ['go', 'gnutls'],
    meets: exceedsWithSelfIssued,
    says: 'refuses',
    source: 'RFC 5280 §6.1.4(l) leaves self-issued certificates out; measured with Go 1.19 and GnuTLS 3.7',
  },
  {
    code: 'anchor-not-its-own-issuer',
    programs: ['openssl'],
    meets: (path) => path.complete && isDoubtfulAnchor(chainOf(path)[0]!),
    says: 'depends',
    source:
      'openssl-verification-options(1), -partial_chain; without it measured to be refused with OpenSSL 3.0',
  },
  {
    code: 'same-serial',
    programs: ['nss'],
    meets: sharesSerial,
    says: 'depends',
    source: 'RFC 5280 §4.1.2.2; NSS finds certificates by issuer and serial number',
  },
  {
    code: 'many-comparisons',
    programs: RUN,
    meets: (path) => comparisons(path) > COMPARISONS,
    says: 'depends',
    source: 'RFC 5280 §4.2.1.10; Go and OpenSSL end with an error after so many comparisons',
  },
  {
    code: 'usage-of-purpose',
    programs: ['openssl'],
    meets: (path, report) => lacksUsage(path, report, OPENSSL_USAGES),
    says: 'refuses',
    source: 'OpenSSL, crypto/x509/v3_purp.c; measured with OpenSSL 3.0',
  },
  {
    code: 'usage-of-purpose',
    programs: ['nss'],
    meets: (path, report) => targetOf(path).spki.rsa === null && lacksUsage(path, report, NSS_USAGES),
    says: 'refuses',
    source: 'NSS, CERT_CheckKeyUsage; measured with NSS 3.87',
  },
  {
    code: 'purpose-not-asked',
    programs: ['nss'],
    meets: (_path, { options: { purpose = 'any' } }) => !NSS_PURPOSES.includes(purpose),
    says: 'depends',
    source: 'vfychain, -u: it always asks for a use of its own',
  },
  {
    code: 'purpose-not-asked',
    programs: RUN,
    meets: (_path, { options: { ekus = [] } }) => ekus.length > 0,
    says: 'depends',
    source: 'openssl-verification-options(1), -purpose; one purpose is asked at a time',
  },
  {
    code: 'host-constraints-differ',
    programs: ['go', 'gnutls'],
    meets: hasConstrainedHosts,
    says: 'depends',
    source:
      'NIST PKITS 4.13.24, 4.13.25, 4.13.35, 4.13.36: Go 1.19 and GnuTLS 3.7 were seen to differ in them',
  },
  {
    code: 'leading-dot-is-below',
    programs: ['go'],
    meets: isBareBelowDot,
    says: 'depends',
    source:
      'Go, crypto/x509 verify.go, matchDomainConstraint: a leading dot means below it; measured with Go 1.19',
  },
  {
    code: 'subject-mailbox-constrained',
    programs: RUN,
    meets: constrainsSubjectMailbox,
    says: 'depends',
    source:
      'RFC 5280 §4.2.1.10 on emailAddress in subjects; OpenSSL 3.0 was seen to ask it beside subjectAltName',
  },
  {
    code: 'name-asked-in-letters',
    programs: ['java'],
    meets: asksOddHost,
    says: 'depends',
    source: 'Java, sun.security.util.HostnameChecker: a name asked for has to be one of java.net.IDN',
  },
]
