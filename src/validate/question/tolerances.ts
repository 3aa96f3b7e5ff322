import type { Finding, FindingCode } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { matchingCommonName } from '../names/peer.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import { PURPOSES } from '../purpose.ts'
import type { PathCertificate, PathReport, Report } from '../report.ts'
import type { Program, Says } from './programs.ts'

/** Something that refuses a path with us, where it stands. */
export interface Placed {
  readonly finding: Finding
  readonly certificate: Certificate
  readonly place: PathCertificate['place']
  readonly path: PathReport
  readonly report: Report
}

/** Keys of the words that say it; never change. */
export type ToleranceCode =
  | 'anchor-is-name-and-key'
  | 'expired-anchor-near'
  | 'critical-in-anchor'
  | 'usage-of-anchor'
  | 'usage-not-nested'
  | 'usage-of-tls-is-one'
  | 'key-identifier-is-hint'
  | 'common-name-counts'
  | 'name-asked-elsewhere'
  | 'name-kind-not-asked'
  | 'policies-only-when-asked'
  | 'directory-constraints-not-judged'
  | 'key-usage-of-target-not-asked'
  | 'sha1-taken'
  | 'sha1-of-private-roots'
  | 'negative-serial'
  | 'binds-the-issuer'
  | 'no-revocation'
  | 'revocation-apart'
  | 'pin-is-ours'
  | 'form-differs'

/** Where a program does not refuse what we refuse. The first that fits counts. */
interface Tolerance {
  readonly code: ToleranceCode
  readonly programs: readonly Program[]
  /** Our findings that it concerns. */
  readonly of: readonly FindingCode[]
  /** Without it: always. */
  readonly meets?: (placed: Placed) => boolean
  readonly says: Says
  readonly source: string
}

const RAN: readonly Program[] = ['openssl', 'go', 'java', 'gnutls', 'nss']
const ALL: readonly Program[] = [...RAN, 'chrome', 'apple', 'windows']
const but = (...left: readonly Program[]): readonly Program[] => ALL.filter((each) => !left.includes(each))

const atAnchor = ({ place }: Placed): boolean => place === 'anchor'
const hasCommonName = ({ certificate, finding, report }: Placed): boolean =>
  finding.code === 'peer-name-mismatch' &&
  certificate.subjectAltName === null &&
  (report.options.peerNames ?? []).some(
    (asked) => asked.kind === 'DNS' && matchingCommonName(certificate, asked) !== null,
  )
const asksOther = ({ finding }: Placed, ...kinds: readonly string[]): boolean =>
  finding.code === 'peer-name-mismatch' && !kinds.includes(finding.detail.kind)

const TLS: readonly string[] = [PURPOSES.serverAuth.oid, PURPOSES.clientAuth.oid]

/** What the issuer must not do and a verifier that trusts it need not mind. */
const OF_THE_ISSUER = [
  ...(['serial-zero', 'serial-too-long', 'aki-missing', 'ski-missing-in-ca'] as const),
  ...(['name-constraints-not-critical', 'basic-constraints-not-critical'] as const),
] as const

const REVOCATION = [
  ...(['revoked', 'on-hold', 'revocation-undetermined', 'crl-stale', 'crl-not-yet-valid'] as const),
  ...(['ocsp-stale', 'ocsp-not-yet-valid', 'ocsp-unknown'] as const),
] as const

/** Arcs of extensions that some programs know and others do not. */
const KNOWN_TO_SOME =
  /^(2\.5\.29|1\.3\.6\.1\.5\.5\.7\.1|1\.3\.6\.1\.4\.1\.(311|11129)|2\.16\.840\.1\.113730)\./
/** Purposes that some programs take for that of a TLS server. */
export const GATED: readonly string[] = [
  EKU_OIDS.netscapeServerGatedCrypto,
  EKU_OIDS.microsoftServerGatedCrypto,
]

