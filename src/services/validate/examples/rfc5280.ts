import { TAG } from '../../../der/reader.ts'
import {
  ia5String,
  bitString,
  boolean,
  integer,
  nul,
  octetString,
  oid,
  printableString,
  seq,
  tlv,
  utf8String,
} from '../../../der/writer.ts'
import { concat, utf8 } from '../../../octets.ts'
import type { FindingCode } from '../../../findings.ts'
import type { DistributionPoint } from '../../../x509/extensions/distribution-points.ts'
import type { GeneralName } from '../../../x509/general-name.ts'
import { encodeName, nameFromDer } from '../../../x509/name.ts'
import type { Attribute } from '../../../x509/name.ts'
import type { ExtensionName } from '../../../x509/extensions/values.ts'
import {
  EXTENSION_OIDS,
  POLICY_OIDS,
  ACCESS_METHOD_OIDS,
  ALGORITHM_OIDS,
  ATTRIBUTE_OIDS,
  EKU_OIDS,
} from '../../../x509/oids.ts'
import { CN, HOST, inDays } from './draw.ts'
import { explicitCurve, rsaKeyWithoutParameters, sevenBits } from './public-keys.ts'
import type { Drawing, Parts } from './draw.ts'

type Extensions = NonNullable<Drawing['extensions']>
type Critical = NonNullable<Drawing['critical']>

const target = (extensions: Extensions, critical: Critical = {}): Parts => ({
  target: { extensions, critical },
})
const ca = (extensions: Extensions, critical: Critical = {}): Parts => ({ ca: { extensions, critical } })
const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value })
/** Added to the host's name, so that only the other names cause findings. */
const san = (...names: GeneralName[]): Parts => target({ subjectAltName: [dns(HOST), ...names] })
const directory = (text: string): GeneralName => ({
  kind: 'directoryName',
  name: nameFromDer(encodeName([CN(text)])),
})
const typed = (type: string, tag: number, text: string): readonly Attribute[] => [
  { oid: type, tag, value: utf8(text), text: null },
]
const subtrees = (...bases: GeneralName[]) => ({
  permitted: bases.map((base) => ({ base, minimum: 0, maximum: null })),
  excluded: null,
})
const point = (over: Partial<DistributionPoint> = {}): DistributionPoint => ({
  fullName: [uri('http://example.com/ca.crl')],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
  ...over,
})
const points = (...all: DistributionPoint[]): Parts => target({ cRLDistributionPoints: all })
const relativeName = nameFromDer(encodeName([CN('x')])).rdns[0]!
const policies = (...all: NonNullable<Extensions['certificatePolicies']>) => ({ certificatePolicies: all })
const policy = (id: string, ...qualifiers: { oid: string; value: Uint8Array }[]) => ({ oid: id, qualifiers })
const notice = (...parts: Uint8Array[]) => ({ oid: POLICY_OIDS.userNotice, value: seq(...parts) })
const mapping = (from: string, to: string) => ({
  policyMappings: [{ issuerDomainPolicy: from, subjectDomainPolicy: to }],
})
const issuerAt = (...locations: GeneralName[]): Parts =>
  target({ authorityInfoAccess: locations.map((location) => ({ method: CA_ISSUERS, location })) })

/** An extension of the target with these octets. */
const raw = (name: ExtensionName, value: Uint8Array, extensions: Extensions = { [name]: null }): Parts => ({
  target: { extensions, more: [{ oid: EXTENSION_OIDS[name], critical: false, value }] },
})

const CA_ISSUERS = ACCESS_METHOD_OIDS.caIssuers
const CA_REPOSITORY = ACCESS_METHOD_OIDS.caRepository
const ANY_POLICY = POLICY_OIDS.anyPolicy
const repository = { subjectInfoAccess: [{ method: CA_REPOSITORY, location: uri('http://example.com/') }] }
const explicitPolicy = { policyConstraints: { requireExplicitPolicy: 3, inhibitPolicyMapping: null } }

