import type { FindingCode } from '../../../findings.ts'
import { lint } from '../../../lint/lint.ts'
import { KEY_RULES } from '../../../lint/keys/index.ts'
import { TRAP_RULES } from '../../../lint/traps/index.ts'
import { ia5String } from '../../../der/writer.ts'
import { ACCESS_METHOD_OIDS, POLICY_OIDS, EKU_OIDS, ATTRIBUTE_OIDS } from '../../../x509/oids.ts'
import type { GeneralName } from '../../../x509/general-name.ts'
import type { PathReport, Report, RuleRow } from '../../../validate/report.ts'
import { FINDINGS } from '../../../findings.ts'
import { encodeName, nameFromDer } from '../../../x509/name.ts'
import { chainOf, CN, drawRoot, drawServer, HOST, inDays, three } from './draw.ts'
import {
  agreementKey,
  anyPoint,
  closeKey,
  divisibleKey,
  noPoint,
  primeKey,
  rsaKey,
  randomOdd,
  rsaKeyOf,
  undivided,
  weakGeneratorKey,
} from './public-keys.ts'
import type { Chain, Drawing, Parts } from './draw.ts'

type Extensions = NonNullable<Drawing['extensions']>

const SERVER = EKU_OIDS.serverAuth
const TIME_STAMPING = EKU_OIDS.timeStamping
const OCSP_SIGNING = EKU_OIDS.OCSPSigning
const NEVER = new Date('9999-12-31T23:59:59Z')
/** It is not a server's certificate. */
const ANY = { purpose: 'any' } as const

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const ip = (...octets: number[]): GeneralName => ({ kind: 'iPAddress', octets: Uint8Array.from(octets) })
const san = (...names: GeneralName[]): Parts => target({ subjectAltName: [dns(HOST), ...names] })
const target = (extensions: Extensions): Parts => ({ target: { extensions } })
const ca = (extensions: Extensions): Parts => ({ ca: { extensions } })
const subtrees = (...bases: GeneralName[]) => bases.map((base) => ({ base, minimum: 0, maximum: null }))
const ROOT_AND_SERIAL: Drawing['aki'] = {
  authorityCertIssuer: [{ kind: 'directoryName', name: nameFromDer(encodeName([CN('Example Root')])) }],
  authorityCertSerialNumber: Uint8Array.of(1),
}
const ADDRESS_RANGES = [ip(10, 0, 0, 0, 255, 0, 0, 0), ip(...new Array<number>(32).fill(0))]

