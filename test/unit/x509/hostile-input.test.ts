import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { bitString, nul, oid, seq } from '../../../src/der/writer.ts'
import { isCodedError } from '../../../src/errors.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { encodeTbsCertList, parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { domainToAscii, domainToUnicode } from '../../../src/x509/domain-name.ts'
import { assembleSigned, encodeTbsCertificate } from '../../../src/x509/encode.ts'
import { EXTENSIONS } from '../../../src/x509/extensions/table.ts'
import type { ExtensionName } from '../../../src/x509/extensions/values.ts'
import { encodeGeneralName } from '../../../src/x509/general-name.ts'
import { generalNameFromText, generalNameToText } from '../../../src/x509/general-name-text.ts'
import type { WrittenKind } from '../../../src/x509/general-name-text.ts'
import { ipAddressToText, parseIpAddress } from '../../../src/x509/ip-address.ts'
import { encodeName, nameFromDer, nameToText } from '../../../src/x509/name.ts'
import { parseNameText } from '../../../src/x509/name-from-text.ts'
import { nameKey } from '../../../src/x509/name-matching.ts'
import { encodeOcspResponse, encodeResponseData, parseOcspResponse } from '../../../src/x509/ocsp.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { parsePrivateKeyInfo, encodePrivateKeyInfo } from '../../../src/x509/private-key-info.ts'
import { encodeRequestInfo, parseRequest } from '../../../src/x509/request.ts'
import { encodeRevokedEntry } from '../../../src/x509/revoked-entry.ts'
import { parsePssParameters } from '../../../src/x509/pss-parameters.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'
import { parseSpkiDer } from '../../../src/x509/spki.ts'
import { EXTENSION_VALUES } from '../../support/extension-values.ts'
import { feed, runs } from '../../support/fuzz.ts'
import { reencode } from '../../support/reencode.ts'
import { debianRoots } from '../../support/roots.ts'

vi.setConfig({ testTimeout: Math.max(60_000, runs(60_000)) })

const ALGORITHM = seq(oid('1.3.101.112'))
const subject = encodeName([
  [
    { oid: '2.5.4.3', text: 'Exämple' },
    { oid: '2.5.4.10', text: 'b' },
  ],
])
const spki = seq(ALGORITHM, bitString(new Uint8Array(32)))
const at = new Date('2026-11-21T00:00:00Z')
const octets = Uint8Array.of(1, 2, 3, 4)

const extensions = (Object.keys(EXTENSIONS) as ExtensionName[]).map((name) => ({
  oid: EXTENSION_OIDS[name],
  critical: name === 'keyUsage',
  value: (EXTENSIONS[name] as { encode: (value: unknown) => Uint8Array }).encode(EXTENSION_VALUES[name][0]),
}))
const signed = (tbs: Uint8Array) => assembleSigned(tbs, ALGORITHM, octets)
const certificate = signed(
  encodeTbsCertificate({
    serialNumber: octets,
    signature: ALGORITHM,
    issuer: subject,
    notBefore: at,
    notAfter: at,
    subject,
    spki,
    extensions,
  }),
)
const certificates = [
  certificate,
  ...debianRoots()
    .slice(0, 8)
    .map(([, der]) => der),
]
const list = signed(
  encodeTbsCertList({
    signature: ALGORITHM,
    issuer: subject,
    thisUpdate: at,
    nextUpdate: at,
    revokedCertificates: [1, 2, 3].map((n) =>
      encodeRevokedEntry({
        serialNumber: Uint8Array.of(n),
        revocationDate: at,
        reasonCode: n === 1 ? 'keyCompromise' : null,
        invalidityDate: n === 2 ? at : null,
        certificateIssuer: n === 3 ? [{ kind: 'directoryName', name: nameFromDer(subject) }] : null,
      }),
    ),
    authorityKeyIdentifier: octets,
    cRLNumber: octets,
  }),
)
const response = encodeOcspResponse({
  tbs: encodeResponseData({
    responderId: { kind: 'byKey', keyHash: octets },
    producedAt: at,
    responses: [
      {
        certId: {
          hashAlgorithm: '1.3.14.3.2.26',
          issuerNameHash: octets,
          issuerKeyHash: octets,
          serialNumber: octets,
        },
        certStatus: { status: 'revoked', revocationTime: at, revocationReason: 'superseded' },
        thisUpdate: at,
        nextUpdate: at,
      },
    ],
  }),
  signatureAlgorithm: ALGORITHM,
  signature: octets,
  certs: [certificate],
})
const request = signed(encodeRequestInfo({ subject, spki, extensions, challengePassword: 'a' }))

