import type { Certificate } from '../../x509/certificate.ts'
import { matchingCommonName } from '../names/peer.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import { PURPOSES } from '../purpose.ts'
import { CONSTRAINT_TOLERANCES } from './constraint-tolerances.ts'
import { PROGRAMS, RUN } from './programs.ts'
import type { Program } from './programs.ts'
import { SEEN_CRITICAL } from './seen.ts'
import type { Placed, Tolerance } from './tolerance.ts'
import { DAY } from '../../time.ts'

const ALL: readonly Program[] = PROGRAMS
const but = (...left: readonly Program[]): readonly Program[] => ALL.filter((each) => !left.includes(each))

const atAnchor = ({ place }: Placed): boolean => place === 'anchor'
/** A host asked for matches the common name; `falls`: nothing in subjectAltName takes precedence over it. */
const hasCommonName = ({ certificate, finding, report }: Placed, falls: boolean): boolean =>
  finding.code === 'peer-name-mismatch' &&
  falls &&
  (report.options.peerNames ?? []).some(
    (asked) => asked.kind === 'DNS' && matchingCommonName(certificate, asked) !== null,
  )
const hasName = ({ subjectAltName }: Certificate, kind: string): boolean =>
  subjectAltName?.some((name) => name.kind === kind) === true
const asksOther = ({ finding }: Placed, ...kinds: readonly string[]): boolean =>
  finding.code === 'peer-name-mismatch' && !kinds.includes(finding.detail.kind)

/** Forms of names for which chains with a broken constraint were tested. */
const TRIED_FORMS = [
  'dNSName',
  'iPAddress',
  'directoryName',
  'rfc822Name',
  'uniformResourceIdentifier',
] as const
const constrainedForm = ({ finding }: Placed, ...forms: readonly string[]): boolean =>
  (finding.code === 'name-not-permitted' || finding.code === 'name-excluded') &&
  forms.includes(finding.detail.form)
const TLS: readonly string[] = [PURPOSES.serverAuth.oid, PURPOSES.clientAuth.oid]

const REVOCATION = [
  ...(['revoked', 'on-hold', 'revocation-undetermined', 'crl-stale', 'crl-not-yet-valid'] as const),
  ...(['ocsp-stale', 'ocsp-not-yet-valid', 'ocsp-unknown'] as const),
] as const

/** Arcs of extensions that only some programs know. */
const KNOWN_TO_SOME =
  /^(2\.5\.29|1\.3\.6\.1\.5\.5\.7\.1|1\.3\.6\.1\.4\.1\.(311|11129)|2\.16\.840\.1\.113730)\./
/** Purposes that some programs treat as that of a TLS server. */
export const GATED: readonly string[] = [
  EKU_OIDS.netscapeServerGatedCrypto,
  EKU_OIDS.microsoftServerGatedCrypto,
]

const OWN_SETTING = 'Whether a program asks, and which lists it has, is its own setting'
const isSaidByResponse = ({ finding }: Placed): boolean =>
  (finding.code === 'revoked' || finding.code === 'on-hold') && finding.detail.source === 'ocsp'

