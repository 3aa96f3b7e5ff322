import { TAG } from '../../../src/der/reader.ts'
import { ia5String, integer, nul, oid, printableString, seq, tlv } from '../../../src/der/writer.ts'
import type { FindingCode } from '../../../src/findings.ts'
import * as d from './draw.ts'
import type { Drawing } from './draw.ts'

/** The nearest two certificates on either side of each rule. */
export interface Case {
  readonly fails: Drawing
  readonly passes: Drawing
}
export type Cases = { readonly [C in FindingCode]?: Case }

const { CN } = d
const ca = (drawing: Omit<Drawing, 'kind'>): Drawing => ({ kind: 'ca', ...drawing })
const ext = (extensions: Drawing['extensions']): Drawing => ({ extensions: extensions ?? {} })
const caExt = (extensions: Drawing['extensions']): Drawing => ca(ext(extensions))
const san = (...names: Parameters<typeof d.permitted>): Drawing => ext({ subjectAltName: names })
const attribute = (type: string, text: string) => [{ oid: type, text }]
const attributeOf = (type: string, tag: number, content: Uint8Array) => [
  { oid: type, tag, value: content, text: null },
]
const octets = (text: string) => new TextEncoder().encode(text)
/** A leaf that adds an extension and whether it is critical. */
const marked = (
  name: keyof NonNullable<Drawing['extensions']>,
  extensions: NonNullable<Drawing['extensions']>,
  kind: 'server' | 'ca' = 'server',
): Case => ({
  fails: { kind, extensions, critical: { [name]: true } },
  passes: { kind, extensions, critical: { [name]: false } },
})
const flipped = ({ fails, passes }: Case): Case => ({ fails: passes, passes: fails })

const MAIL = '1.2.840.113549.1.9.1'
const ANY = '2.5.29.32.0'
const NOTICE = (text: Uint8Array) => ext({ certificatePolicies: [d.policy('1.2.3', d.notice(text))] })
const bmp = (text: string) =>
  tlv(TAG.BMP_STRING, Uint8Array.from([...text].flatMap((c) => [0, c.charCodeAt(0)])))
const mapping = (issuerDomainPolicy: string, subjectDomainPolicy: string) => [
  { issuerDomainPolicy, subjectDomainPolicy },
]
const points = (...all: ReturnType<typeof d.point>[]): Drawing => ext({ cRLDistributionPoints: all })
const aia = (method: string, ...uris: string[]): Drawing =>
  ext({ authorityInfoAccess: d.uri(...uris).map((location) => ({ method, location })) })
const sia = (method: string) => ({
  subjectInfoAccess: d.uri('http://example.com/').map((location) => ({ method, location })),
})
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
const CA_REPOSITORY = '1.3.6.1.5.5.7.48.5'