/** Rules of §4 for one certificate, each broken in an otherwise valid chain of three. */
export const RFC5280_PARTS: { readonly [C in FindingCode]?: Parts } = {
  'version-not-3': { target: { version: 2 } },
  'unique-id-in-v1': {
    target: { version: 1, issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } },
  },
  'unique-id-present': { target: { issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } } },
  'serial-negative': { target: { serialNumber: Uint8Array.of(0x80, 1) } },
  'serial-zero': { target: { serialNumber: Uint8Array.of(0) } },
  'serial-too-long': { target: { serialNumber: Uint8Array.of(0x70, ...new Uint8Array(20)) } },
  'signature-algorithm-mismatch': {
    target: {
      inner: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA384'])),
      outer: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA256'])),
    },
  },
  'signature-algorithm-parameters': {
    target: { inner: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA256']), nul()) },
  },
  'ca-subject-empty': { ca: { subject: [] } },
  'issuer-empty': { ca: { subject: [] } },
  'subject-and-san-missing': { target: { subject: [], extensions: { subjectAltName: null } } },
  'san-not-critical-empty-subject': { target: { subject: [] } },
  'san-critical-with-subject': target({}, { subjectAltName: true }),
  'email-not-in-san': {
    target: { subject: [CN(HOST), [{ oid: ATTRIBUTE_OIDS.emailAddress, text: 'a@example.com' }]] },
  },
  'name-string-type': {
    target: { subject: [typed(ATTRIBUTE_OIDS.O, TAG.TELETEX_STRING, 'Example'), CN(HOST)] },
  },
  'name-attribute-type': { target: { subject: [typed(ATTRIBUTE_OIDS.C, TAG.UTF8_STRING, 'DE'), CN(HOST)] } },
  'name-attribute-length': { target: { subject: [CN(`www.${'x'.repeat(60)}.example.com`)] } },
  'country-name-malformed': { target: { subject: [[{ oid: ATTRIBUTE_OIDS.C, text: 'DEU' }], CN(HOST)] } },
  'validity-time-type': { target: { timeTypes: { notBefore: 'UTCTime', notAfter: 'GeneralizedTime' } } },
  'aki-critical': target({}, { authorityKeyIdentifier: true }),
  'aki-missing': target({ authorityKeyIdentifier: null }),
  'aki-issuer-serial-unpaired': { target: { aki: { authorityCertIssuer: [directory('Example Root')] } } },
  'aki-ski-differ': {
    root: {
      extensions: {
        authorityKeyIdentifier: {
          keyIdentifier: new Uint8Array(20).fill(7),
          authorityCertIssuer: null,
          authorityCertSerialNumber: null,
        },
      },
    },
  },
  'aki-not-issuer-ski': { target: { aki: { keyIdentifier: new Uint8Array(20).fill(7) } } },
  'ski-critical': target({}, { subjectKeyIdentifier: true }),
  'ski-missing-in-ca': { ...ca({ subjectKeyIdentifier: null }) },
  'ski-missing': target({ subjectKeyIdentifier: null }),
  'key-usage-missing-in-ca': ca({ keyUsage: null }),
  'key-usage-not-critical': target({}, { keyUsage: false }),
  'key-usage-empty': { ...target({ keyUsage: new Set(), extKeyUsage: null }), asked: { purpose: 'any' } },
  'key-cert-sign-without-ca': target({ keyUsage: new Set(['digitalSignature', 'keyCertSign']) }),
  'encipher-only-without-key-agreement': target({ keyUsage: new Set(['digitalSignature', 'encipherOnly']) }),
  'key-usage-key-type': target({ keyUsage: new Set(['digitalSignature', 'keyEncipherment']) }),
  'key-usage-enciphers-in-ca': {
    ca: { key: 'rsa-2048', extensions: { keyUsage: new Set(['keyCertSign', 'cRLSign', 'keyEncipherment']) } },
  },
  'eku-key-usage-inconsistent': {
    ...target({ keyUsage: new Set(['nonRepudiation']) }),
    asked: { purpose: 'any' },
  },
  'policy-repeated': target(policies(policy('1.2.3'), policy('1.2.3'))),
  'policies-empty': target(policies()),
  'any-policy-qualifier': target(policies(policy(ANY_POLICY, { oid: '1.2.3', value: nul() }))),
  'policy-notice-reference': target(
    policies(policy('1.2.3', notice(seq(utf8String('Example'), seq(integer(1)))))),
  ),
  'explicit-text-type': target(policies(policy('1.2.3', notice(ia5String('x'))))),
  'explicit-text-not-utf8': target(
    policies(policy('1.2.3', notice(tlv(TAG.BMP_STRING, Uint8Array.of(0, 0x78))))),
  ),
  'explicit-text-length': target(policies(policy('1.2.3', notice(utf8String('x'.repeat(201)))))),
  'explicit-text-control-characters': target(policies(policy('1.2.3', notice(utf8String('a\u0007b'))))),
  'explicit-text-not-nfc': target(policies(policy('1.2.3', notice(utf8String('u\u0308ber'))))),
  'policy-mapping-any-policy': ca({ ...policies(policy('1.2.3')), ...mapping('1.2.3', ANY_POLICY) }),
  'policy-mappings-empty': ca({ policyMappings: [] }),
  'policy-mappings-not-critical': ca(
    { ...policies(policy('1.2.3')), ...mapping('1.2.3', '1.2.4') },
    { policyMappings: false },
  ),
  'policy-mapping-not-asserted': ca(mapping('1.2.3', '1.2.4')),
  'policy-mappings-not-in-ca': target({ ...policies(policy('1.2.3')), ...mapping('1.2.3', '1.2.4') }),
  'san-empty': target({ subjectAltName: [] }),
  'san-entry-empty': san(dns('')),
  'san-dns-space': san(dns(' ')),
  'san-dns-malformed': san(dns('a_b.example.com')),
  'san-dns-not-a-label': san(dns('b\u00fccher.example')),
  'san-email-malformed': san({ kind: 'rfc822Name', value: 'A <a@example.com>' }),
  'san-ip-length': san({ kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) }),
  'san-uri-relative': san(uri('//example.com/a')),
  'san-uri-malformed': san(uri('http://example.com/{a}')),
  'san-uri-host': san(uri('http://a_b/')),
  'ian-critical': target({ issuerAltName: [dns('example.com')] }, { issuerAltName: true }),
  'ian-malformed': target({ issuerAltName: [dns('a_b')] }),
  'subject-directory-attributes-critical': {
    ...target(
      { subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [printableString('DE')] }] },
      { subjectDirectoryAttributes: true },
    ),
  },
  'subject-directory-attributes-empty': target({ subjectDirectoryAttributes: [] }),
  'basic-constraints-not-critical': ca({}, { basicConstraints: false }),
  'path-len-without-ca': target({ basicConstraints: { ca: false, pathLen: 0 } }),
  'path-len-without-key-cert-sign': ca({
    basicConstraints: { ca: true, pathLen: 0 },
    keyUsage: new Set(['cRLSign']),
  }),
  'name-constraints-not-in-ca': target({ nameConstraints: subtrees(dns('example.com')) }),
  'name-constraints-not-critical': ca(
    { nameConstraints: subtrees(dns('example.com')) },
    { nameConstraints: false },
  ),
  'name-constraints-empty': ca({ nameConstraints: { permitted: null, excluded: null } }),
  'name-constraints-distance': ca({
    nameConstraints: {
      permitted: [{ base: dns('example.com'), minimum: 1, maximum: null }],
      excluded: null,
    },
  }),
  'name-constraints-form': ca({ nameConstraints: subtrees({ kind: 'registeredID', oid: '1.2.3' }) }),
  'name-constraints-ip-malformed': ca({
    nameConstraints: subtrees(dns('example.com'), {
      kind: 'iPAddress',
      octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 255, 0),
    }),
  }),
  'name-constraints-name-malformed': ca({
    nameConstraints: subtrees(dns('example.com'), { kind: 'rfc822Name', value: 'a@b@c' }),
  }),
  'policy-constraints-empty': ca({
    policyConstraints: { requireExplicitPolicy: null, inhibitPolicyMapping: null },
  }),
  'policy-constraints-not-critical': ca(explicitPolicy, { policyConstraints: false }),
  'policy-constraints-not-in-ca': target(explicitPolicy),
  'ext-key-usage-empty': { ...target({ extKeyUsage: [] }), asked: { purpose: 'any' } },
  'any-eku-critical': target(
    { extKeyUsage: [EKU_OIDS.serverAuth, EKU_OIDS.anyExtendedKeyUsage] },
    { extKeyUsage: true },
  ),
  'crl-distribution-points-critical': target(
    { cRLDistributionPoints: [point()] },
    { cRLDistributionPoints: true },
  ),
  'distribution-points-empty': points(),
  'distribution-point-reasons-only': points(
    point(),
    point({ fullName: null, reasons: new Set(['keyCompromise']) }),
  ),
  'distribution-points-not-all-reasons': points(point({ reasons: new Set(['keyCompromise']) })),
  'distribution-point-crl-issuer': points(point({ cRLIssuer: [directory('Example Issuing CA')] })),
  'distribution-point-relative-name': points(
    point(),
    point({ fullName: null, nameRelativeToCRLIssuer: relativeName }),
  ),
  'distribution-point-relative-name-ambiguous': points(
    point({
      fullName: null,
      nameRelativeToCRLIssuer: relativeName,
      cRLIssuer: [directory('a'), directory('b')],
    }),
  ),
  'distribution-point-uri': points(point({ fullName: [uri('ldap://example.com/cn=x')] })),
  'distribution-points-no-uri': points(point({ fullName: [directory('x')] })),
  'inhibit-any-policy-not-critical': ca({ inhibitAnyPolicy: 1 }, { inhibitAnyPolicy: false }),
  'inhibit-any-policy-not-in-ca': target({ inhibitAnyPolicy: 0 }),
  'freshest-crl-critical': target({ freshestCRL: [point()] }, { freshestCRL: true }),
  'authority-info-access-critical': target(
    { authorityInfoAccess: [{ method: CA_ISSUERS, location: uri('http://example.com/ca.cer') }] },
    { authorityInfoAccess: true },
  ),
  'subject-info-access-critical': ca(repository, { subjectInfoAccess: true }),
  'info-access-empty': target({ authorityInfoAccess: [] }),
  'access-location-uri': issuerAt(uri('http://example.com/ca.cer'), uri('/ca.cer')),
  'ca-issuers-no-uri': issuerAt(directory('x')),
  'subject-info-access-method': target(repository),
  'validity-reversed': { target: { notBefore: inDays(-1), notAfter: inDays(-2) } },
  'key-algorithm-parameters': { target: { spki: rsaKeyWithoutParameters } },
  'ec-parameters-not-named': { target: { spki: explicitCurve } },
  // X.690 rules beyond tag and length, and what cannot be parsed at all.
  'der-default-encoded': raw('basicConstraints', seq(boolean(false))),
  'named-bits-unknown': raw('keyUsage', bitString(Uint8Array.of(0x80, 0, 1))),
  'der-named-bits-trailing-zeros': raw('keyUsage', bitString(Uint8Array.of(0x80))),
  'extension-unreadable': raw('cRLDistributionPoints', nul()),
  'der-set-order': raw(
    'subjectDirectoryAttributes',
    seq(seq(oid('1.3.6.1.5.5.7.9.4'), tlv(TAG.SET, concat([printableString('FR'), printableString('DE')])))),
  ),
  'string-type-broken': {
    target: { subject: [typed(ATTRIBUTE_OIDS.O, TAG.PRINTABLE_STRING, 'a@b'), CN(HOST)] },
  },
  'rdn-empty': { target: { subject: [[], CN(HOST)] } },
  'extensions-empty': { target: { emptyExtensions: true }, asked: { profile: 'path', purpose: 'any' } },
  'bit-string-not-octets': { target: { spki: sevenBits } },
  'extension-repeated': raw('subjectKeyIdentifier', octetString(new Uint8Array(20)), {}),
}