export const TOLERANCES: readonly Tolerance[] = [
  ...CONSTRAINT_TOLERANCES,
  {
    code: 'day-of-grace',
    programs: ['nss'],
    of: ['not-yet-valid'],
    meets: ({ finding }) =>
      finding.code === 'not-yet-valid' &&
      finding.detail.notBefore.getTime() - finding.detail.at.getTime() <= DAY,
    says: 'accepts',
    source: 'NSS, CERT_GetSlopTime: a day; measured with NSS 3.87',
  },
  {
    code: 'form-differs',
    programs: ['java', 'gnutls'],
    of: ['name-not-permitted', 'name-excluded'],
    meets: ({ place }) => place === 'ca',
    says: 'depends',
    source:
      'RFC 5280 §6.1.3(b), (c): GnuTLS 3.7 and Java 17 were seen to hold constraints against the target alone',
  },
  {
    code: 'form-differs',
    programs: ['go', 'gnutls'],
    of: ['name-not-permitted', 'name-excluded'],
    meets: (placed) => constrainedForm(placed, 'rfc822Name', 'uniformResourceIdentifier'),
    says: 'depends',
    source:
      'NIST PKITS 4.13.24, 4.13.35: Go 1.19 and GnuTLS 3.7 were seen to differ in mailboxes and addresses',
  },
  {
    code: 'form-differs',
    programs: RUN,
    of: ['name-not-permitted', 'name-excluded'],
    meets: (placed) => !constrainedForm(placed, ...TRIED_FORMS),
    says: 'depends',
    source: 'RFC 5280 §4.2.1.10: which forms of names are constrained is each program’s own matter',
  },
  {
    code: 'form-differs',
    programs: ['go'],
    of: ['name-not-permitted', 'name-excluded'],
    meets: (placed) => constrainedForm(placed, 'directoryName'),
    says: 'depends',
    source:
      'Go, crypto/x509 parser.go: constraints of other forms are passed over where they are not critical',
  },
  {
    code: 'key-usage-of-none',
    programs: ['go'],
    of: ['key-cert-sign-missing'],
    meets: ({ certificate }) => certificate.keyUsage?.size === 0,
    says: 'accepts',
    source: 'Go, crypto/x509: a keyUsage without bits is none; measured with Go 1.19',
  },
  {
    code: 'form-differs',
    programs: ['go'],
    of: ['explicit-policy-missing'],
    says: 'depends',
    source: 'Go 1.24 release notes, crypto/x509: before it policies are not checked',
  },
  {
    code: 'policies-not-judged',
    programs: ['gnutls'],
    of: ['explicit-policy-missing'],
    says: 'accepts',
    source: 'Measured with GnuTLS 3.7',
  },
  {
    code: 'form-differs',
    programs: ['openssl'],
    of: ['purpose-not-allowed', 'purpose-not-nested'],
    meets: ({ report: { options } }) =>
      options.purpose === 'OCSPSigning' || options.purpose === 'codeSigning',
    says: 'depends',
    source: 'openssl-verification-options(1), -purpose: ocsphelper asks for nothing, codesign came with 3.2',
  },
  {
    code: 'form-differs',
    programs: ALL,
    of: ['critical-extension-unknown'],
    meets: ({ finding, place }) =>
      finding.code === 'critical-extension-unknown' &&
      KNOWN_TO_SOME.test(finding.detail.oid) &&
      (place === 'anchor' || !(finding.detail.oid in SEEN_CRITICAL)),
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
    code: 'responses-not-taken',
    programs: ['openssl', 'gnutls'],
    of: ['revoked', 'on-hold'],
    meets: isSaidByResponse,
    says: 'depends',
    source: 'openssl-verify(1), certtool(1): neither has an option for one',
  },
  {
    code: 'revocation-apart',
    programs: but('go'),
    of: ['revoked', 'on-hold'],
    meets: (placed) => placed.place === 'anchor' || isSaidByResponse(placed),
    says: 'depends',
    source: OWN_SETTING,
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
    programs: ['openssl', 'java'],
    of: ['peer-name-mismatch'],
    meets: (placed) => hasCommonName(placed, !hasName(placed.certificate, 'dNSName')),
    says: 'accepts',
    source: 'X509_check_host(3); measured with OpenSSL 3.0 and Java 17',
  },
  {
    code: 'common-name-counts',
    programs: ['gnutls'],
    of: ['peer-name-mismatch'],
    meets: (placed) => hasCommonName(placed, (placed.certificate.subjectAltName ?? []).length === 0),
    says: 'accepts',
    source: 'Measured with GnuTLS 3.7',
  },
  {
    code: 'form-differs',
    programs: ['openssl', 'java', 'gnutls'],
    of: ['peer-name-mismatch'],
    meets: ({ certificate }) =>
      (certificate.subjectAltName ?? []).some(
        (name) => name.kind === 'dNSName' && /[^*]\*|\*[^.]/.test(name.value),
      ),
    says: 'depends',
    source:
      'RFC 9525 §6.3 takes a wildcard for a whole label; OpenSSL 3.0 and Java 17 were seen to take others',
  },
  {
    code: 'name-asked-elsewhere',
    programs: ['nss'],
    of: ['peer-name-mismatch', 'peer-name-unusable'],
    says: 'depends',
    source: 'vfychain validates the chain; CERT_VerifyCertName of a program that links NSS asks the name',
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
    // OpenSSL and NSS check the keyUsage that their own table requires for the purpose; see searches.ts.
    programs: ['gnutls', 'java', 'go', 'openssl', 'nss'],
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
    source: OWN_SETTING,
  },
  {
    code: 'revocation-apart',
    programs: but('go'),
    of: REVOCATION.filter((code) => code !== 'revoked'),
    says: 'depends',
    source: OWN_SETTING,
  },
  {
    code: 'pin-is-ours',
    programs: ALL,
    of: ['pin-mismatch'],
    says: 'accepts',
    source: 'None of them is told of this fingerprint',
  },
]
