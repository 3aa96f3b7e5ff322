import { TAG } from '../../../src/der/reader.ts'
import { bitString, boolean, nul, octetString, oid, seq, tlv, utf8String } from '../../../src/der/writer.ts'
import type { FindingCode } from '../../../src/findings.ts'
import type { DistributionPoint } from '../../../src/x509/extensions/distribution-points.ts'
import type { ExtensionName } from '../../../src/x509/extensions/values.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { ACCESS_METHOD_OIDS, ATTRIBUTE_OIDS, EKU_OIDS, EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { CN, HOST, inDays } from '../../../src/services/validate/examples/draw.ts'
import type { Drawing, Parts } from '../../../src/services/validate/examples/draw.ts'

type Extensions = NonNullable<Drawing['extensions']>

const target = (extensions: Extensions, critical: Drawing['critical'] = {}): Parts => ({
  target: { extensions, critical },
})
const ca = (extensions: Extensions, critical: Drawing['critical'] = {}): Parts => ({
  ca: { extensions, critical },
})
const root = (extensions: Extensions, critical: Drawing['critical'] = {}): Parts => ({
  root: { extensions, critical },
})
const raw = (name: ExtensionName, value: Uint8Array, critical = false): Parts => ({
  target: { extensions: { [name]: null }, more: [{ oid: EXTENSION_OIDS[name], critical, value }] },
})
const twice = (id: string, value: Uint8Array): Parts => ({
  target: {
    more: [
      { oid: id, critical: false, value },
      { oid: id, critical: false, value },
    ],
  },
})
const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value })
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })
const san = (...names: GeneralName[]): Parts => target({ subjectAltName: [dns(HOST), ...names] })
const point = (over: Partial<DistributionPoint>): Parts =>
  target({
    cRLDistributionPoints: [
      {
        fullName: [uri('http://example.com/ca.crl')],
        nameRelativeToCRLIssuer: null,
        reasons: null,
        cRLIssuer: null,
        ...over,
      },
    ],
  })
const typed = (type: string, tag: number, ...octets: number[]): Parts => ({
  target: { subject: [[{ oid: type, tag, value: Uint8Array.from(octets), text: null }], CN(HOST)] },
})
const letters = (text: string): number[] => [...new TextEncoder().encode(text)]
const policies = (...ids: string[]): Extensions => ({
  certificatePolicies: ids.map((each) => ({ oid: each, qualifiers: [] })),
})
const serial = (...octets: number[]): Parts => ({ target: { serialNumber: Uint8Array.from(octets) } })
const { O, OU, C, emailAddress, ST } = ATTRIBUTE_OIDS
const subtrees = (...bases: GeneralName[]) => bases.map((base) => ({ base, minimum: 0, maximum: null }))