export const TOLERANCES: readonly Tolerance[] = [
  {
    code: 'form-differs',
    programs: ALL,
    of: ['critical-extension-unknown'],
    meets: ({ finding }) =>
      finding.code === 'critical-extension-unknown' && KNOWN_TO_SOME.test(finding.detail.oid),
    says: 'depends',
    source: 'RFC 5280 §4.2: which extensions a program knows is its own matter',
  },
  {
    code: 'form-differs',
    programs: ALL,
    of: ['purpose-not-nested', 'purpose-not-allowed'],
    meets: ({ finding }) =>
      (finding.code === 'purpose-not-nested' || finding.code === 'purpose-not-allowed') &&
      finding.detail.allowed.some((each) => GATED.includes(each)),
    says: 'depends',
    source: 'Server gated cryptography; OpenSSL 3.0 and GnuTLS 3.7 were seen to take it in an authority',
  },
  {
    code: 'form-differs',
    programs: ALL,
    of: ['peer-name-mismatch'],
    meets: ({ finding }) =>
      finding.code === 'peer-name-mismatch' &&
      (finding.detail.nearly === 'not-ascii' || finding.detail.nearly === 'trailing-dot'),
    says: 'depends',
    source: 'RFC 9525 §6.3; OpenSSL 3.0 was seen to match a name that is not ASCII',
  },
  {
    code: 'form-differs',
    programs: ['chrome', 'apple', 'windows'],
    of: [
      ...(['expired', 'not-yet-valid', 'signature-invalid', 'name-not-permitted', 'name-excluded'] as const),
      ...(['path-len-exceeded', 'key-cert-sign-missing', 'critical-extension-unknown'] as const),
      ...(['not-a-ca', 'purpose-not-nested', 'purpose-not-allowed'] as const),
    ],
    meets: atAnchor,
    says: 'depends',
    source: 'RFC 5280 §6.1.1(d): what else an anchor’s certificate says need not be asked',
  },
  {
    code: 'revocation-apart',
    programs: but('go'),
    of: ['revoked', 'on-hold'],
    meets: ({ finding }) =>
      (finding.code === 'revoked' || finding.code === 'on-hold') && finding.detail.source === 'ocsp',
    says: 'depends',
    source: 'openssl verify and certtool --verify take no OCSP response',
  },
  {
    code: 'form-differs',
    programs: ['openssl'],
    of: OF_THE_ISSUER,
    meets: ({ report: { options } }) => options.profile === 'rfc5280' || options.profile === 'webpki',
    says: 'depends',
    source: 'openssl-verification-options(1), -x509_strict',
  },
  {
    code: 'anchor-is-name-and-key',
    programs: ['java'],
    of: [
      ...(['path-len-exceeded', 'name-not-permitted', 'name-excluded'] as const),
      ...(['explicit-policy-missing', 'name-constraint-malformed'] as const),
    ],
    meets: ({ finding: { detail }, place }) =>
      detail !== null && 'setBy' in detail ? detail.setBy === 0 : place === 'anchor',
    says: 'accepts',
    source: 'RFC 5280 §6.1.1(d); java.security.cert.TrustAnchor; measured with Java 17',
  },
  {
    code: 'anchor-is-name-and-key',
    programs: ['java'],
    of: ['key-cert-sign-missing', 'purpose-not-nested', 'critical-extension-unknown', 'signature-invalid'],
    meets: atAnchor,
    says: 'accepts',
    source: 'RFC 5280 §6.1.1(d); java.security.cert.TrustAnchor; measured with Java 17',
  },
  {
    code: 'expired-anchor-near',
    programs: ['java'],
    of: ['expired', 'not-yet-valid'],
    meets: ({ place, path }) => place === 'anchor' && path.certificates.length === 2,
    says: 'accepts',
    source: 'Measured with Java 17: the PKIX builder asks no anchor for its dates',
  },
  {
    code: 'critical-in-anchor',
    programs: ['nss'],
    of: ['critical-extension-unknown'],
    meets: atAnchor,
    says: 'accepts',
    source: 'Measured with NSS 3.87 (vfychain -pp)',
  },
  {
    code: 'usage-of-anchor',
    programs: ['gnutls', 'nss'],
    of: ['purpose-not-nested'],
    meets: atAnchor,
    says: 'accepts',
    source: 'Measured with GnuTLS 3.7 and NSS 3.87: extendedKeyUsage of an anchor is not asked',
  },
  {
    code: 'usage-not-nested',
    programs: ['java'],
    of: ['purpose-not-nested'],
    says: 'accepts',
    source: 'RFC 5280 §4.2.1.12 does not nest purposes; measured with Java 17',
  },
  {
    code: 'usage-of-tls-is-one',
    programs: ['nss'],
    of: ['purpose-not-nested'],
    meets: ({ finding }) =>
      finding.code === 'purpose-not-nested' &&
      TLS.includes(finding.detail.purpose) &&
      finding.detail.allowed.some((each) => TLS.includes(each)),
    says: 'accepts',
    source:
      'Measured with NSS 3.87: an authority for TLS clients counts as one for servers, and the other way',
  },
  {
    code: 'key-identifier-is-hint',
    programs: ['java', 'go', 'chrome'],
    of: ['key-identifier-mismatch', 'aki-not-issuer-ski', 'br-aki-mismatch'],
    says: 'accepts',
    source:
      'Measured with Java 17 and Go 1.19; Chromium: BoringSSL pki/path_builder.cc orders candidates by it',
  },
  {
    code: 'common-name-counts',
    programs: ['openssl', 'gnutls', 'java'],
    of: ['peer-name-mismatch'],
    meets: hasCommonName,
    says: 'accepts',
    source: 'X509_check_host(3); measured with OpenSSL 3.0, GnuTLS 3.7 and Java 17',
  },
  {
    code: 'name-asked-elsewhere',
    programs: ['nss'],
    of: ['peer-name-mismatch', 'peer-name-unusable'],
    says: 'depends',
    source: 'vfychain judges the chain; CERT_VerifyCertName of a program that links NSS asks the name',
  },
  {
    code: 'name-kind-not-asked',
    programs: ['go', 'java', 'chrome', 'apple'],
    of: ['peer-name-mismatch'],
    meets: (placed) => asksOther(placed, 'DNS', 'IP'),
    says: 'depends',
    source: 'Go: VerifyOptions.DNSName; Java: HTTPS endpoint identification; both know hosts and addresses',
  },
  {
    code: 'name-kind-not-asked',
    programs: ['openssl', 'gnutls', 'windows'],
    of: ['peer-name-mismatch'],
    meets: (placed) => asksOther(placed, 'DNS', 'IP', 'RFC822'),
    says: 'depends',
    source: 'openssl verify has -verify_hostname, -verify_ip and -verify_email; certtool the like',
  },
  {
    code: 'policies-only-when-asked',
    programs: ['openssl'],
    of: ['explicit-policy-missing', 'policy-mapping-any', 'policy-mapping-any-policy'],
    says: 'accepts',
    source: 'openssl-verification-options(1), -policy_check; measured with OpenSSL 3.0',
  },
  {
    code: 'directory-constraints-not-judged',
    programs: ['gnutls'],
    of: ['name-not-permitted'],
    meets: ({ finding }) => finding.code === 'name-not-permitted' && finding.detail.form === 'directoryName',
    says: 'accepts',
    source: 'Measured with GnuTLS 3.7: permitted directoryName subtrees are passed over',
  },
  {
    code: 'key-usage-of-target-not-asked',
    programs: ['gnutls', 'java', 'go'],
    of: ['key-usage-inconsistent', 'eku-key-usage-inconsistent'],
    says: 'accepts',
    source:
      'Measured with GnuTLS 3.7, Java 17 (CertPathBuilder) and Go 1.19; the TLS handshake may still ask',
  },
  {
    code: 'sha1-taken',
    programs: ['openssl', 'java', 'nss'],
    of: ['signature-sha1'],
    says: 'accepts',
    source:
      'Measured with openssl verify 3.0 without -auth_level, Java 17 (jdk.certpath.disabledAlgorithms: SHA1 jdkCA & usage TLSServer) and NSS 3.87',
  },
  {
    code: 'sha1-of-private-roots',
    programs: ['windows'],
    of: ['signature-sha1'],
    says: 'accepts',
    source:
      'Microsoft, Windows Enforcement of SHA1 Certificates (TechNet wiki 32288): certificates below roots of its own program',
  },
  {
    code: 'negative-serial',
    programs: ['go'],
    of: ['serial-negative'],
    says: 'depends',
    source: 'Go, doc/godebug.md, Go 1.23 (x509negativeserial)',
  },
  {
    code: 'binds-the-issuer',
    programs: ['openssl', 'java', 'gnutls', 'nss'],
    of: ['serial-negative'],
    says: 'accepts',
    source: 'RFC 5280 §4.1.2.2 binds the issuer; measured with the versions that the tests run',
  },
  {
    code: 'binds-the-issuer',
    programs: RAN,
    of: OF_THE_ISSUER,
    says: 'accepts',
    source: 'RFC 5280 §4 binds the issuer; measured with the versions that the tests run',
  },
  {
    code: 'binds-the-issuer',
    programs: ['gnutls', 'go'],
    of: ['aki-critical'],
    says: 'accepts',
    source: 'RFC 5280 §4.2.1.1 binds the issuer; measured with GnuTLS 3.7 and Go 1.19',
  },
  {
    code: 'no-revocation',
    programs: ['go'],
    of: REVOCATION,
    says: 'accepts',
    source: 'Go, crypto/x509: Certificate.Verify does not perform any revocation checking',
  },
  {
    code: 'revocation-apart',
    programs: ['nss', 'chrome', 'apple', 'windows'],
    of: ['revoked'],
    says: 'depends',
    source: 'Whether a program asks, and which lists it has, is its own setting',
  },
  {
    code: 'revocation-apart',
    programs: but('go'),
    of: REVOCATION.filter((code) => code !== 'revoked'),
    says: 'depends',
    source: 'Whether a program asks, and which lists it has, is its own setting',
  },
  {
    code: 'pin-is-ours',
    programs: ALL,
    of: ['pin-mismatch'],
    says: 'accepts',
    source: 'None of them is told of this fingerprint',
  },
]