describe('hostile octets end in a value or a CodedError', () => {
  test.each<[string, readonly Uint8Array[], (der: Uint8Array) => unknown]>([
    ['certificates', certificates, showCertificate],
    ['lists', [list], (der) => [...parseCertificateList(der).revokedCertificates]],
    ['OCSP responses', [response], parseOcspResponse],
    ['requests', [request], parseRequest],
    ['public keys', [spki, ...certificates.map((der) => parseCertificate(der).spki.der)], parseSpkiDer],
    ['private keys', [encodePrivateKeyInfo(ALGORITHM, octets)], parsePrivateKeyInfo],
    ['PSS parameters', [pssParameters()], parsePssParameters],
  ])('%s', (_what, seeds, parse) => {
    // `npm run test:long` does five times as many.
    feed(seeds, parse, 20_000)
  })
})

function readable(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

/** Everything that the page does with a certificate it parses. */
function showCertificate(der: Uint8Array): void {
  const { issuer, subject: shown, subjectAltName } = parseCertificate(der)
  nameToText(issuer)
  nameKey(shown)
  subjectAltName?.forEach((name) => generalNameToText(name))
}

function pssParameters(): Uint8Array {
  return encodeSignatureAlgorithm('rsa-pss-sha256').subarray(13)
}

test('what is read is written anew with the same octets, or a finding says which rule it breaks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...certificates), fc.nat(), fc.nat(255), (seed, place, octet) => {
      const der = seed.slice()
      der[place % der.length] = octet
      const read = readable(der)
      if (read?.findings.length === 0) expect(Buffer.compare(reencode(read), der)).toBe(0)
    }),
    { numRuns: runs(20_000) },
  )
})

describe('any text', () => {
  test('that stands in a name is written so that it is read back (RFC 4514)', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 4 }), (texts) => {
        const name = encodeName(texts.map((text) => [{ oid: '2.5.4.3', text }]))
        expect(encodeName(parseNameText(nameToText(nameFromDer(name))))).toEqual(name)
      }),
      { numRuns: runs(5_000) },
    )
  })
  test('is a name, or refused', () => {
    const piece = fc.oneof(
      fc.constantFrom('CN=', 'C=', 'DC=', ',', '+', '\\', '"', '#', '=', ' ', '04', '1.2.3='),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          encodeName(parseNameText(pieces.join('')))
        } catch (error) {
          if (!isCodedError(error)) throw error
        }
      }),
      { numRuns: runs(20_000) },
    )
  })
  test('is a domain name that stays what it is, or none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.webAuthority(),
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: 'grapheme' }).map((text) => `xn--${text}.example`),
        ),
        (text) => {
          const ascii = domainToAscii(text)
          if (ascii === null) return
          expect(domainToAscii(ascii)).toBe(ascii)
          expect(domainToAscii(domainToUnicode(ascii))).toBe(ascii)
        },
      ),
      { numRuns: runs(5_000) },
    )
  })
  test('is a general name that can be written, or refused', () => {
    const kinds: WrittenKind[] = [
      'dNSName',
      'iPAddress',
      'rfc822Name',
      'uniformResourceIdentifier',
      'directoryName',
      'registeredID',
      'userPrincipalName',
    ]
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.emailAddress(),
      fc.webUrl(),
      fc.array(fc.nat(60)).map((arcs) => arcs.join('.')),
      fc.string({ unit: 'grapheme' }).map((part) => `C=${part}`),
      fc.string({ unit: 'grapheme' }).map((part) => `a:${part}`),
      fc.tuple(fc.string({ unit: 'grapheme' }), fc.domain()).map(([local, domain]) => `${local}@${domain}`),
    )
    fc.assert(
      fc.property(fc.constantFrom(...kinds), text, (kind, value) => {
        try {
          encodeGeneralName(generalNameFromText(kind, value))
        } catch (error) {
          if (!isCodedError(error)) throw error
        }
      }),
      { numRuns: runs(20_000) },
    )
  })
  test('of an address leads to its octets and back', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ minLength: 16, maxLength: 16 }),
          fc.uint8Array({ minLength: 4, maxLength: 4 }),
        ),
        (address) => {
          expect(parseIpAddress(ipAddressToText(address)!)).toEqual(address)
        },
      ),
      { numRuns: runs(5_000) },
    )
  })
})

test('a public key with parameters of every length is read in bounded time', () => {
  const key = seq(seq(oid('1.2.840.113549.1.1.1'), nul()), bitString(new Uint8Array(4 * 1024 * 1024)))
  expect(parseSpkiDer(key).keyType).toBeNull()
})