/** Checks made before something is signed here: a chain of three with one difference. */
export const TRAP_PARTS: { readonly [C in FindingCode]?: Parts } = {
  'key-malformed': { target: { spki: noPoint } },
  'key-not-on-curve': { target: { spki: anyPoint } },
  'key-kind-unchecked': {
    target: { spki: agreementKey, extensions: { keyUsage: new Set(['keyAgreement']) } },
  },
  'rsa-exponent-unusable': { target: { spki: () => rsaKey(2048, 1) } },
  'rsa-exponent-small': { target: { spki: () => rsaKey(2048, 3) } },
  'rsa-exponent-large': { target: { spki: () => rsaKey(2048, 2n ** 64n + 13n) } },
  'rsa-modulus-prime': { target: { spki: primeKey } },
  'rsa-small-factor': { target: { spki: divisibleKey } },
  'rsa-close-primes': { target: { spki: closeKey } },
  'rsa-weak-generator': { target: { spki: weakGeneratorKey } },
  'rsa-bits-odd': { target: { spki: () => rsaKeyOf(undivided(() => (randomOdd(2048) << 3n) | 1n)) } },
  'rsa-long': { target: { spki: () => rsaKey(8192, 65537) } },
  'san-dns-trailing-dot': san(dns('example.com.')),
  'san-dns-ip-address': san(dns('10.0.0.1')),
  'san-dns-reserved-label': san(dns('xr--host.example.com')),
  'san-repeated': san(dns(HOST.toUpperCase())),
  'server-without-san': target({ subjectAltName: null }),
  'server-without-digital-signature': target({ keyUsage: new Set(['keyAgreement']) }),
  'mail-cannot-encrypt': { ...target({ extKeyUsage: [EKU_OIDS.emailProtection] }), asked: ANY },
  'key-usage-beyond-purposes': target({ keyUsage: new Set(['digitalSignature', 'nonRepudiation']) }),
  'cn-not-in-san': { target: { subject: [CN('other.example.com')] } },
  'aki-issuer-and-serial': { target: { aki: ROOT_AND_SERIAL } },
  'intermediate-eku-without-client': ca({ extKeyUsage: [SERVER] }),
  'root-with-eku': { root: { extensions: { extKeyUsage: [SERVER] } } },
  'root-without-common-name': { root: { subject: [[{ oid: ATTRIBUTE_OIDS.O, text: 'Example' }]] } },
  'ca-without-crl-sign': ca({ keyUsage: new Set(['keyCertSign']) }),
  'validity-over-825-days': { target: { notAfter: inDays(820) } },
  'validity-one-second-over': { target: { notBefore: inDays(-10), notAfter: inDays(388) } },
  'validity-never-ends': { root: { notAfter: NEVER } },
  'browser-unsupported-key': { target: { key: 'ed25519' } },
  'name-constraints-leading-dot': ca({
    nameConstraints: { permitted: null, excluded: subtrees(dns('.example.org')) },
  }),
  'name-constraints-both-addresses': ca({
    nameConstraints: { permitted: subtrees(...ADDRESS_RANGES), excluded: null },
  }),
  'name-constraints-incomplete': ca({
    nameConstraints: { permitted: subtrees(dns('example.com')), excluded: null },
  }),
  'serial-low-entropy': { target: { serialNumber: Uint8Array.of(1) } },
  'subject-very-long': {
    target: {
      subject: [
        ...Array.from({ length: 20 }, () => [{ oid: ATTRIBUTE_OIDS.OU, text: 'x'.repeat(60) }]),
        CN(HOST),
      ],
    },
  },
  'name-outer-space': { ca: { subject: [CN('Example Issuing CA ')] } },
  'name-hidden-characters': { ca: { subject: [CN('Example\u200b Issuing CA')] } },
  'name-garbled': { target: { subject: [[{ oid: ATTRIBUTE_OIDS.O, text: 'MÃ¼ller &amp; Co' }], CN(HOST)] } },
  'name-attribute-repeated': {
    target: { subject: [...[1, 2].map(() => [{ oid: ATTRIBUTE_OIDS.OU, text: 'Sales' }]), CN(HOST)] },
  },
  'country-not-iso': { target: { subject: [[{ oid: ATTRIBUTE_OIDS.C, text: 'UK' }], CN(HOST)] } },
  'address-https': ca({
    cRLDistributionPoints: [
      {
        fullName: [{ kind: 'uniformResourceIdentifier', value: 'https://example.com/ca.crl' }],
        nameRelativeToCRLIssuer: null,
        reasons: null,
        cRLIssuer: null,
      },
    ],
  }),
  'access-location-repeated': target({
    authorityInfoAccess: [1, 2].map(() => ({
      method: ACCESS_METHOD_OIDS.caIssuers,
      location: { kind: 'uniformResourceIdentifier', value: 'http://example.com/ca.cer' },
    })),
  }),
  'cps-address': target({
    certificatePolicies: [
      {
        oid: '1.3.6.1.4.1.99999.1',
        qualifiers: [{ oid: POLICY_OIDS.cps, value: ia5String('www.example.com/cps') }],
      },
    ],
  }),
  'issuer-name-not-copied': { target: { issuer: [CN('EXAMPLE issuing CA')] } },
  'outlives-issuer': { target: { notAfter: inDays(80) }, ca: { notAfter: inDays(60) } },
  'begins-before-issuer': { target: { notBefore: inDays(-20) } },
  'hash-weaker-than-curve': { root: { key: 'p384' }, ca: { signedWith: 'ecdsa-sha256' } },
  'time-stamping-eku-not-alone': {
    target: {
      extensions: { extKeyUsage: [TIME_STAMPING, SERVER] },
      critical: { extKeyUsage: true },
    },
    asked: ANY,
  },
  'time-stamping-eku-not-critical': { ...target({ extKeyUsage: [TIME_STAMPING] }), asked: ANY },
  'ocsp-signer-without-no-check': { ...target({ extKeyUsage: [OCSP_SIGNING] }), asked: ANY },
  'ocsp-no-check-critical': {
    target: {
      extensions: { extKeyUsage: [OCSP_SIGNING], ocspNoCheck: true },
      critical: { ocspNoCheck: true },
    },
    asked: ANY,
  },
}

/** Chains of another shape. */
export const TRAP_CHAINS: { readonly [C in FindingCode]?: () => Promise<Chain> } = {
  'self-issued-without-ca': async () => {
    const { certificate } = await drawRoot({
      subject: [CN(HOST)],
      notAfter: inDays(80),
      extensions: {
        basicConstraints: null,
        keyUsage: new Set(['digitalSignature']),
        subjectAltName: [dns(HOST)],
      },
    })
    return { target: certificate, anchors: [certificate], intermediates: [] }
  },
  'issuer-key-reused': async () => {
    const [top, middle] = await three({})
    return chainOf([top, middle, await drawServer(middle, { keyOf: middle })])
  },
}

const isAsked = ({ paths }: Report, code: FindingCode): boolean =>
  paths.some(({ certificates }) =>
    certificates.some(({ demands }) => demands.some(({ step }) => step === code)),
  )

/** Returns the report with a row for this rule on each certificate, if its profile does not include the rule. */
export function withTrapRow(report: Report, code: FindingCode): Report {
  const rule = [...TRAP_RULES, ...KEY_RULES].find((each) => each.code === code)
  if (!rule || isAsked(report, code)) return report
  const paths = report.paths.map((path): PathReport => ({
    ...path,
    certificates: path.certificates.map((each, i) => {
      // Some are checked by the profile already.
      if (each.demands.some(({ step }) => step === code)) return each
      const issuer = path.certificates[i - 1]?.certificate ?? null
      const context = { place: each.place, issuedAt: each.certificate.notBefore, issuer }
      const applies = rule.applies(each.certificate, context)
      const findings = lint(each.certificate, [rule], context)
      const row: RuleRow = {
        step: code,
        section: FINDINGS[code].section,
        outcome: !applies ? 'not-applicable' : findings.length > 0 ? 'failed' : 'held',
        detail: null,
        findings,
        refused: false,
      }
      return { ...each, demands: [...each.demands, row] }
    }),
  }))
  return { ...report, paths }
}
