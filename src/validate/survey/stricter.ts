import { isCritical } from '../../lint/facts.ts'
import { APPLE_TLS_DAYS, publicTlsLimit, validityDays } from '../../lint/validity.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Name } from '../../x509/name.ts'
import { sameOctets } from '../../octets.ts'
import { EKU_OIDS, EXTENSION_OIDS } from '../../x509/oids.ts'
import { isOverSha1 } from '../../x509/signature-algorithms.ts'
import { purposesAsked } from '../purpose.ts'
import type { Report } from '../report.ts'
import { authorities, belowAnchor, chainOf, GO_NAMES, targetOf } from './difference.ts'
import type { Difference } from './difference.ts'
import { GATED } from './tolerances.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'

/** Keys of the messages; never change. */
export type StricterCode =
  | 'names-by-octets'
  | 'names-by-letter'
  | 'partial-chain'
  | 'anchor-not-a-ca'
  | 'target-is-ca'
  | 'any-usage-not-enough'
  | 'usage-nested'
  | 'key-encipherment-for-rsa'
  | 'sha1-refused'
  | 'small-rsa'
  | 'small-rsa-by-version'
  | 'apple-rsa-2048'
  | 'apple-825-days'
  | 'apple-server-usage'
  | 'apple-san'
  | 'days-for-public-roots'
  | 'ed25519-in-browsers'
  | 'ed25519-not-tried'
  | 'ed25519-unknown'
  | 'p521-in-chrome'
  | 'ml-dsa-by-version'
  | 'ml-dsa-unknown'
  | 'policy-extensions-by-version'
  | 'policy-extensions-unknown'
  | 'constraint-form-unknown'
  | 'empty-constraint-unread'

/** Whether a rule about TLS servers applies. */
const forServer = ({ options }: Report): boolean => options.purpose === 'serverAuth'

const hasKey = ({ spki }: Certificate, kind: string): boolean => spki.keyType?.startsWith(kind) === true
const hasSha1 = ({ signatureAlgorithm }: Certificate): boolean => isOverSha1(signatureAlgorithm)
const rsaBits = ({ spki }: Certificate): number => spki.rsa?.modulusBits ?? Infinity
const daysOf = ({ notBefore, notAfter }: Certificate): number => validityDays(notBefore, notAfter)

/** CAs whose extendedKeyUsage does not include the purpose. */
const narrows = ({ extKeyUsage }: Certificate, { options }: Report): boolean =>
  extKeyUsage !== null &&
  !extKeyUsage.includes(EKU_OIDS.anyExtendedKeyUsage) &&
  !extKeyUsage.some((each) => GATED.includes(each)) &&
  purposesAsked(options).some((purpose) => !extKeyUsage.includes(purpose))
const onlyAnyUsage = ({ extKeyUsage }: Certificate, { options }: Report): boolean =>
  extKeyUsage?.includes(EKU_OIDS.anyExtendedKeyUsage) === true &&
  purposesAsked(options).some((purpose) => !extKeyUsage.includes(purpose))

/** The same attributes with the same letters, whatever their string types. */
function sameText(a: Name, b: Name): boolean {
  const text = ({ rdns }: Name): string =>
    JSON.stringify(rdns.map((rdn) => rdn.map(({ oid, text }) => [oid, text])))
  return text(a) === text(b)
}

/** Whether a permitted or excluded subtree is of a form other than these. */
const constrains = (
  certificates: readonly Certificate[],
  known: { readonly permitted: ReadonlySet<string>; readonly excluded: ReadonlySet<string> },
): boolean =>
  certificates.some(({ nameConstraints }) =>
    (['permitted', 'excluded'] as const).some((side) =>
      (nameConstraints?.[side] ?? []).some(({ base }) => !known[side].has(base.kind)),
    ),
  )
const GNUTLS_NAMES: ReadonlySet<string> = new Set([...GO_NAMES, 'directoryName'])
const APPLE_825 = Date.UTC(2019, 6, 1)

