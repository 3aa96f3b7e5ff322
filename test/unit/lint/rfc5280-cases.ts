import { TAG } from '../../../src/der/reader.ts'
import { printableString, tlv } from '../../../src/der/writer.ts'
import type { FindingCode } from '../../../src/findings.ts'
import * as d from './draw.ts'
import type { Drawing } from './draw.ts'

export type Cases = { readonly [C in FindingCode]?: Drawing }

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
/** With these extensions, the named one marked critical as required. */
const marked =
  (value: boolean) =>
  (
    name: keyof NonNullable<Drawing['extensions']>,
    extensions: NonNullable<Drawing['extensions']>,
    kind: 'server' | 'ca' = 'server',
  ): Drawing => ({ kind, extensions, critical: { [name]: value } })
const critical = marked(true)
const uncritical = marked(false)

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

/** The most similar certificate to each rule's example (services/validate/examples/) that the rule accepts. */
export const RFC5280_PASSES: Cases = {
  'version-not-3': { version: 3 },
  'unique-id-in-v1': { version: 1, onlyExtensions: [] },
  'unique-id-present': {},
  'serial-negative': { serialNumber: Uint8Array.of(0x7f) },
  'serial-zero': { serialNumber: Uint8Array.of(1) },
  'serial-too-long': { serialNumber: Uint8Array.of(0x7f, ...new Uint8Array(19).fill(0xff)) },
  'signature-algorithm-mismatch': { outer: d.ECDSA_SHA256 },
  'issuer-empty': {},
  'ca-subject-empty': ca({}),
  'subject-and-san-missing': { subject: [] },
  'san-not-critical-empty-subject': { subject: [], critical: { subjectAltName: true } },
  'san-critical-with-subject': {},
  'email-not-in-san': {
    subject: [attribute(MAIL, 'a@example.com')],
    extensions: { subjectAltName: d.email('a@example.com') },
  },
  'name-string-type': { subject: [attributeOf('2.5.4.10', TAG.PRINTABLE_STRING, octets('Example'))] },
  'name-attribute-type': { subject: [attributeOf('2.5.4.6', TAG.PRINTABLE_STRING, octets('DE'))] },
  'name-attribute-length': { subject: [CN('x'.repeat(64))] },
  'country-name-malformed': { subject: [attribute('2.5.4.6', 'DE')] },
  'validity-time-type': {
    notAfter: new Date('2050-01-01T00:00:00Z'),
    timeTypes: { notBefore: 'UTCTime', notAfter: 'GeneralizedTime' },
  },
  'validity-reversed': { notAfter: new Date('2026-01-01T00:00:00Z') },
  'signature-algorithm-parameters': { signature: d.RSA_SHA256 },
  'key-algorithm-parameters': { spki: d.RSA },
  'ec-parameters-not-named': { spki: d.P256 },
  'aki-critical': {},
  'aki-missing': {},
  'aki-issuer-serial-unpaired': ext({
    authorityKeyIdentifier: {
      keyIdentifier: null,
      authorityCertIssuer: [d.directory(CN('x'))],
      authorityCertSerialNumber: Uint8Array.of(1),
    },
  }),
  'ski-critical': {},
  'ski-missing-in-ca': ca({}),
  'ski-missing': {},
  'aki-ski-differ': { kind: 'root' },
  'aki-not-issuer-ski': { by: d.ISSUER },
  'key-usage-missing-in-ca': ca({}),
  'key-usage-not-critical': {},
  'key-usage-empty': {},
  'key-cert-sign-without-ca': caExt({ keyUsage: new Set(['keyCertSign']) }),
  'encipher-only-without-key-agreement': ext({ keyUsage: new Set(['digitalSignature']) }),
  'key-usage-key-type': { spki: d.RSA, extensions: { keyUsage: new Set(['keyEncipherment']) } },
  'key-usage-enciphers-in-ca': {
    spki: d.RSA,
    extensions: { keyUsage: new Set(['digitalSignature', 'keyEncipherment']) },
  },
  'policy-repeated': ext({ certificatePolicies: [d.policy('1.2.3'), d.policy('1.2.4')] }),
  'policies-empty': ext({ certificatePolicies: [d.policy('1.2.3')] }),
  'any-policy-qualifier': ext({ certificatePolicies: [d.policy(ANY, d.cps)] }),
  'policy-notice-reference': NOTICE(d.text('x')),
  'explicit-text-type': NOTICE(bmp('x')),
  'explicit-text-not-utf8': NOTICE(d.text('x')),
  'explicit-text-length': NOTICE(d.text('x'.repeat(200))),
  'explicit-text-control-characters': NOTICE(d.text('a b')),
  'explicit-text-not-nfc': NOTICE(d.text('\u00fcber')),
  'policy-mapping-any-policy': caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
  'policy-mappings-empty': caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
  'policy-mappings-not-critical': critical(
    'policyMappings',
    { policyMappings: mapping('1.2.3', '1.2.4') },
    'ca',
  ),
  'policy-mapping-not-asserted': caExt({
    policyMappings: mapping('1.2.3', '1.2.4'),
    certificatePolicies: [d.policy('1.2.3')],
  }),
  'policy-mappings-not-in-ca': caExt({ policyMappings: mapping('1.2.3', '1.2.4') }),
  'san-empty': {},
  'san-entry-empty': {},
  'san-dns-space': {},
  'san-dns-malformed': san(...d.dns('*.example.com')),
  'san-dns-not-a-label': san(...d.dns('xn--bcher-kva.example')),
  'san-email-malformed': san(...d.email('a@example.com')),
  'san-ip-length': san(d.ip(10, 0, 0, 1)),
  'san-uri-relative': san(...d.uri('urn:a')),
  'san-uri-malformed': san(...d.uri('http://example.com/%7Ba%7D')),
  'san-uri-host': san(...d.uri('spiffe://example.com/a')),
  'ian-critical': uncritical('issuerAltName', { issuerAltName: d.dns('example.com') }),
  'ian-malformed': ext({ issuerAltName: d.dns('example.com') }),
  'subject-directory-attributes-critical': uncritical('subjectDirectoryAttributes', {
    subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [printableString('DE')] }],
  }),
  'subject-directory-attributes-empty': ext({
    subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [printableString('DE')] }],
  }),
  'basic-constraints-not-critical': ca({}),
  'path-len-without-ca': caExt({ basicConstraints: { ca: true, pathLen: 0 } }),
  'path-len-without-key-cert-sign': caExt({ basicConstraints: { ca: true, pathLen: 0 } }),
  'name-constraints-not-in-ca': caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  'name-constraints-not-critical': critical(
    'nameConstraints',
    { nameConstraints: d.permitted(...d.dns('example.com')) },
    'ca',
  ),
  'name-constraints-empty': caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  'name-constraints-distance': caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  'name-constraints-form': caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  'name-constraints-ip-malformed': caExt({ nameConstraints: d.permitted(d.ip(10, 0, 0, 0, 255, 128, 0, 0)) }),
  'name-constraints-name-malformed': caExt({ nameConstraints: d.permitted(...d.email('.example.com')) }),
  'policy-constraints-empty': caExt({
    policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null },
  }),
  'policy-constraints-not-critical': critical(
    'policyConstraints',
    { policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null } },
    'ca',
  ),
  'policy-constraints-not-in-ca': caExt({
    policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null },
  }),
  'ext-key-usage-empty': {},
  'any-eku-critical': uncritical('extKeyUsage', { extKeyUsage: ['2.5.29.37.0'] }),
  'eku-key-usage-inconsistent': ext({
    keyUsage: new Set(['keyEncipherment']),
    extKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'],
  }),
  'crl-distribution-points-critical': uncritical('cRLDistributionPoints', {
    cRLDistributionPoints: [d.point()],
  }),
  'distribution-points-empty': points(d.point()),
  'distribution-point-reasons-only': points(d.point(), d.point({ reasons: new Set(['keyCompromise']) })),
  'distribution-points-not-all-reasons': points(d.point({ reasons: new Set(['keyCompromise']) }), d.point()),
  'distribution-point-crl-issuer': points(d.point({ cRLIssuer: [d.directory(CN('Example CRL issuer'))] })),
  'distribution-point-relative-name': points(d.point()),
  'distribution-point-relative-name-ambiguous': points(
    d.point({
      fullName: null,
      nameRelativeToCRLIssuer: d.name(CN('x')).rdns[0]!,
      cRLIssuer: [d.directory(CN('a'))],
    }),
  ),
  'distribution-point-uri': points(
    d.point({ fullName: d.uri('ldap:///cn=x?certificateRevocationList?base') }),
  ),
  'distribution-points-no-uri': points(d.point()),
  'inhibit-any-policy-not-critical': critical('inhibitAnyPolicy', { inhibitAnyPolicy: 0 }, 'ca'),
  'inhibit-any-policy-not-in-ca': caExt({ inhibitAnyPolicy: 0 }),
  'freshest-crl-critical': uncritical('freshestCRL', { freshestCRL: [d.point()] }),
  'authority-info-access-critical': aia(CA_ISSUERS, 'http://example.com/'),
  'subject-info-access-critical': uncritical('subjectInfoAccess', sia(CA_REPOSITORY), 'ca'),
  'info-access-empty': aia(CA_ISSUERS, 'http://example.com/'),
  'access-location-uri': aia(CA_ISSUERS, 'http://example.com/ca.cer'),
  'ca-issuers-no-uri': aia(CA_ISSUERS, 'http://example.com/ca.cer'),
  'subject-info-access-method': caExt(sia(CA_REPOSITORY)),
}

/** Cases nearer to the limit than the example, or that break the rule in another way. */
export const RFC5280_FAILS: Cases = {
  'signature-algorithm-mismatch': { outer: d.ECDSA_SHA512 },
  'name-attribute-length': { subject: [CN('x'.repeat(65))] },
  'validity-time-type': { timeTypes: { notBefore: 'UTCTime', notAfter: 'GeneralizedTime' } },
  'validity-reversed': { notAfter: new Date('2025-12-31T23:59:59Z') },
  'aki-issuer-serial-unpaired': ext({
    authorityKeyIdentifier: {
      keyIdentifier: null,
      authorityCertIssuer: null,
      authorityCertSerialNumber: Uint8Array.of(1),
    },
  }),
  'name-constraints-name-malformed': caExt({ nameConstraints: d.permitted(...d.dns('*.example.com')) }),
  'eku-key-usage-inconsistent': ext({ keyUsage: new Set(['dataEncipherment']) }),
}
