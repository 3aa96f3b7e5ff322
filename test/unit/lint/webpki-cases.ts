import { ia5String, oid, seq, utf8String } from '../../../src/der/writer.ts'
import type { FindingCode } from '../../../src/findings.ts'
import type { DistributionPoint } from '../../../src/x509/extensions/distribution-points.ts'
import { readTimestampList } from '../../../src/x509/extensions/signed-timestamps.ts'
import { nameFromDer } from '../../../src/x509/name.ts'
import {
  dns,
  ip,
  names,
  POLICY,
  SERVER,
  ANY,
  ANY_POLICY,
  point,
  responder,
  policies,
  DV,
  OV,
  IV,
  EV,
  subject,
  constrained,
  LISTED,
  cps,
  timestamps,
  aki,
  server,
  authority,
  anchor,
  changed,
  withSpki,
  withRsa,
  algorithm,
  belowP384,
} from './webpki-draw.ts'
import type { Draw } from './webpki-draw.ts'

/** Replaces the case that breaks the rule: its example (services/validate/examples/webpki.ts). */
export const EXAMPLE = 'example'

/** Code, the case that breaks the rule, and the most similar one that does not. */
export const WEBPKI_CASES: readonly (readonly [FindingCode, Draw | typeof EXAMPLE, Draw])[] = [
  [
    'br-key-algorithm',
    withSpki({ algorithm: algorithm(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.1')) }),
    server(),
  ],
  ['br-rsa-size', withRsa(2052), withRsa(2048)],
  ['br-rsa-size', EXAMPLE, withRsa(3072)],
  ['br-rsa-exponent', EXAMPLE, withRsa(2048, 3n)],
  ['br-rsa-exponent', withRsa(2048, 65538n), withRsa(2048)],
  [
    'br-signature-algorithm',
    changed(server(), () => ({ signature: algorithm(oid('1.2.840.10045.4.1')) })),
    server(),
  ],
  ['br-signature-hash-for-curve', EXAMPLE, server({ signature: 'ecdsa-sha384' }, belowP384)],
  ['br-version', changed(server(), () => ({ version: 1 })), server()],
  ['br-unique-id', EXAMPLE, server()],
  [
    'br-serial-short',
    server({ serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7) }),
    server({ serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }),
  ],
  [
    'br-validity-too-long',
    server({ notAfter: new Date('2027-02-03T00:00:00Z') }),
    server({ notAfter: new Date('2027-02-02T23:59:59Z') }),
  ],
  [
    'br-validity-too-long',
    server({ notBefore: new Date('2026-03-15T00:00:00Z'), notAfter: new Date('2026-10-01T00:00:00Z') }),
    server({ notBefore: new Date('2026-03-15T00:00:00Z'), notAfter: new Date('2026-09-30T23:59:59Z') }),
  ],
  ['br-issuer-name-bytes', EXAMPLE, server()],
  ['br-san-missing', EXAMPLE, server()],
  ['br-san-critical', EXAMPLE, server(names(dns('example.com')))],
  ['br-san-kind', EXAMPLE, server(names(dns('example.com'), ip(9, 9, 9, 9)))],
  ...[
    '10.0.0.1',
    'a*.example.com',
    'a.*.example.com',
    '*.*.example.com',
    '*',
    'a_b.example.com',
    '-a.example.com',
    'example.com.',
    '.example.com',
    'xx--a.example.com',
    'xn--.example.com',
    'é.example.com',
  ].map(
    (name) => ['br-dns-name', server(names(dns(name))), server(names(dns('*.a-b.example.com')))] as const,
  ),
  ['br-dns-name', server(names(dns('ab--c.example.com'))), server(names(dns('xn--n3h.example.com')))],
  ['br-internal-name', server(names(dns('localhost'))), server(names(dns('local.host')))],
  ['br-wildcard-of-top-level', EXAMPLE, server(names(dns('*.example.com')))],
  ['br-reserved-address', server(names(ip(192, 168, 0, 1))), server(names(ip(192, 169, 0, 1)))],
  ['br-reserved-address', server(names(ip(172, 31, 0, 1))), server(names(ip(172, 32, 0, 1)))],
  [
    'br-reserved-address',
    server(names(ip(...new Array<number>(15).fill(0), 1))),
    server(names(ip(0x26, 6, 0x47, 0, ...new Array<number>(12).fill(1)))),
  ],
  ['br-common-name-repeated', EXAMPLE, server()],
  ['br-common-name-not-in-san', server({ subject: 'CN=other.example' }), server({ subject: 'C=CH' })],
  ['br-common-name-not-in-san', server({ subject: 'CN=Example.com' }), server({ subject: 'CN=example.com' })],
  ['br-common-name-below-wildcard', EXAMPLE, server()],
  ['br-eku-missing', EXAMPLE, server()],
  [
    'br-eku-server-auth-missing',
    EXAMPLE,
    server({ extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2', SERVER] } }),
  ],
  ['br-eku-any', EXAMPLE, server()],
  ['br-eku-forbidden', EXAMPLE, server({ extensions: { extKeyUsage: [SERVER, '1.2.3'] } })],
  ['br-eku-critical', EXAMPLE, server()],
  ['br-eku-in-root', EXAMPLE, authority({ extensions: { extKeyUsage: [SERVER] } })],
  [
    'br-ca-eku-forbidden',
    authority({ extensions: { extKeyUsage: [SERVER, ANY] } }),
    authority({ extensions: { extKeyUsage: [ANY] } }),
  ],
  [
    'br-ca-eku-forbidden',
    authority({ extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.4', ANY] } }),
    authority({ extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.2'] } }),
  ],
  ['br-ca-eku-missing', EXAMPLE, authority()],
  ['br-ca-policies', authority({ extensions: { certificatePolicies: null } }), authority()],
  ['br-ca-policies', EXAMPLE, authority(policies(ANY_POLICY))],
  ['br-ca-policies', authority(policies(DV, OV)), authority(policies(DV, '1.2.3'))],
  ['br-ca-policies', authority(policies(ANY_POLICY, DV)), authority(policies(DV))],
  ['br-ca-subject', EXAMPLE, authority()],
  [
    'br-organizational-unit-in-ca',
    EXAMPLE,
    authority({ subject: 'C=CH,O=Example,OU=IT,CN=CA', notBefore: new Date('2022-08-31T23:59:59Z') }),
  ],
  ...(
    [
      { reasons: new Set(['keyCompromise']) },
      { cRLIssuer: [dns('example.com')] },
      { fullName: null, nameRelativeToCRLIssuer: [] },
    ] as const
  ).map(
    (odd) =>
      [
        'br-distribution-point-field',
        changed(server(), () => ({
          cRLDistributionPoints: [{ ...LISTED[0]!, ...odd }] as DistributionPoint[],
        })),
        server(),
      ] as const,
  ),
  [
    'br-crl-address-missing',
    EXAMPLE,
    server({
      extensions: {
        cRLDistributionPoints: null,
        authorityInfoAccess: [
          {
            method: '1.3.6.1.5.5.7.48.1',
            location: { kind: 'uniformResourceIdentifier', value: 'http://ocsp.example.com/' },
          },
        ],
      },
    }),
  ],
  [
    'br-crl-address-missing',
    server({ extensions: { cRLDistributionPoints: null }, notAfter: new Date('2026-01-11T00:00:00Z') }),
    server({ extensions: { cRLDistributionPoints: null }, notAfter: new Date('2026-01-10T23:59:59Z') }),
  ],
  ['br-crl-address-missing', authority({ extensions: { cRLDistributionPoints: null } }), anchor()],
  ['br-digital-signature-missing', EXAMPLE, server()],
  [
    'br-basic-constraints-not-critical',
    EXAMPLE,
    server({ extensions: { basicConstraints: { ca: false, pathLen: null } } }),
  ],
  ['br-responder-extension', EXAMPLE, responder()],
  ['br-responder-extension', responder({ subjectAltName: [dns('example.com')] }), server()],
  ['br-responder-key-usage', responder({ keyUsage: null }), responder()],
  ['br-responder-key-usage', EXAMPLE, server()],
  ['br-responder-eku', EXAMPLE, responder()],
  ['br-policies-several', EXAMPLE, server(policies(DV, '1.2.3'))],
  ['br-policy-not-first', EXAMPLE, server(policies(DV, '1.2.3'))],
  ['br-subject-attribute', EXAMPLE, server(subject('C=CH,CN=example.com', DV))],
  ['br-subject-attribute', server(subject('C=CH,ST=ZH,O=A,OU=B', OV)), server(subject('C=CH,ST=ZH,O=A', OV))],
  [
    'br-subject-attribute',
    server(subject('C=CH,L=ZH,O=A,SN=B', OV)),
    server(subject('C=CH,L=ZH,GN=A,SN=B', IV)),
  ],
  ['br-subject-attribute-missing', EXAMPLE, server(subject('C=CH,L=ZH,O=A', OV))],
  [
    'br-subject-attribute-missing',
    server(subject('C=CH,L=ZH,SN=B', IV)),
    server(subject('CN=example.com', DV)),
  ],
  ['br-subject-attribute-missing', server(subject('C=CH,O=A', EV)), server(subject('', '1.2.3'))],
  [
    'br-access-method',
    EXAMPLE,
    server({
      extensions: { authorityInfoAccess: [{ method: '1.3.6.1.5.5.7.48.2', location: dns('example.com') }] },
    }),
  ],
  [
    'br-cps-address',
    server(cps(ia5String('www.example.com/cps'))),
    server(cps(ia5String('https://example.com'))),
  ],
  [
    'br-cps-address',
    server(cps(utf8String('https://example.com'))),
    server(cps(ia5String('http://example.com'))),
  ],
  ['br-eku-other', EXAMPLE, server({ extensions: { extKeyUsage: [SERVER, '1.3.6.1.5.5.7.3.2'] } })],
  ['br-root-path-len', EXAMPLE, authority({ pathLen: 1 })],
  [
    'br-name-constraints-reserved',
    EXAMPLE,
    constrained([ip(9, 0, 0, 0, 255, 0, 0, 0)], [ip(10, 0, 0, 0, 255, 0, 0, 0)]),
  ],
  [
    'br-name-constraints-directory-excluded',
    EXAMPLE,
    constrained([{ kind: 'directoryName', name: nameFromDer(seq()) }], [dns('example.org')]),
  ],
  ['sct-list-malformed', EXAMPLE, timestamps(0, 49, 0, 47, ...new Array<number>(47).fill(1))],
  ['sct-list-malformed', timestamps(), timestamps(0, 49, 0, 47, ...new Array<number>(47).fill(1))],
  ['sct-list-malformed', timestamps(0, 3, 0, 1, 1), server()],
  ['sct-list-malformed', timestamps(0, 49, 0, 48, ...new Array<number>(47).fill(1)), server()],
  [
    'sct-list-malformed',
    server({ extensions: { signedCertificateTimestamps: readTimestampList(Uint8Array.of(1, 2, 3)) } }),
    server(),
  ],
  ['precertificate-with-timestamps', EXAMPLE, server({ extensions: { precertificatePoison: true } })],
  [
    'chrome-client-auth',
    server({
      notBefore: new Date('2026-06-15T00:00:00Z'),
      notAfter: new Date('2026-07-01T00:00:00Z'),
      extensions: { extKeyUsage: [SERVER, '1.3.6.1.5.5.7.3.2'] },
    }),
    server({ extensions: { extKeyUsage: [SERVER, '1.3.6.1.5.5.7.3.2'] } }),
  ],
  ['br-target-is-ca', EXAMPLE, server({ extensions: { basicConstraints: { ca: false, pathLen: null } } })],
  [
    'br-target-key-usage',
    server({ extensions: { keyUsage: new Set(['digitalSignature', 'keyEncipherment']) } }),
    server({ extensions: { keyUsage: new Set(['digitalSignature', 'keyAgreement']) } }),
  ],
  ['br-key-usage-not-critical', EXAMPLE, server({ extensions: { keyUsage: null } })],
  ['br-ca-key-usage', EXAMPLE, authority()],
  ['br-aki-missing', EXAMPLE, anchor()],
  ['br-aki-key-identifier-missing', EXAMPLE, server()],
  ['br-aki-issuer-and-serial', EXAMPLE, server()],
  ['br-aki-mismatch', EXAMPLE, server()],
  [
    'br-aki-mismatch',
    changed(anchor(), () => ({
      authorityKeyIdentifier: {
        keyIdentifier: Uint8Array.of(1),
        authorityCertIssuer: null,
        authorityCertSerialNumber: null,
      },
    })),
    changed(anchor(), (certificate) => ({ authorityKeyIdentifier: aki(certificate) })),
  ],
  [
    'br-name-constraints-empty',
    EXAMPLE,
    authority({
      extensions: {
        nameConstraints: {
          permitted: [{ base: dns('example.com'), minimum: 0, maximum: null }],
          excluded: null,
        },
      },
    }),
  ],
  [
    'br-name-constraints-kind',
    EXAMPLE,
    authority({
      extensions: {
        nameConstraints: {
          permitted: [{ base: ip(10, 0, 0, 0, 255, 0, 0, 0), minimum: 0, maximum: null }],
          excluded: null,
        },
      },
    }),
  ],
  ['br-policy-missing', EXAMPLE, server()],
  ['br-policy-any', EXAMPLE, server()],
  [
    'br-policy-qualifier',
    EXAMPLE,
    changed(server(), () => ({
      certificatePolicies: [{ ...POLICY[0]!, qualifiers: [{ oid: '1.3.6.1.5.5.7.2.1', value: seq() }] }],
    })),
  ],
  [
    'br-address-not-http',
    server({ extensions: { cRLDistributionPoints: [point('https://a/')] } }),
    server({ extensions: { cRLDistributionPoints: [point('http://a/')] } }),
  ],
]
