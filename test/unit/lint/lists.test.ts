import { readFileSync, readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { explicit, integer, integerContent, octetString, oid, seq, time } from '../../../src/der/writer.ts'
import { concat } from '../../../src/octets.ts'
import type { FindingCode } from '../../../src/findings.ts'
import { lintList } from '../../../src/lint/list/index.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { encodeExtension } from '../../../src/x509/extensions/table.ts'
import { LIST_EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { encodeRevokedEntry } from '../../../src/x509/revoked-entry.ts'
import { root } from '../../support/chain.ts'
import type { Drawn } from '../../support/chain.ts'
import { days, drawList } from '../../support/revocation.ts'
import type { ListDrawing } from '../../support/revocation.ts'

let ca: Drawn
beforeAll(async () => {
  ca = await root()
})

const serial = (n: number) => Uint8Array.of(0x40, n >> 8, n & 0xff)
const entry = (n: number, extension?: { oid: string; critical: boolean; value: Uint8Array }): Uint8Array =>
  seq(integerContent(serial(n)), time(days(-2)), ...(extension ? [seq(encodeExtension(extension))] : []))
const reason = (n: number, critical = false) => ({
  oid: LIST_EXTENSION_OIDS.reasonCode,
  critical,
  value: Uint8Array.of(0x0a, 1, n),
})
const codes = (list: CertificateList, profile: 'path' | 'rfc5280' | 'webpki' = 'rfc5280'): FindingCode[] =>
  lintList(list, profile).map(({ code }) => code)
const uri = (value: string): Partial<ListDrawing> => ({
  scope: {
    distributionPoint: {
      fullName: [{ kind: 'uniformResourceIdentifier', value }],
      nameRelativeToCRLIssuer: null,
    },
  },
})

/** Code, the CRL that breaks the rule, and the most similar one that does not. */
const CASES: readonly (readonly [FindingCode, ListDrawing, ListDrawing])[] = [
  ['crl-version-1', { version: 1 }, {}],
  ['crl-next-update-missing', { nextUpdate: null }, {}],
  ['crl-dates-reversed', { thisUpdate: days(-1), nextUpdate: days(-2) }, { nextUpdate: days(-1) }],
  ['crl-number-missing', { number: null }, {}],
  ['crl-number-negative', { number: -1 }, { number: 0 }],
  ['crl-authority-key-identifier-missing', { keyIdentifier: null }, {}],
  ['crl-extension-critical', { critical: { [LIST_EXTENSION_OIDS.cRLNumber]: true } }, {}],
  [
    'crl-extension-not-critical',
    {
      scope: { onlyContainsUserCerts: true },
      critical: { [LIST_EXTENSION_OIDS.issuingDistributionPoint]: false },
    },
    { scope: { onlyContainsUserCerts: true } },
  ],
  ['crl-uri', uri('localhost'), uri('http://localhost.example.com/a.crl')],
  ['crl-uri', uri('http:///a.crl'), uri('http://lists.example.com/a.crl')],
  ['crl-version-unknown', { version: 3 }, {}],
  ['crl-scope-empty', { scope: {} }, { scope: { onlyContainsUserCerts: true } }],
  [
    'crl-entry-repeated',
    { revoked: [entry(1), entry(2), entry(1)] },
    { revoked: [entry(1), entry(2), entry(0x101)] },
  ],
  [
    'crl-entry-after-list',
    { revoked: [{ revocationDate: days(-0.5) }] },
    { revoked: [{ revocationDate: days(-1) }] },
  ],
  [
    'crl-entry-long-ago',
    { revoked: [{ revocationDate: new Date('1998-12-31T23:59:59Z') }] },
    { revoked: [{ revocationDate: new Date('1999-01-01T00:00:00Z') }] },
  ],
  ['crl-entry-criticality', { revoked: [entry(1, reason(1, true))] }, { revoked: [entry(1, reason(1))] }],
  ['crl-entry-reason-unspecified', { revoked: [entry(1, reason(0))] }, { revoked: [entry(1, reason(4))] }],
  [
    'crl-entry-reason-unspecified',
    { revoked: [entry(1), { reasonCode: 'superseded' }, entry(3, reason(0))] },
    { revoked: [entry(1), { reasonCode: 'keyCompromise', invalidityDate: days(-9) }] },
  ],
]

describe('each duty of a list’s issuer is neglected by one list and met by the next', () => {
  test.each(CASES)('%s', async (code, broken, met) => {
    expect(codes(await drawList(ca, broken))).toContain(code)
    expect(codes(await drawList(ca, met))).not.toContain(code)
  })

  test('a list that meets all has no finding, under no profile', async () => {
    const list = await drawList(ca, { revoked: [entry(1), entry(2, reason(1))] })
    for (const profile of ['path', 'rfc5280', 'webpki'] as const) expect(codes(list, profile)).toEqual([])
  })

  test('under path nothing is asked', async () => {
    expect(codes(await drawList(ca, { number: null, keyIdentifier: null }), 'path')).toEqual([])
  })
})

test.each([
  ['br-crl-too-long', { nextUpdate: days(10) }, { nextUpdate: days(9) }],
  [
    'br-crl-too-long',
    { nextUpdate: days(400), scope: { onlyContainsCACerts: true } },
    { nextUpdate: days(9) },
  ],
  ['br-crl-reason', { revoked: [entry(1), entry(2, reason(6))] }, { revoked: [entry(1, reason(1))] }],
] as const)('under webpki: %s', async (code, broken, met) => {
  expect(codes(await drawList(ca, broken), 'webpki')).toContain(code)
  expect(codes(await drawList(ca, broken))).not.toContain(code)
  expect(codes(await drawList(ca, met), 'webpki')).not.toContain(code)
})

test('an issuer’s certificate named by name and serial number is told under webpki', async () => {
  const list = await drawList(ca)
  const named = {
    ...list,
    authorityKeyIdentifier: { ...list.authorityKeyIdentifier!, authorityCertSerialNumber: Uint8Array.of(1) },
  }
  expect(codes(named, 'webpki')).toContain('br-crl-aki-issuer-and-serial')
})

test('a long number and an empty list of entries are told', async () => {
  const list = await drawList(ca)
  const long = { ...list, cRLNumber: new Uint8Array(21).fill(1) }
  expect(codes(long)).toEqual(['crl-number-too-long'])
  expect(codes(parseCertificateList(withEmptyEntries(list)))).toEqual(['crl-entries-empty'])
})

/** The same fields and an empty revokedCertificates; its signature is not valid. */
function withEmptyEntries({
  signature,
  issuer,
  thisUpdate,
  nextUpdate,
  extensions,
  signatureValue,
}: CertificateList) {
  const written = extensions.map((each) => encodeExtension(each))
  return seq(
    seq(
      integer(1),
      signature.der,
      issuer.der,
      time(thisUpdate),
      time(nextUpdate!),
      seq(),
      explicit(0, seq(...written)),
    ),
    signature.der,
    bits(signatureValue),
  )
}
const bits = (octets: Uint8Array): Uint8Array => {
  const der = octetString(Uint8Array.of(0), octets)
  der[0] = 0x03
  return der
}

test('the parameters of an RSA signature are NULL', async () => {
  const list = await drawList(ca)
  const odd = { oid: '1.2.840.113549.1.1.11', parameters: null, der: seq(oid('1.2.840.113549.1.1.11')) }
  expect(codes({ ...list, signatureAlgorithm: odd })).toContain('crl-signature-algorithm-parameters')
})

test('600,000 entries are walked once, and serial numbers made to collide do not hold it up', () => {
  const colliding = Array.from({ length: 20_000 }, (_, i) =>
    encodeRevokedEntry({
      // The index hashes only the last eight octets.
      serialNumber: Uint8Array.of(0x40, i >> 8, i & 0xff, 0, 0, 0, 0, 0, 0, 0, 1),
      revocationDate: days(-2),
    }),
  )
  const plain = Array.from({ length: 600_000 }, (_, i) =>
    encodeRevokedEntry({ serialNumber: Uint8Array.of(0x40, i >> 16, i >> 8, i), revocationDate: days(-2) }),
  )
  for (const entries of [colliding, plain]) {
    const list = parseCertificateList(unsignedList(entries))
    expect(codes(list)).not.toContain('crl-entry-repeated')
    expect(list.revokedCertificates.summary.latest).toEqual(days(-2))
  }
})

function unsignedList(entries: readonly Uint8Array[]): Uint8Array {
  const algorithm = seq(oid('1.2.840.10045.4.3.2'))
  return seq(
    seq(
      integer(1),
      algorithm,
      ca.certificate.subject.der,
      time(days(-1)),
      time(days(6)),
      seq(concat(entries)),
    ),
    algorithm,
    bits(Uint8Array.of(1)),
  )
}

/** CRLs that other test suites consider wrong, and what is wrong with each. */
const FOREIGN: Readonly<Record<string, FindingCode>> = {
  'crlReasonCodeCrit.pem': 'crl-entry-criticality',
  'crlWithAuthKeyIDContainsAuthorityCertSerialNumber.pem': 'br-crl-aki-issuer-and-serial',
  'crlWithDuplicatesInRevokedCertificateList.pem': 'crl-entry-repeated',
  'crl_empty_revoked_certificates_ko.pem': 'crl-entries-empty',
  'crl_nextupdate_nup1_sub1_len1_eff1.pem': 'br-crl-too-long',
  'crl_number_negative.pem': 'crl-number-negative',
  'crl_number_too_large.pem': 'crl-number-too-long',
  'crl_revocation_time_after_this_update.pem': 'crl-entry-after-list',
  'crl_rsa_sha256_nul0_eff1.pem': 'crl-signature-algorithm-parameters',
  'integration_crl__pkix__crl__bad_idp_uri.crltest.pem': 'crl-uri',
  'integration_crl__pkix__crl__negative_validity_period.crltest.pem': 'crl-dates-reversed',
}
const FOLDER = new URL('../../fixtures/lint/lists/', import.meta.url)

test.each(readdirSync(FOLDER))('%s is told for what it is', (file) => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8')
  const der = Uint8Array.from(Buffer.from(/-----\n([^-]+)-----END/.exec(text)![1]!, 'base64'))
  expect(codes(parseCertificateList(der), 'webpki')).toContain(FOREIGN[file])
})
