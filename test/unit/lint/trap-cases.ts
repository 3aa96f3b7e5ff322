import { ia5String } from '../../../src/der/writer.ts'
import * as d from './draw.ts'
import type { Drawing } from './draw.ts'
import type { Cases } from './rfc5280-cases.ts'

const { CN, ISSUER } = d
const ext = (extensions: Drawing['extensions']): Drawing => ({ extensions: extensions ?? {} })
const caExt = (extensions: Drawing['extensions']): Drawing => ({ kind: 'ca', extensions: extensions ?? {} })
const rootExt = (extensions: Drawing['extensions']): Drawing => ({
  kind: 'root',
  extensions: extensions ?? {},
})
const san = (...names: Parameters<typeof d.permitted>): Drawing => ext({ subjectAltName: names })
const O = (text: string) => [{ oid: '2.5.4.10', text }]
const C = (text: string) => [{ oid: '2.5.4.6', text }]
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
const OCSP = '1.3.6.1.5.5.7.48.1'
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
const access = (method: string, ...addresses: string[]) =>
  addresses.map((value) => ({ method, location: { kind: 'uniformResourceIdentifier', value } as const }))
const cps = (address: string): Drawing['extensions'] => ({
  certificatePolicies: [
    { oid: '1.2.3', qualifiers: [{ oid: '1.3.6.1.5.5.7.2.1', value: ia5String(address) }] },
  ],
})
const ends = (text: string): Drawing => ({ notAfter: new Date(text) })

/** The most similar certificate to each rule's example (services/validate/examples/) that the rule accepts. */
export const TRAP_PASSES: Cases = {
  'san-dns-trailing-dot': san(...d.dns('example.com')),
  'san-dns-ip-address': san(d.ip(10, 0, 0, 1)),
  'san-dns-reserved-label': san(...d.dns('xn--bcher-kva.example.com', 'a--b.example.com')),
  'san-repeated': san(...d.dns('example.com', 'www.example.com')),
  'server-without-san': {},
  'server-without-digital-signature': ext({
    keyUsage: new Set(['keyAgreement']),
    extKeyUsage: [CLIENT_AUTH],
  }),
  'mail-cannot-encrypt': ext({ extKeyUsage: [EMAIL_PROTECTION], keyUsage: new Set(['keyAgreement']) }),
  'key-usage-beyond-purposes': ext({
    keyUsage: new Set(['digitalSignature', 'nonRepudiation']),
    extKeyUsage: [SERVER_AUTH, '1.2.3'],
  }),
  'cn-not-in-san': { subject: [CN('10.0.0.1')], extensions: { subjectAltName: [d.ip(10, 0, 0, 1)] } },
  'aki-issuer-and-serial': {},
  'intermediate-eku-without-client': caExt({ extKeyUsage: [SERVER_AUTH, CLIENT_AUTH] }),
  'root-with-eku': { kind: 'root' },
  'root-without-common-name': { kind: 'root' },
  'self-issued-without-ca': { kind: 'root' },
  'ca-without-crl-sign': { kind: 'ca' },
  'validity-over-825-days': ends('2028-04-04T23:59:59Z'),
  'validity-one-second-over': ends('2027-02-02T23:59:59Z'),
  'validity-backdated': { notBefore: new Date('2025-12-30T00:00:00Z') },
  'validity-never-ends': ends('9999-12-31T23:59:58Z'),
  'browser-unsupported-key': { spki: d.P384 },
  'name-constraints-leading-dot': caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  'name-constraints-both-addresses': caExt({ nameConstraints: d.permitted(d.ip(10, 0, 0, 0, 255, 0, 0, 0)) }),
  'name-constraints-incomplete': caExt({
    nameConstraints: d.permitted(
      ...d.dns('example.com'),
      d.ip(10, 0, 0, 0, 255, 0, 0, 0),
      d.ip(...new Array<number>(32).fill(0)),
      d.directory([{ oid: '2.5.4.10', text: 'Example' }]),
    ),
  }),
  'serial-low-entropy': { serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
  'subject-very-long': { subject: Array.from({ length: 10 }, () => CN('x'.repeat(60))) },
  'name-outer-space': { subject: [CN('Exam ple')] },
  'name-hidden-characters': { subject: [CN('a b')] },
  'name-garbled': { subject: [O('A & B; Müller'), CN('example.com')] },
  'name-attribute-repeated': { subject: [O('Example'), O('Example 2'), CN('example.com')] },
  'country-not-iso': { subject: [C('GB'), CN('example.com')] },
  'address-https': ext({ cRLDistributionPoints: [d.point()] }),
  'access-location-repeated': ext({
    authorityInfoAccess: [
      ...access(OCSP, 'http://example.com/', 'http://example.org/'),
      ...access(CA_ISSUERS, 'http://example.com/'),
    ],
  }),
  'cps-address': ext(cps('https://example.com/cps')),
  'issuer-name-not-copied': { by: ISSUER },
  'outlives-issuer': { by: ISSUER },
  'begins-before-issuer': { by: ISSUER },
  'issuer-key-reused': { by: ISSUER },
  'hash-weaker-than-curve': { signature: d.ECDSA_SHA512, by: { ...ISSUER, spki: d.P521 } },
  'time-stamping-eku-not-alone': ext({ extKeyUsage: [TIME_STAMPING] }),
  'time-stamping-eku-not-critical': {
    extensions: { extKeyUsage: [TIME_STAMPING] },
    critical: { extKeyUsage: true },
  },
  'ocsp-signer-without-no-check': ext({ extKeyUsage: [OCSP_SIGNING], ocspNoCheck: true }),
  'ocsp-no-check-critical': ext({ ocspNoCheck: true }),
}

/** Cases nearer to the limit than the example, or that break the rule in another way. */
export const TRAP_FAILS: Cases = {
  'san-dns-reserved-label': san(...d.dns('www.xr--rahrah.example.com')),
  'san-repeated': san(...d.dns('example.com', 'EXAMPLE.com')),
  'self-issued-without-ca': rootExt({ basicConstraints: null }),
  'validity-over-825-days': ends('2028-04-05T00:00:00Z'),
  'validity-backdated': { notBefore: new Date('2025-12-29T23:59:59Z') },
  'name-constraints-leading-dot': caExt({ nameConstraints: d.permitted(...d.dns('.example.com')) }),
  'serial-low-entropy': { serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7) },
  'subject-very-long': { subject: Array.from({ length: 20 }, () => CN('x'.repeat(60))) },
  'name-hidden-characters': { subject: [CN('a\u202egpj.exe')] },
  'name-garbled': { subject: [O('A &amp; B'), CN('example.com')] },
  'name-attribute-repeated': { subject: [O('Example'), O('Example'), CN('example.com')] },
  'access-location-repeated': ext({
    authorityInfoAccess: access(OCSP, 'http://example.com/', 'http://example.com/'),
  }),
  'cps-address': ext(cps('ftp://example.com/cps')),
  'outlives-issuer': { ...ends('2036-01-01T00:00:01Z'), by: ISSUER },
  'begins-before-issuer': { notBefore: new Date('2025-12-31T23:59:59Z'), by: ISSUER },
}
