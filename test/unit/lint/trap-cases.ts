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

export const TRAP_CASES: Cases = {
  'san-dns-trailing-dot': { fails: san(...d.dns('example.com.')), passes: san(...d.dns('example.com')) },
  'san-dns-ip-address': { fails: san(...d.dns('10.0.0.1')), passes: san(d.ip(10, 0, 0, 1)) },
  'san-dns-reserved-label': {
    fails: san(...d.dns('www.xr--rahrah.example.com')),
    passes: san(...d.dns('xn--bcher-kva.example.com', 'a--b.example.com')),
  },
  'san-repeated': {
    fails: san(...d.dns('example.com', 'EXAMPLE.com')),
    passes: san(...d.dns('example.com', 'www.example.com')),
  },
  'server-without-san': { fails: ext({ subjectAltName: null }), passes: {} },
  'server-without-digital-signature': {
    fails: ext({ keyUsage: new Set(['keyAgreement']) }),
    passes: ext({ keyUsage: new Set(['keyAgreement']), extKeyUsage: [CLIENT_AUTH] }),
  },
  'mail-cannot-encrypt': {
    fails: ext({ extKeyUsage: [EMAIL_PROTECTION] }),
    passes: ext({ extKeyUsage: [EMAIL_PROTECTION], keyUsage: new Set(['keyAgreement']) }),
  },
  'key-usage-beyond-purposes': {
    fails: ext({ keyUsage: new Set(['digitalSignature', 'nonRepudiation']) }),
    passes: ext({
      keyUsage: new Set(['digitalSignature', 'nonRepudiation']),
      extKeyUsage: [SERVER_AUTH, '1.2.3'],
    }),
  },
  'cn-not-in-san': {
    fails: { subject: [CN('other.example.com')] },
    passes: { subject: [CN('10.0.0.1')], extensions: { subjectAltName: [d.ip(10, 0, 0, 1)] } },
  },
  'aki-issuer-and-serial': {
    fails: ext({
      authorityKeyIdentifier: {
        keyIdentifier: d.KEY_IDENTIFIER,
        authorityCertIssuer: [d.directory(CN('x'))],
        authorityCertSerialNumber: Uint8Array.of(1),
      },
    }),
    passes: {},
  },
  'intermediate-eku-without-client': {
    fails: caExt({ extKeyUsage: [SERVER_AUTH] }),
    passes: caExt({ extKeyUsage: [SERVER_AUTH, CLIENT_AUTH] }),
  },
  'root-with-eku': { fails: rootExt({ extKeyUsage: [SERVER_AUTH] }), passes: { kind: 'root' } },
  'root-without-common-name': {
    fails: { kind: 'root', subject: [[{ oid: '2.5.4.10', text: 'Example' }]] },
    passes: { kind: 'root' },
  },
  'self-issued-without-ca': { fails: rootExt({ basicConstraints: null }), passes: { kind: 'root' } },
  'ca-without-crl-sign': { fails: caExt({ keyUsage: new Set(['keyCertSign']) }), passes: { kind: 'ca' } },
  'validity-over-825-days': { fails: ends('2028-04-05T00:00:00Z'), passes: ends('2028-04-04T23:59:59Z') },
  'validity-one-second-over': { fails: ends('2027-02-03T00:00:00Z'), passes: ends('2027-02-02T23:59:59Z') },
  'validity-backdated': {
    fails: { notBefore: new Date('2025-12-29T23:59:59Z') },
    passes: { notBefore: new Date('2025-12-30T00:00:00Z') },
  },
  'validity-never-ends': { fails: ends('9999-12-31T23:59:59Z'), passes: ends('9999-12-31T23:59:58Z') },
  'browser-unsupported-key': { fails: { spki: d.ED25519 }, passes: { spki: d.P384 } },
  'name-constraints-leading-dot': {
    fails: caExt({ nameConstraints: d.permitted(...d.dns('.example.com')) }),
    passes: caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
  },
  'name-constraints-both-addresses': {
    fails: caExt({
      nameConstraints: d.permitted(d.ip(10, 0, 0, 0, 255, 0, 0, 0), d.ip(...new Array<number>(32).fill(0))),
    }),
    passes: caExt({ nameConstraints: d.permitted(d.ip(10, 0, 0, 0, 255, 0, 0, 0)) }),
  },
  'name-constraints-incomplete': {
    fails: caExt({ nameConstraints: d.permitted(...d.dns('example.com')) }),
    passes: caExt({
      nameConstraints: d.permitted(
        ...d.dns('example.com'),
        d.ip(10, 0, 0, 0, 255, 0, 0, 0),
        d.ip(...new Array<number>(32).fill(0)),
        d.directory([{ oid: '2.5.4.10', text: 'Example' }]),
      ),
    }),
  },
  'serial-low-entropy': {
    fails: { serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7) },
    passes: { serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
  },
  'subject-very-long': {
    fails: { subject: Array.from({ length: 20 }, () => CN('x'.repeat(60))) },
    passes: { subject: Array.from({ length: 10 }, () => CN('x'.repeat(60))) },
  },
  'name-outer-space': { fails: { subject: [CN('Example ')] }, passes: { subject: [CN('Exam ple')] } },
  'name-hidden-characters': { fails: { subject: [CN('a\u202egpj.exe')] }, passes: { subject: [CN('a b')] } },
  'name-garbled': {
    fails: { subject: [O('A &amp; B'), CN('example.com')] },
    passes: { subject: [O('A & B; Müller'), CN('example.com')] },
  },
  'name-attribute-repeated': {
    fails: { subject: [O('Example'), O('Example'), CN('example.com')] },
    passes: { subject: [O('Example'), O('Example 2'), CN('example.com')] },
  },
  'country-not-iso': {
    fails: { subject: [C('UK'), CN('example.com')] },
    passes: { subject: [C('GB'), CN('example.com')] },
  },
  'address-https': {
    fails: ext({ cRLDistributionPoints: [d.point({ fullName: d.uri('https://example.com/ca.crl') })] }),
    passes: ext({ cRLDistributionPoints: [d.point()] }),
  },
  'access-location-repeated': {
    fails: ext({ authorityInfoAccess: access(OCSP, 'http://example.com/', 'http://example.com/') }),
    passes: ext({
      authorityInfoAccess: [
        ...access(OCSP, 'http://example.com/', 'http://example.org/'),
        ...access(CA_ISSUERS, 'http://example.com/'),
      ],
    }),
  },
  'cps-address': {
    fails: ext(cps('ftp://example.com/cps')),
    passes: ext(cps('https://example.com/cps')),
  },
  'issuer-name-not-copied': {
    fails: { issuer: [CN('Example Root')], by: ISSUER },
    passes: { by: ISSUER },
  },
  'outlives-issuer': { fails: { ...ends('2036-01-01T00:00:01Z'), by: ISSUER }, passes: { by: ISSUER } },
  'begins-before-issuer': {
    fails: { notBefore: new Date('2025-12-31T23:59:59Z'), by: ISSUER },
    passes: { by: ISSUER },
  },
  'issuer-key-reused': { fails: { by: { ...ISSUER, spki: d.P256 } }, passes: { by: ISSUER } },
  'hash-weaker-than-curve': {
    fails: { by: { ...ISSUER, spki: d.P384 } },
    passes: { signature: d.ECDSA_SHA512, by: { ...ISSUER, spki: d.P521 } },
  },
  'time-stamping-eku-not-alone': {
    fails: ext({ extKeyUsage: [TIME_STAMPING, CLIENT_AUTH] }),
    passes: ext({ extKeyUsage: [TIME_STAMPING] }),
  },
  'time-stamping-eku-not-critical': {
    fails: ext({ extKeyUsage: [TIME_STAMPING] }),
    passes: { extensions: { extKeyUsage: [TIME_STAMPING] }, critical: { extKeyUsage: true } },
  },
  'ocsp-signer-without-no-check': {
    fails: ext({ extKeyUsage: [OCSP_SIGNING] }),
    passes: ext({ extKeyUsage: [OCSP_SIGNING], ocspNoCheck: true }),
  },
  'ocsp-no-check-critical': {
    fails: { extensions: { ocspNoCheck: true }, critical: { ocspNoCheck: true } },
    passes: ext({ ocspNoCheck: true }),
  },
}
