import { beforeAll, describe, expect, test } from 'vitest'
import { oid, seq } from '../../../src/der/writer.ts'
import { FINDINGS } from '../../../src/findings.ts'
import type { FindingCode } from '../../../src/findings.ts'
import { lint } from '../../../src/lint/lint.ts'
import { refuses } from '../../../src/lint/profiles.ts'
import type { Place } from '../../../src/lint/rule.ts'
import { addressText } from '../../../src/lint/webpki/address-text.ts'
import { WEBPKI_RULES } from '../../../src/lint/webpki/rules.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import type { DistributionPoint } from '../../../src/x509/extensions/distribution-points.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'
import type { Drawing, Drawn } from '../../support/chain.ts'
import { drawKey, endEntity, intermediate, root } from '../../support/chain.ts'

let top: Drawn
let ca: Drawn
let p384: Drawn

beforeAll(async () => {
  top = await root()
  ca = await intermediate(top)
  p384 = await intermediate(top, { key: await drawKey('p384') })
})

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const ip = (...octets: number[]): GeneralName => ({ kind: 'iPAddress', octets: Uint8Array.from(octets) })
const names = (...subjectAltName: GeneralName[]): Drawing => ({
  subject: '',
  extensions: { subjectAltName },
  critical: { subjectAltName: true },
})
const POLICY = [{ oid: '2.23.140.1.2.1', qualifiers: [] }]
const SERVER = '1.3.6.1.5.5.7.3.1'
const CODE = '1.3.6.1.5.5.7.3.3'
const ANY = '2.5.29.37.0'
const point = (address: string): DistributionPoint => ({
  fullName: [{ kind: 'uniformResourceIdentifier', value: address }],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
})
const aki = (certificate: Certificate) => ({
  keyIdentifier: certificate.subjectKeyIdentifier,
  authorityCertIssuer: null,
  authorityCertSerialNumber: null,
})

interface Subject {
  readonly certificate: Certificate
  readonly issuer: Certificate | null
  readonly place: Place
}
type Draw = () => Promise<Subject>

/** A server certificate that meets every rule, but for what is drawn otherwise. */
const server =
  (drawing: Drawing = {}, issuer: () => Drawn = () => ca): Draw =>
  async () => {
    const extensions = { certificatePolicies: POLICY, ...drawing.extensions }
    const { certificate } = await endEntity(issuer(), {
      notAfter: new Date('2026-06-01T00:00:00Z'),
      ...drawing,
      extensions,
    })
    return { certificate, issuer: issuer().certificate, place: 'target' }
  }
const authority =
  (drawing: Drawing = {}): Draw =>
  async () => ({
    certificate: (await intermediate(top, drawing)).certificate,
    issuer: top.certificate,
    place: 'ca',
  })
const anchor =
  (drawing: Drawing = {}): Draw =>
  async () => ({ certificate: (await root(drawing)).certificate, issuer: null, place: 'anchor' })
/** What nobody here can make: changed after it was read. */
const changed =
  (draw: Draw, change: (certificate: Certificate) => Partial<Certificate>): Draw =>
  async () => {
    const drawn = await draw()
    const changes = change(drawn.certificate)
    const added = Object.entries(EXTENSION_OIDS).flatMap(([name, oid]) =>
      name in changes ? [{ oid, critical: false, value: new Uint8Array(0), offset: 0 }] : [],
    )
    const extensions = [...drawn.certificate.extensions, ...added]
    return { ...drawn, certificate: { ...drawn.certificate, ...changes, extensions } }
  }
const withSpki = (change: Partial<Certificate['spki']>): Draw =>
  changed(server(), ({ spki }) => ({ spki: { ...spki, ...change } }))
const withRsa = (modulusBits: number, exponent = 65537n): Draw =>
  withSpki({ rsa: { modulusBits, modulus: new Uint8Array(1), exponent } })
const algorithm = (...parts: Uint8Array[]) => {
  const der = seq(...parts)
  return { der, oid: '1.2.840.10045.2.1', parameters: null }
}

async function codes(draw: Draw): Promise<FindingCode[]> {
  const { certificate, issuer, place } = await draw()
  return lint(certificate, WEBPKI_RULES, { place, issuedAt: certificate.notBefore, issuer }).map(
    ({ code }) => code,
  )
}