/** Cases in which a program refuses, or may refuse, what we accept. */
export const STRICTER: readonly Difference<StricterCode>[] = [
  {
    code: 'empty-constraint-unread',
    programs: ['java'],
    meets: (path) =>
      targetOf(path).subjectAltName?.some(({ kind }) => kind === 'dNSName') === true &&
      path.certificates.some(({ certificate: { nameConstraints } }) =>
        [...(nameConstraints?.permitted ?? []), ...(nameConstraints?.excluded ?? [])].some(
          ({ base }) => base.kind === 'dNSName' && base.value === '',
        ),
      ),
    says: 'refuses',
    source: 'Measured with Java 17: String index out of range',
  },
  {
    code: 'names-by-octets',
    programs: ['go', 'nss'],
    meets: (path) =>
      belowAnchor(path).some(({ issuer }, i) => !sameOctets(issuer.der, chainOf(path)[i]!.subject.der)),
    says: 'refuses',
    source: 'golang/go#31440; measured with Go 1.19 and NSS 3.87',
  },
  {
    code: 'names-by-letter',
    programs: ['gnutls'],
    meets: (path) => belowAnchor(path).some(({ issuer }, i) => !sameText(issuer, chainOf(path)[i]!.subject)),
    says: 'refuses',
    source: 'Measured with GnuTLS 3.7: another string type is the same name, another case is not',
  },
  {
    code: 'partial-chain',
    programs: ['openssl'],
    meets: (path) => path.complete && !isSelfIssued(chainOf(path)[0]!),
    says: 'depends',
    source: 'openssl-verification-options(1), -partial_chain',
  },
  {
    code: 'anchor-not-a-ca',
    programs: ['nss'],
    meets: (path) => path.complete && !isCa(chainOf(path)[0]!),
    says: 'refuses',
    source: 'Measured with NSS 3.87: an issuer without cA in basicConstraints is invalid, trusted or not',
  },
  {
    code: 'anchor-not-a-ca',
    programs: ['gnutls'],
    meets: (path) => path.complete && path.certificates.length === 1 && !isCa(targetOf(path)),
    says: 'refuses',
    source: 'Measured with GnuTLS 3.7: a self-signed certificate that is no authority may not sign itself',
  },
  {
    code: 'target-is-ca',
    programs: ['nss'],
    meets: (path, report) => forServer(report) && isCa(targetOf(path)),
    says: 'refuses',
    source: 'Measured with NSS 3.87: an authority is no TLS server',
  },
  {
    code: 'any-usage-not-enough',
    programs: ['openssl', 'nss'],
    meets: (path, report) => onlyAnyUsage(targetOf(path), report),
    says: 'refuses',
    source: 'RFC 5280 §4.2.1.12 leaves it to the application; measured with OpenSSL 3.0 and NSS 3.87',
  },
  {
    code: 'any-usage-not-enough',
    programs: ['openssl', 'nss'],
    meets: (path, report) => authorities(path).some((each) => onlyAnyUsage(each, report)),
    says: 'refuses',
    source: 'Measured with OpenSSL 3.0 and NSS 3.87: the authority must name the purpose itself',
  },
  {
    code: 'any-usage-not-enough',
    programs: ['gnutls'],
    meets: (path, report) =>
      authorities(path)
        .slice(1)
        .some((each) => onlyAnyUsage(each, report)),
    says: 'refuses',
    source: 'Measured with GnuTLS 3.7: the authority must name the purpose itself',
  },
  {
    code: 'usage-nested',
    programs: ['openssl', 'go'],
    meets: (path, report) => authorities(path).some((each) => narrows(each, report)),
    says: 'refuses',
    source: 'golang/go#24590; openssl/openssl#26046; measured with OpenSSL 3.0 and Go 1.19',
  },
  {
    code: 'usage-nested',
    programs: ['gnutls', 'chrome', 'windows'],
    meets: (path, report) =>
      authorities(path)
        .slice(1)
        .some((each) => narrows(each, report)),
    says: 'refuses',
    source:
      'golang/go#24590 on Windows; BoringSSL pki/verify_certificate_chain.cc, VerifyExtendedKeyUsage; Mbed-TLS/mbedtls#8120; measured with GnuTLS 3.7',
  },
  {
    code: 'key-encipherment-for-rsa',
    programs: ['nss'],
    meets: (path, report) => {
      const { spki, keyUsage } = targetOf(path)
      return forServer(report) && spki.rsa !== null && keyUsage !== null && !keyUsage.has('keyEncipherment')
    },
    says: 'refuses',
    source: 'NSS, CERT_CheckKeyUsage with KU_KEY_AGREEMENT_OR_ENCIPHERMENT; measured with NSS 3.87',
  },
  {
    code: 'sha1-refused',
    programs: ['go', 'gnutls', 'chrome', 'apple'],
    meets: (path) => belowAnchor(path).some(hasSha1),
    says: 'refuses',
    source:
      'golang/go#41682; support.apple.com/103769 (was HT210176); Chromium net/cert/cert_verify_proc.cc; measured with GnuTLS 3.7 and Go 1.19',
  },
  {
    code: 'small-rsa',
    programs: ['java', 'chrome', 'windows'],
    meets: (path) => belowAnchor(path).some((each) => rsaBits(each) < 1024),
    says: 'refuses',
    source:
      'Java: jdk.certpath.disabledAlgorithms (JDK-8272155 quotes it); Chromium net/cert/cert_verify_proc.cc, IsWeakKey; Microsoft KB2661254',
  },
  {
    code: 'small-rsa-by-version',
    programs: ['go'],
    meets: (path) => chainOf(path).some((each) => rsaBits(each) < 1024),
    says: 'depends',
    source: 'golang/go#68762; Go 1.24 release notes, crypto/rsa (GODEBUG rsa1024min)',
  },
  {
    code: 'apple-rsa-2048',
    programs: ['apple'],
    meets: (path, report) => forServer(report) && chainOf(path).some((each) => rsaBits(each) < 2048),
    says: 'refuses',
    source: 'support.apple.com/103769 (was HT210176)',
  },
  {
    code: 'apple-825-days',
    programs: ['apple'],
    meets: (path, report) =>
      forServer(report) &&
      targetOf(path).notBefore.getTime() >= APPLE_825 &&
      daysOf(targetOf(path)) > APPLE_TLS_DAYS,
    says: 'refuses',
    source: 'support.apple.com/103769 (was HT210176)',
  },
  {
    code: 'apple-server-usage',
    programs: ['apple'],
    meets: (path, report) =>
      forServer(report) &&
      targetOf(path).notBefore.getTime() >= APPLE_825 &&
      targetOf(path).extKeyUsage === null,
    says: 'refuses',
    source: 'support.apple.com/103769 (was HT210176)',
  },
  {
    code: 'apple-san',
    programs: ['apple'],
    meets: (path, report) => forServer(report) && targetOf(path).subjectAltName === null,
    says: 'refuses',
    source: 'support.apple.com/103769 (was HT210176)',
  },
  {
    code: 'days-for-public-roots',
    programs: ['chrome', 'apple'],
    meets: (path, report) =>
      forServer(report) &&
      daysOf(targetOf(path)) > (publicTlsLimit(targetOf(path).notBefore)?.days ?? Infinity),
    says: 'depends',
    source:
      'CA/B BR §6.3.2; support.apple.com/102028 (was HT211025); Chromium net/cert/cert_verify_proc.cc, HasTooLongValidity',
  },
  {
    code: 'ed25519-in-browsers',
    programs: ['chrome'],
    meets: (path) => chainOf(path).some((each) => hasKey(each, 'ed25519')),
    says: 'refuses',
    source: 'golang/go#47681; cabforum/servercert#451',
  },
  {
    code: 'ed25519-not-tried',
    programs: ['apple'],
    meets: (path) => chainOf(path).some((each) => hasKey(each, 'ed25519')),
    says: 'depends',
    source: 'cabforum/servercert#451 speaks of browsers as such',
  },
  {
    code: 'ed25519-unknown',
    programs: ['nss'],
    meets: (path) => chainOf(path).some((each) => hasKey(each, 'ed25519')),
    says: 'refuses',
    source: 'cabforum/servercert#451; measured with NSS 3.87',
  },
  {
    code: 'p521-in-chrome',
    programs: ['chrome'],
    meets: (path, report) => forServer(report) && hasKey(targetOf(path), 'p521'),
    says: 'refuses',
    source: 'brave/brave-browser#13184; puma/puma#1671; pi-hole/FTL#1583, which quotes BoringSSL',
  },
  {
    code: 'ml-dsa-by-version',
    programs: ['openssl', 'java', 'gnutls'],
    meets: (path) => chainOf(path).some((each) => hasKey(each, 'ml-dsa')),
    says: 'depends',
    source:
      'OpenSSL 3.5; JEP 497 (Java 24); of GnuTLS no version is confirmed; refused by OpenSSL 3.0, Java 17 and GnuTLS 3.7, measured',
  },
  {
    code: 'ml-dsa-unknown',
    programs: ['go', 'nss', 'chrome', 'apple', 'windows'],
    meets: (path) => chainOf(path).some((each) => hasKey(each, 'ml-dsa')),
    says: 'depends',
    source: 'Refused by Go 1.19 and NSS 3.87, measured; support in others is new or absent',
  },
  {
    code: 'policy-extensions-by-version',
    programs: ['go'],
    meets: (path) =>
      chainOf(path).some((each) =>
        [
          EXTENSION_OIDS.policyConstraints,
          EXTENSION_OIDS.policyMappings,
          EXTENSION_OIDS.inhibitAnyPolicy,
        ].some((oid) => isCritical(each, oid)),
      ),
    says: 'depends',
    source:
      'Go 1.24 release notes, crypto/x509 (VerifyOptions.CertificatePolicies); refused by Go 1.19, measured',
  },
  {
    code: 'policy-extensions-unknown',
    programs: ['gnutls'],
    meets: (path) =>
      chainOf(path).some((each) =>
        [EXTENSION_OIDS.policyConstraints, EXTENSION_OIDS.policyMappings].some((oid) =>
          isCritical(each, oid),
        ),
      ),
    says: 'refuses',
    source: 'Measured with GnuTLS 3.7: critical as RFC 5280 §4.2.1.11 has it, it is an unknown extension',
  },
  {
    code: 'constraint-form-unknown',
    programs: ['go'],
    meets: (path) =>
      constrains(
        chainOf(path).filter((each) => isCritical(each, EXTENSION_OIDS.nameConstraints)),
        { permitted: GO_NAMES, excluded: GO_NAMES },
      ),
    says: 'refuses',
    source: 'Go, crypto/x509 parser.go: constraints of DNS, IP, e-mail and URI alone; measured with Go 1.19',
  },
  {
    code: 'constraint-form-unknown',
    programs: ['gnutls'],
    meets: (path) => constrains(authorities(path), { permitted: GNUTLS_NAMES, excluded: GO_NAMES }),
    says: 'refuses',
    source: 'Measured with GnuTLS 3.7',
  },
]