/** Further forms of a fault, beside the example of its code: where programs differ between them, nothing is said of it. */
export const MORE_FORMS: { readonly [C in FindingCode]?: readonly Parts[] } = {
  'version-not-3': [
    { target: { version: 4 } },
    { ca: { version: 4 } },
    { ca: { version: 2 } },
    { root: { version: 1 } },
  ],
  'serial-negative': [serial(0xff), serial(0x80, ...new Array<number>(15).fill(3))],
  'serial-too-long': [
    serial(...new Array<number>(40).fill(0x11)),
    serial(0, 0xff, ...new Array<number>(20).fill(3)),
  ],
  'name-attribute-type': [
    typed(C, TAG.TELETEX_STRING, ...letters('DE')),
    typed(ATTRIBUTE_OIDS.serialNumber, TAG.UTF8_STRING, ...letters('17')),
    typed(emailAddress, TAG.UTF8_STRING, ...letters('a@example.com')),
    typed(ATTRIBUTE_OIDS.dnQualifier, TAG.UTF8_STRING, ...letters('x')),
    typed(ATTRIBUTE_OIDS.DC, TAG.UTF8_STRING, ...letters('example')),
  ],
  'name-attribute-length': [
    typed(O, TAG.UTF8_STRING, ...letters('o'.repeat(80))),
    typed(ST, TAG.PRINTABLE_STRING, ...letters('s'.repeat(200))),
    typed(OU, TAG.UTF8_STRING, ...letters('u'.repeat(70))),
    typed(O, TAG.UTF8_STRING),
  ],
  'country-name-malformed': [
    typed(C, TAG.PRINTABLE_STRING, ...letters('D')),
    typed(C, TAG.PRINTABLE_STRING, ...letters('--')),
    typed(C, TAG.PRINTABLE_STRING, ...letters('Germany')),
  ],
  'string-type-broken': [
    typed(O, TAG.PRINTABLE_STRING, ...letters('a_b')),
    typed(O, TAG.PRINTABLE_STRING, ...letters('a*b')),
    typed(O, TAG.UTF8_STRING, 0xff, 0xfe),
    typed(O, TAG.IA5_STRING, 0xe9),
    san(mail('b\u00fc@example.com')),
  ],
  'validity-time-type': [
    { target: { timeTypes: { notBefore: 'GeneralizedTime', notAfter: 'GeneralizedTime' } } },
    { target: { timeTypes: { notBefore: 'GeneralizedTime', notAfter: 'UTCTime' } } },
  ],
  'validity-reversed': [{ target: { notBefore: inDays(-1), notAfter: inDays(-20) } }],
  'rdn-empty': [{ target: { subject: [CN(HOST), []] } }],
  'aki-missing': [target({ authorityKeyIdentifier: null, subjectKeyIdentifier: null })],
  'key-usage-key-type': [
    target({ keyUsage: new Set(['digitalSignature', 'keyEncipherment', 'dataEncipherment']) }),
    ca({ keyUsage: new Set(['keyCertSign', 'cRLSign', 'keyEncipherment']) }),
    root({ keyUsage: new Set(['keyCertSign', 'cRLSign', 'keyEncipherment']) }),
  ],
  'key-cert-sign-without-ca': [
    target({
      keyUsage: new Set(['digitalSignature', 'keyCertSign', 'cRLSign']),
      basicConstraints: { ca: false, pathLen: null },
    }),
  ],
  'key-usage-missing-in-ca': [root({ keyUsage: null })],
  'basic-constraints-not-critical': [root({}, { basicConstraints: false })],
  'ski-missing-in-ca': [root({ subjectKeyIdentifier: null })],
  'path-len-without-ca': [target({ basicConstraints: { ca: false, pathLen: 3 } })],
  'policy-repeated': [
    target(policies('1.2.3', '1.2.4', '1.2.3')),
    target(policies('2.23.140.1.2.1', '2.23.140.1.2.1')),
  ],
  'san-dns-malformed': [
    san(dns('_dmarc.example.com')),
    san(dns('-a.example.com')),
    san(dns('a..example.com')),
    san(dns('*a.example.com')),
    san(dns('a.*.example.com')),
    san(dns('http://example.com')),
    san(dns('.example.com')),
    san(dns(`${'a'.repeat(70)}.example.com`)),
    san(dns('a b.example.com')),
    target({ subjectAltName: [dns('a_b.example.com'), dns(HOST)] }),
  ],
  'san-dns-space': [target({ subjectAltName: [dns(' '), dns(HOST)] })],
  'san-entry-empty': [san(mail('')), san(uri(''))],
  'san-email-malformed': [
    san(mail('@example.com')),
    san(mail('a@b@c')),
    san(mail('a')),
    san(mail('mailto:a@example.com')),
  ],
  'san-ip-length': [
    san({ kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0) }),
    san({ kind: 'iPAddress', octets: new Uint8Array(0) }),
  ],
  'san-uri-relative': [san(uri('example.com')), san(uri('/a/b'))],
  'san-uri-malformed': [san(uri('http://example.com/a b')), san(uri('http://example.com/%zz'))],
  'san-uri-host': [san(uri('http://')), san(uri('http://-a.example/'))],
  'ian-malformed': [
    target({ issuerAltName: [mail('a')] }),
    target({ issuerAltName: [uri('a')] }),
    target({ issuerAltName: [] }),
  ],
  'ext-key-usage-empty': [ca({ extKeyUsage: [] })],
  'der-default-encoded': [
    raw('basicConstraints', seq(boolean(false)), true),
    { ca: { extensions: { nameConstraints: null }, more: [minimumWritten()] } },
    { root: { extensions: { nameConstraints: null }, more: [minimumWritten()] } },
  ],
  'der-named-bits-trailing-zeros': [
    raw('keyUsage', bitString(Uint8Array.of(0x80)), true),
    raw('keyUsage', bitString(Uint8Array.of(0x80, 0x00)), true),
    raw('keyUsage', bitString(Uint8Array.of(0xa0, 0x00)), true),
    { ca: caUsage(bitString(Uint8Array.of(0x06))) },
    { ca: caUsage(bitString(Uint8Array.of(0x06, 0x00))) },
    { root: caUsage(bitString(Uint8Array.of(0x06))) },
  ],
  'extension-repeated': [
    twice(EXTENSION_OIDS.issuerAltName, seq(tlv(0x82, new TextEncoder().encode('a.example')))),
    twice('1.2.3.4', nul()),
    twice(EXTENSION_OIDS.certificatePolicies, seq(seq(oid('1.2.3')))),
    {
      ca: {
        more: [
          {
            oid: EXTENSION_OIDS.subjectKeyIdentifier,
            critical: false,
            value: octetString(new Uint8Array(20)),
          },
        ],
      },
    },
    {
      root: {
        more: [
          { oid: '1.2.3.4', critical: false, value: nul() },
          { oid: '1.2.3.4', critical: false, value: nul() },
        ],
      },
    },
  ],
  'name-constraints-not-in-ca': [
    target(
      { nameConstraints: { permitted: null, excluded: subtrees(dns('example.org')) } },
      { nameConstraints: false },
    ),
  ],
  'name-constraints-distance': [
    ca({
      nameConstraints: { permitted: [{ base: dns('example.com'), minimum: 0, maximum: 3 }], excluded: null },
    }),
  ],
  'policy-constraints-not-in-ca': [
    target(
      { policyConstraints: { requireExplicitPolicy: 3, inhibitPolicyMapping: null } },
      { policyConstraints: false },
    ),
  ],
  'distribution-point-uri': [
    point({ fullName: [uri('ca.crl')] }),
    point({ fullName: [uri('ldap:///cn=x')] }),
    point({ fullName: [uri('file://server/ca.crl')] }),
  ],
  'distribution-point-crl-issuer': [point({ fullName: null, cRLIssuer: [uri('http://example.com')] })],
  'access-location-uri': [
    target({ authorityInfoAccess: [{ method: ACCESS_METHOD_OIDS.ocsp, location: uri('ocsp.example.com') }] }),
    target({ authorityInfoAccess: [{ method: ACCESS_METHOD_OIDS.caIssuers, location: uri('ldap:x') }] }),
  ],
  'email-not-in-san': [
    {
      target: {
        subject: [CN(HOST), [{ oid: emailAddress, text: 'root@example.org' }]],
        extensions: { subjectAltName: [dns(HOST), mail('a@example.com')] },
      },
    },
  ],
  'eku-key-usage-inconsistent': [
    target({ extKeyUsage: [EKU_OIDS.codeSigning], keyUsage: new Set(['keyEncipherment']) }),
  ].map((parts) => ({ ...parts, asked: { purpose: 'codeSigning' } })),
  'any-policy-qualifier': [
    target({
      certificatePolicies: [{ oid: '2.5.29.32.0', qualifiers: [{ oid: '1.2.3.5', value: utf8String('x') }] }],
    }),
  ],
  'subject-and-san-missing': [
    { target: { subject: [], extensions: { subjectAltName: null } }, asked: { purpose: 'any' } },
  ],
  'unique-id-present': [
    { target: { version: 2, issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } } },
  ],
}

/** A name constraint whose minimum of 0 is written out, which DER leaves out. */
function minimumWritten() {
  const subtree = seq(tlv(0x82, new TextEncoder().encode('example.com')), tlv(0x80, Uint8Array.of(0)))
  return { oid: EXTENSION_OIDS.nameConstraints, critical: true, value: seq(tlv(0xa0, subtree)) }
}

function caUsage(value: Uint8Array): Drawing {
  return { extensions: { keyUsage: null }, more: [{ oid: EXTENSION_OIDS.keyUsage, critical: true, value }] }
}