export const RFC5280_CASES: Cases = {
  'version-not-3': { fails: { version: 2 }, passes: { version: 3 } },
  'unique-id-in-v1': {
    fails: { version: 1, onlyExtensions: [], issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } },
    passes: { version: 1, onlyExtensions: [] },
  },
  'unique-id-present': { fails: { issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } }, passes: {} },
  'serial-negative': {
    fails: { serialNumber: Uint8Array.of(0x80) },
    passes: { serialNumber: Uint8Array.of(0x7f) },
  },
  'serial-zero': { fails: { serialNumber: Uint8Array.of(0) }, passes: { serialNumber: Uint8Array.of(1) } },
  'serial-too-long': {
    fails: { serialNumber: Uint8Array.of(0, ...new Uint8Array(20).fill(0xff)) },
    passes: { serialNumber: Uint8Array.of(0x7f, ...new Uint8Array(19).fill(0xff)) },
  },
  'signature-algorithm-mismatch': { fails: { outer: d.ECDSA_SHA512 }, passes: { outer: d.ECDSA_SHA256 } },
  'issuer-empty': { fails: { issuer: [] }, passes: {} },
  'ca-subject-empty': { fails: ca({ subject: [] }), passes: ca({}) },
  'subject-and-san-missing': {
    fails: { subject: [], extensions: { subjectAltName: null } },
    passes: { subject: [] },
  },
  'san-not-critical-empty-subject': {
    fails: { subject: [] },
    passes: { subject: [], critical: { subjectAltName: true } },
  },
  'san-critical-with-subject': { fails: { critical: { subjectAltName: true } }, passes: {} },
  'email-not-in-san': {
    fails: { subject: [attribute(MAIL, 'a@example.com')] },
    passes: {
      subject: [attribute(MAIL, 'a@example.com')],
      extensions: { subjectAltName: d.email('a@example.com') },
    },
  },
  'name-string-type': {
    fails: { subject: [attributeOf('2.5.4.10', TAG.TELETEX_STRING, octets('Example'))] },
    passes: { subject: [attributeOf('2.5.4.10', TAG.PRINTABLE_STRING, octets('Example'))] },
  },
  'name-attribute-type': {
    fails: { subject: [attributeOf('2.5.4.6', TAG.UTF8_STRING, octets('DE'))] },
    passes: { subject: [attributeOf('2.5.4.6', TAG.PRINTABLE_STRING, octets('DE'))] },
  },
  'name-attribute-length': {
    fails: { subject: [CN('x'.repeat(65))] },
    passes: { subject: [CN('x'.repeat(64))] },
  },
  'country-name-malformed': {
    fails: { subject: [attribute('2.5.4.6', 'DEU')] },
    passes: { subject: [attribute('2.5.4.6', 'DE')] },
  },
  'validity-time-type': {
    fails: { timeTypes: { notBefore: 'UTCTime', notAfter: 'GeneralizedTime' } },
    passes: {
      notAfter: new Date('2050-01-01T00:00:00Z'),
      timeTypes: { notBefore: 'UTCTime', notAfter: 'GeneralizedTime' },
    },
  },
  'validity-reversed': {
    fails: { notAfter: new Date('2025-12-31T23:59:59Z') },
    passes: { notAfter: new Date('2026-01-01T00:00:00Z') },
  },
  'signature-algorithm-parameters': {
    fails: { signature: seq(oid('1.2.840.10045.4.3.2'), nul()) },
    passes: { signature: d.RSA_SHA256 },
  },
  'key-algorithm-parameters': { fails: { spki: d.RSA_WITHOUT_NULL }, passes: { spki: d.RSA } },
  'ec-parameters-not-named': { fails: { spki: d.EXPLICIT_CURVE }, passes: { spki: d.P256 } },
  'aki-critical': { fails: { critical: { authorityKeyIdentifier: true } }, passes: {} },
  'aki-missing': { fails: ext({ authorityKeyIdentifier: null }), passes: {} },
  'aki-issuer-serial-unpaired': {
    fails: ext({
      authorityKeyIdentifier: {
        keyIdentifier: null,
        authorityCertIssuer: null,
        authorityCertSerialNumber: Uint8Array.of(1),
      },
    }),
    passes: ext({
      authorityKeyIdentifier: {
        keyIdentifier: null,
        authorityCertIssuer: [d.directory(CN('x'))],
        authorityCertSerialNumber: Uint8Array.of(1),
      },
    }),
  },
  'ski-critical': { fails: { critical: { subjectKeyIdentifier: true } }, passes: {} },
  'ski-missing-in-ca': { fails: caExt({ subjectKeyIdentifier: null }), passes: ca({}) },
  'ski-missing': { fails: ext({ subjectKeyIdentifier: null }), passes: {} },
  'aki-ski-differ': {
    fails: { kind: 'root', extensions: { subjectKeyIdentifier: new Uint8Array(20).fill(0xcc) } },
    passes: { kind: 'root' },
  },
  'aki-not-issuer-ski': { fails: { by: { kind: 'root' } }, passes: { by: d.ISSUER } },
  'key-usage-missing-in-ca': { fails: caExt({ keyUsage: null }), passes: ca({}) },
  'key-usage-not-critical': { fails: { critical: { keyUsage: false } }, passes: {} },
  'key-usage-empty': { fails: ext({ keyUsage: new Set() }), passes: {} },
  'key-cert-sign-without-ca': {
    fails: ext({ keyUsage: new Set(['keyCertSign']) }),
    passes: caExt({ keyUsage: new Set(['keyCertSign']) }),
  },
  'encipher-only-without-key-agreement': {
    fails: ext({ keyUsage: new Set(['digitalSignature', 'encipherOnly']) }),
    passes: ext({ keyUsage: new Set(['digitalSignature']) }),
  },
  'key-usage-key-type': {
    fails: ext({ keyUsage: new Set(['keyEncipherment']) }),
    passes: { spki: d.RSA, extensions: { keyUsage: new Set(['keyEncipherment']) } },
  },
  'key-usage-enciphers-in-ca': {
    fails: { kind: 'ca', spki: d.RSA, extensions: { keyUsage: new Set(['keyCertSign', 'keyEncipherment']) } },
    passes: { spki: d.RSA, extensions: { keyUsage: new Set(['digitalSignature', 'keyEncipherment']) } },
  },
  'policy-repeated': {
    fails: ext({ certificatePolicies: [d.policy('1.2.3'), d.policy('1.2.3')] }),
    passes: ext({ certificatePolicies: [d.policy('1.2.3'), d.policy('1.2.4')] }),
  },
  'policies-empty': {
    fails: ext({ certificatePolicies: [] }),
    passes: ext({ certificatePolicies: [d.policy('1.2.3')] }),
  },
  'any-policy-qualifier': {
    fails: ext({ certificatePolicies: [d.policy(ANY, { oid: '1.2.3', value: nul() })] }),
    passes: ext({ certificatePolicies: [d.policy(ANY, d.cps)] }),
  },
  'policy-notice-reference': {
    fails: ext({
      certificatePolicies: [d.policy('1.2.3', d.notice(seq(d.text('Example'), seq(integer(1)))))],
    }),
    passes: NOTICE(d.text('x')),
  },
  'explicit-text-type': { fails: NOTICE(ia5String('x')), passes: NOTICE(bmp('x')) },
  'explicit-text-not-utf8': { fails: NOTICE(bmp('x')), passes: NOTICE(d.text('x')) },
  'explicit-text-length': { fails: NOTICE(d.text('x'.repeat(201))), passes: NOTICE(d.text('x'.repeat(200))) },
  'explicit-text-control-characters': { fails: NOTICE(d.text('a\u0007b')), passes: NOTICE(d.text('a b')) },
  'explicit-text-not-nfc': { fails: NOTICE(d.text('u\u0308ber')), passes: NOTICE(d.text('\u00fcber')) },
  'policy-mapping-any-policy': {
    fails: caExt({ policyMappings: mapping('1.2.3', ANY) }),
    passes: caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
  },
  'policy-mappings-empty': {
    fails: caExt({ policyMappings: [] }),
    passes: caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
  },
  'policy-mappings-not-critical': flipped(
    marked('policyMappings', { policyMappings: mapping('1.2.3', '1.2.4') }, 'ca'),
  ),
  'policy-mapping-not-asserted': {
    fails: caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
    passes: caExt({ policyMappings: mapping('1.2.3', '1.2.4'), certificatePolicies: [d.policy('1.2.3')] }),
  },
  'policy-mappings-not-in-ca': {
    fails: ext({ policyMappings: mapping('1.2.3', '1.2.4') }),
    passes: caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
  },
  'san-empty': { fails: san(), passes: {} },
  'san-entry-empty': { fails: san(...d.dns('')), passes: {} },
  'san-dns-space': { fails: san(...d.dns(' ')), passes: {} },
  'san-dns-malformed': { fails: san(...d.dns('a_b.example.com')), passes: san(...d.dns('*.example.com')) },
  'san-dns-not-a-label': {
    fails: san(...d.dns('b\u00fccher.example')),
    passes: san(...d.dns('xn--bcher-kva.example')),
  },
  'san-email-malformed': {
    fails: san(...d.email('A <a@example.com>')),
    passes: san(...d.email('a@example.com')),
  },
  'san-ip-length': { fails: san(d.ip(10, 0, 0, 0, 255, 0, 0, 0)), passes: san(d.ip(10, 0, 0, 1)) },
  'san-uri-relative': { fails: san(...d.uri('//example.com/a')), passes: san(...d.uri('urn:a')) },
  'san-uri-malformed': {
    fails: san(...d.uri('http://example.com/{a}')),
    passes: san(...d.uri('http://example.com/%7Ba%7D')),
  },
  'san-uri-host': { fails: san(...d.uri('http://a_b/')), passes: san(...d.uri('spiffe://example.com/a')) },
  'ian-critical': marked('issuerAltName', { issuerAltName: d.dns('example.com') }),
  'ian-malformed': {
    fails: ext({ issuerAltName: d.dns('a_b') }),
    passes: ext({ issuerAltName: d.dns('example.com') }),
  },
  'subject-directory-attributes-critical': marked('subjectDirectoryAttributes', {
    subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [printableString('DE')] }],
  }),
  'subject-directory-attributes-empty': {
    fails: ext({ subjectDirectoryAttributes: [] }),
    passes: ext({
      subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [printableString('DE')] }],
    }),
  },
  'basic-constraints-not-critical': { fails: ca({ critical: { basicConstraints: false } }), passes: ca({}) },
  'path-len-without-ca': {
    fails: ext({ basicConstraints: { ca: false, pathLen: 0 } }),
    passes: caExt({ basicConstraints: { ca: true, pathLen: 0 } }),
  },
  'path-len-without-key-cert-sign': {
    fails: caExt({ basicConstraints: { ca: true, pathLen: 0 }, keyUsage: new Set(['cRLSign']) }),
    passes: caExt({ basicConstraints: { ca: true, pathLen: 0 } }),
  },
  'name-constraints-not-in-ca': {
    fails: ext({ nameConstraints: d.permitted(...d.dns('example.com')) }),
    passes: caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  },
  'name-constraints-not-critical': flipped(
    marked('nameConstraints', { nameConstraints: d.permitted(...d.dns('example.com')) }, 'ca'),
  ),
  'name-constraints-empty': {
    fails: caExt({ nameConstraints: { permitted: null, excluded: null } }),
    passes: caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  },
  'name-constraints-distance': {
    fails: caExt({
      nameConstraints: {
        permitted: [{ base: d.dns('example.com')[0]!, minimum: 1, maximum: null }],
        excluded: null,
      },
    }),
    passes: caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  },
  'name-constraints-form': {
    fails: caExt({ nameConstraints: d.permitted({ kind: 'registeredID', oid: '1.2.3' }) }),
    passes: caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  },
  'name-constraints-ip-malformed': {
    fails: caExt({ nameConstraints: d.permitted(d.ip(10, 0, 0, 0, 255, 0, 255, 0)) }),
    passes: caExt({ nameConstraints: d.permitted(d.ip(10, 0, 0, 0, 255, 128, 0, 0)) }),
  },
  'name-constraints-name-malformed': {
    fails: caExt({ nameConstraints: d.permitted(...d.dns('*.example.com')) }),
    passes: caExt({ nameConstraints: d.permitted(...d.email('.example.com')) }),
  },
  'policy-constraints-empty': {
    fails: caExt({ policyConstraints: { requireExplicitPolicy: null, inhibitPolicyMapping: null } }),
    passes: caExt({ policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } }),
  },
  'policy-constraints-not-critical': flipped(
    marked(
      'policyConstraints',
      { policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } },
      'ca',
    ),
  ),
  'policy-constraints-not-in-ca': {
    fails: ext({ policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } }),
    passes: caExt({ policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } }),
  },
  'ext-key-usage-empty': { fails: ext({ extKeyUsage: [] }), passes: {} },
  'any-eku-critical': marked('extKeyUsage', { extKeyUsage: ['2.5.29.37.0'] }),
  'eku-key-usage-inconsistent': {
    fails: ext({ keyUsage: new Set(['dataEncipherment']) }),
    passes: ext({
      keyUsage: new Set(['keyEncipherment']),
      extKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'],
    }),
  },
  'crl-distribution-points-critical': marked('cRLDistributionPoints', { cRLDistributionPoints: [d.point()] }),
  'distribution-points-empty': { fails: points(), passes: points(d.point()) },
  'distribution-point-reasons-only': {
    fails: points(d.point(), d.point({ fullName: null, reasons: new Set(['keyCompromise']) })),
    passes: points(d.point(), d.point({ reasons: new Set(['keyCompromise']) })),
  },
  'distribution-points-not-all-reasons': {
    fails: points(d.point({ reasons: new Set(['keyCompromise']) })),
    passes: points(d.point({ reasons: new Set(['keyCompromise']) }), d.point()),
  },
  'distribution-point-crl-issuer': {
    fails: points(d.point({ cRLIssuer: [d.directory(CN('Example root'))] })),
    passes: points(d.point({ cRLIssuer: [d.directory(CN('Example CRL issuer'))] })),
  },
  'distribution-point-relative-name': {
    fails: points(d.point({ fullName: null, nameRelativeToCRLIssuer: d.name(CN('x')).rdns[0]! })),
    passes: points(d.point()),
  },
  'distribution-point-relative-name-ambiguous': {
    fails: points(
      d.point({
        fullName: null,
        nameRelativeToCRLIssuer: d.name(CN('x')).rdns[0]!,
        cRLIssuer: [d.directory(CN('a')), d.directory(CN('b'))],
      }),
    ),
    passes: points(
      d.point({
        fullName: null,
        nameRelativeToCRLIssuer: d.name(CN('x')).rdns[0]!,
        cRLIssuer: [d.directory(CN('a'))],
      }),
    ),
  },
  'distribution-point-uri': {
    fails: points(d.point({ fullName: d.uri('ldap://example.com/cn=x') })),
    passes: points(d.point({ fullName: d.uri('ldap:///cn=x?certificateRevocationList?base') })),
  },
  'distribution-points-no-uri': {
    fails: points(d.point({ fullName: [d.directory(CN('x'))] })),
    passes: points(d.point()),
  },
  'inhibit-any-policy-not-critical': flipped(marked('inhibitAnyPolicy', { inhibitAnyPolicy: 0 }, 'ca')),
  'inhibit-any-policy-not-in-ca': {
    fails: ext({ inhibitAnyPolicy: 0 }),
    passes: caExt({ inhibitAnyPolicy: 0 }),
  },
  'freshest-crl-critical': marked('freshestCRL', { freshestCRL: [d.point()] }),
  'authority-info-access-critical': {
    fails: { ...aia(CA_ISSUERS, 'http://example.com/'), critical: { authorityInfoAccess: true } },
    passes: aia(CA_ISSUERS, 'http://example.com/'),
  },
  'subject-info-access-critical': marked('subjectInfoAccess', sia(CA_REPOSITORY), 'ca'),
  'info-access-empty': {
    fails: ext({ authorityInfoAccess: [] }),
    passes: aia(CA_ISSUERS, 'http://example.com/'),
  },
  'access-location-uri': {
    fails: aia(CA_ISSUERS, '/ca.cer'),
    passes: aia(CA_ISSUERS, 'http://example.com/ca.cer'),
  },
  'ca-issuers-no-uri': {
    fails: ext({ authorityInfoAccess: [{ method: CA_ISSUERS, location: d.directory(CN('x')) }] }),
    passes: aia(CA_ISSUERS, 'http://example.com/ca.cer'),
  },
  'subject-info-access-method': { fails: ext(sia(CA_REPOSITORY)), passes: caExt(sia(CA_REPOSITORY)) },
}