/** Code, what breaks the rule, and the nearest that does not. */
const CASES: readonly (readonly [FindingCode, Draw, Draw])[] = [
  [
    'br-key-algorithm',
    withSpki({ algorithm: algorithm(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.1')) }),
    server(),
  ],
  ['br-rsa-size', withRsa(2052), withRsa(2048)],
  ['br-rsa-size', withRsa(1024), withRsa(3072)],
  ['br-rsa-exponent', withRsa(2048, 1n), withRsa(2048, 3n)],
  ['br-rsa-exponent', withRsa(2048, 65538n), withRsa(2048)],
  [
    'br-signature-algorithm',
    changed(server(), () => ({ signature: algorithm(oid('1.2.840.10045.4.1')) })),
    server(),
  ],
  [
    'br-signature-hash-for-curve',
    server({ signature: 'ecdsa-sha256' }, () => p384),
    server({ signature: 'ecdsa-sha384' }, () => p384),
  ],
  ['br-version', changed(server(), () => ({ version: 1 })), server()],
  [
    'br-unique-id',
    changed(server(), () => ({ issuerUniqueID: { unusedBits: 0, bytes: Uint8Array.of(1) } })),
    server(),
  ],
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
  ['br-issuer-name-bytes', server({ issuerName: 'CN=ca 1' }), server()],
  ['br-san-missing', server({ extensions: { subjectAltName: null } }), server()],
  ['br-san-critical', server({ critical: { subjectAltName: true } }), server(names(dns('example.com')))],
  [
    'br-san-kind',
    server(names(dns('example.com'), { kind: 'rfc822Name', value: 'a@example.com' })),
    server(names(dns('example.com'), ip(9, 9, 9, 9))),
  ],
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
  ['br-wildcard-of-top-level', server(names(dns('*.com'))), server(names(dns('*.example.com')))],
  ['br-reserved-address', server(names(ip(192, 168, 0, 1))), server(names(ip(192, 169, 0, 1)))],
  ['br-reserved-address', server(names(ip(172, 31, 0, 1))), server(names(ip(172, 32, 0, 1)))],
  [
    'br-reserved-address',
    server(names(ip(...new Array<number>(15).fill(0), 1))),
    server(names(ip(0x26, 6, 0x47, 0, ...new Array<number>(12).fill(1)))),
  ],
  ['br-common-name-repeated', server({ subject: 'CN=example.com,CN=example.com' }), server()],
  ['br-common-name-not-in-san', server({ subject: 'CN=other.example' }), server({ subject: 'O=Example' })],
  ['br-common-name-not-in-san', server({ subject: 'CN=Example.com' }), server({ subject: 'CN=example.com' })],
  [
    'br-common-name-below-wildcard',
    server({ extensions: { subjectAltName: [dns('*.example.com')] } }),
    server(),
  ],
  ['br-eku-missing', server({ extensions: { extKeyUsage: null } }), server()],
  [
    'br-eku-server-auth-missing',
    server({ extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2'] } }),
    server({ extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.2', SERVER] } }),
  ],
  ['br-eku-any', server({ extensions: { extKeyUsage: [SERVER, ANY] } }), server()],
  [
    'br-eku-forbidden',
    server({ extensions: { extKeyUsage: [SERVER, CODE] } }),
    server({ extensions: { extKeyUsage: [SERVER, '1.2.3'] } }),
  ],
  ['br-eku-critical', server({ critical: { extKeyUsage: true } }), server()],
  [
    'br-eku-in-root',
    anchor({ extensions: { extKeyUsage: [SERVER] } }),
    authority({ extensions: { extKeyUsage: [SERVER] } }),
  ],
  [
    'br-ca-eku-forbidden',
    authority({ extensions: { extKeyUsage: [SERVER, ANY] } }),
    authority({ extensions: { extKeyUsage: [ANY] } }),
  ],
  [
    'br-target-is-ca',
    server({ extensions: { basicConstraints: { ca: true, pathLen: null } } }),
    server({ extensions: { basicConstraints: { ca: false, pathLen: null } } }),
  ],
  [
    'br-target-key-usage',
    server({ extensions: { keyUsage: new Set(['digitalSignature', 'keyEncipherment']) } }),
    server({ extensions: { keyUsage: new Set(['digitalSignature', 'keyAgreement']) } }),
  ],
  [
    'br-key-usage-not-critical',
    server({ critical: { keyUsage: false } }),
    server({ extensions: { keyUsage: null } }),
  ],
  ['br-ca-key-usage', authority({ extensions: { keyUsage: new Set(['keyCertSign']) } }), authority()],
  ['br-aki-missing', server({ extensions: { authorityKeyIdentifier: null } }), anchor()],
  [
    'br-aki-key-identifier-missing',
    server({
      extensions: {
        authorityKeyIdentifier: {
          keyIdentifier: null,
          authorityCertIssuer: null,
          authorityCertSerialNumber: null,
        },
      },
    }),
    server(),
  ],
  [
    'br-aki-issuer-and-serial',
    changed(server(), ({ authorityKeyIdentifier }) => ({
      authorityKeyIdentifier: { ...authorityKeyIdentifier!, authorityCertSerialNumber: Uint8Array.of(1) },
    })),
    server(),
  ],
  [
    'br-aki-mismatch',
    changed(server(), ({ subjectKeyIdentifier }) => ({
      authorityKeyIdentifier: {
        keyIdentifier: subjectKeyIdentifier,
        authorityCertIssuer: null,
        authorityCertSerialNumber: null,
      },
    })),
    server(),
  ],
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
    changed(authority(), () => ({ nameConstraints: { permitted: null, excluded: [] } })),
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
    authority({
      extensions: {
        nameConstraints: {
          permitted: [
            { base: { kind: 'uniformResourceIdentifier', value: 'example.com' }, minimum: 0, maximum: null },
          ],
          excluded: null,
        },
      },
    }),
    authority({
      extensions: {
        nameConstraints: {
          permitted: [{ base: ip(10, 0, 0, 0, 255, 0, 0, 0), minimum: 0, maximum: null }],
          excluded: null,
        },
      },
    }),
  ],
  [
    'br-policy-missing',
    server({ extensions: { certificatePolicies: [{ oid: '1.2.3', qualifiers: [] }] } }),
    server(),
  ],
  [
    'br-policy-any',
    server({ extensions: { certificatePolicies: [...POLICY, { oid: '2.5.29.32.0', qualifiers: [] }] } }),
    server(),
  ],
  [
    'br-policy-qualifier',
    changed(server(), () => ({
      certificatePolicies: [{ ...POLICY[0]!, qualifiers: [{ oid: '1.3.6.1.5.5.7.2.2', value: seq() }] }],
    })),
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

describe('each rule of the Baseline Requirements is broken by one thing and met by the next', () => {
  test.each(CASES.map(([code, broken, met], i) => [code, FINDINGS[code].section, broken, met, i] as const))(
    '%s (%s)',
    async (code, _section, broken, met) => {
      expect(await codes(broken)).toContain(code)
      expect(await codes(met)).not.toContain(code)
    },
  )

  test('there is no rule without a case', () => {
    const tested = new Set(CASES.map(([code]) => code))
    expect(WEBPKI_RULES.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([])
  })

  test('certificates that meet all have no finding', async () => {
    expect(await codes(server())).toEqual([])
    expect(await codes(authority())).toEqual([])
    expect(await codes(anchor())).toEqual([])
  })
})

test('AlgorithmIdentifiers that we write are octet by octet those of the Baseline Requirements (§7.1.3.2)', async () => {
  const ids = [
    'rsa-sha256',
    'rsa-sha384',
    'rsa-sha512',
    'rsa-pss-sha256',
    'rsa-pss-sha384',
    'rsa-pss-sha512',
    'ecdsa-sha256',
    'ecdsa-sha384',
    'ecdsa-sha512',
  ] as const
  for (const id of ids) {
    const signature = { der: encodeSignatureAlgorithm(id), oid: '', parameters: null }
    expect(await codes(changed(server(), () => ({ signature })))).not.toContain('br-signature-algorithm')
  }
})

test.each([
  ['c0a80001', '192.168.0.1'],
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000000010001', '2001:db8:1:1:1:0:1:1'],
  ['00000000000000000000000000000000', '::'],
  ['20010db8000000000000000000000000', '2001:db8::'],
  ['0001', null],
])('octets %s are written %s (RFC 5952 §4)', (hex, text) => {
  expect(addressText(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(text)
})

test('a breach refuses by profile and place', () => {
  expect(refuses('br-rsa-size', 'webpki', 'anchor')).toBe(true)
  expect(refuses('br-rsa-size', 'rfc5280', 'target')).toBe(false)
  expect(refuses('br-san-missing', 'webpki', 'ca')).toBe(false)
  expect(refuses('serial-zero', 'rfc5280', 'anchor')).toBe(false)
  expect(refuses('serial-zero', 'rfc5280', 'target')).toBe(true)
  expect(refuses('serial-zero', 'path', 'target')).toBe(false)
  expect(refuses('extension-unreadable', 'path', 'target')).toBe(true)
})