/** What refuses a path with these programs as with us, where no tolerance says otherwise. */
export const AGREED: { readonly [C in FindingCode]?: readonly Program[] } = {
  'signature-invalid': ALL,
  'not-yet-valid': ALL,
  expired: ALL,
  'issuer-name-mismatch': ALL,
  'issuer-missing': ALL,
  'anchor-missing': ALL,
  // Given the same lists, as the tests of revocation give them.
  revoked: ['openssl', 'gnutls', 'java'],
  'path-loop': ALL,
  'name-not-permitted': ALL,
  'name-excluded': ALL,
  'not-a-ca': ALL,
  'path-len-exceeded': ALL,
  'key-cert-sign-missing': ALL,
  'critical-extension-unknown': ALL,
  'purpose-not-allowed': ALL,
  'purpose-not-nested': ['openssl', 'go', 'gnutls', 'nss', 'chrome', 'windows'],
  'peer-name-mismatch': ALL,
  'explicit-policy-missing': ['go', 'java', 'gnutls', 'nss', 'chrome'],
  'key-identifier-mismatch': ['openssl', 'gnutls', 'nss'],
  'aki-not-issuer-ski': ['openssl', 'gnutls', 'nss'],
  'key-usage-inconsistent': ['openssl', 'nss'],
  'eku-key-usage-inconsistent': ['openssl', 'nss'],
  'signature-sha1': ['go', 'gnutls', 'chrome', 'apple'],
  'aki-critical': ['openssl', 'java', 'nss'],
}
