import { describe, expect, test } from 'vitest'
import { enumerated, integer, integerContent, octetString, oid, seq, time } from '../../../src/der/writer.ts'
import { concat } from '../../../src/octets.ts'
import { encodeTbsCertList, parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { assembleSigned } from '../../../src/x509/encode.ts'
import { encodeName, parseName } from '../../../src/x509/name.ts'
import { encodeRevokedEntry } from '../../../src/x509/revoked-entry.ts'
import { isCodedError } from '../../../src/errors.ts'
import { parseWhole } from '../../../src/der/reader.ts'
import type { Finding } from '../../../src/findings.ts'
import type { ReasonFlag } from '../../../src/x509/extensions/distribution-points.ts'
import type { CertificateList, TbsCertListFields } from '../../../src/x509/certificate-list.ts'
import type { RevokedEntryFields } from '../../../src/x509/revoked-entry.ts'

const ALGORITHM = seq(oid('1.2.840.10045.4.3.2'))
const named = (text: string) => encodeName([[{ oid: '2.5.4.3', text }]])
const at = new Date('2026-11-21T00:00:00Z')
const serial = (...octets: number[]): Uint8Array => Uint8Array.from(octets)

function list(
  entries: readonly (RevokedEntryFields | Uint8Array)[],
  fields: Partial<TbsCertListFields> = {},
): Uint8Array {
  const tbs = encodeTbsCertList({
    signature: ALGORITHM,
    issuer: named('CA'),
    thisUpdate: at,
    nextUpdate: new Date('2026-12-21T00:00:00Z'),
    revokedCertificates: entries.map((entry) =>
      entry instanceof Uint8Array ? entry : encodeRevokedEntry(entry),
    ),
    authorityKeyIdentifier: serial(1, 2, 3),
    cRLNumber: serial(5),
    ...fields,
  })
  return assembleSigned(tbs, ALGORITHM, serial(9))
}

const read = (...parameters: Parameters<typeof list>): CertificateList =>
  parseCertificateList(list(...parameters))

function codeOf(der: Uint8Array): string {
  try {
    parseCertificateList(der)
    return 'read'
  } catch (error) {
    return isCodedError(error) ? error.code : String(error)
  }
}

describe('a list that was written is read back', () => {
  test('with every field of §5.1 and §5.2', () => {
    const idp = {
      distributionPoint: {
        fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://a/b' }],
        nameRelativeToCRLIssuer: null,
      },
      onlyContainsUserCerts: true,
      onlyContainsCACerts: false,
      onlySomeReasons: new Set<ReasonFlag>(['keyCompromise', 'aACompromise']),
      indirectCRL: true,
      onlyContainsAttributeCerts: false,
    } as const
    const crl = read([], { issuingDistributionPoint: idp, deltaCRLIndicator: serial(4) })
    expect(crl).toMatchObject({
      version: 2,
      thisUpdate: at,
      nextUpdate: new Date('2026-12-21T00:00:00Z'),
      cRLNumber: serial(5),
      deltaCRLIndicator: serial(4),
      issuingDistributionPoint: idp,
      findings: [],
    })
    expect(crl.authorityKeyIdentifier?.keyIdentifier).toEqual(serial(1, 2, 3))
    expect(crl.extensions.filter(({ critical }) => critical).map(({ oid }) => oid)).toEqual([
      '2.5.29.27',
      '2.5.29.28',
    ])
    expect(crl.revokedCertificates.count).toBe(0)
  })

  test('with reason, invalidity date and hold; unspecified is left out (§5.3.1)', () => {
    const invalidityDate = new Date('2026-01-02T03:04:05Z')
    const crl = read([
      { serialNumber: serial(1), revocationDate: at },
      { serialNumber: serial(2), revocationDate: at, reasonCode: 'keyCompromise', invalidityDate },
      { serialNumber: serial(3), revocationDate: at, reasonCode: 'certificateHold' },
      { serialNumber: serial(4), revocationDate: at, reasonCode: 'unspecified' },
    ])
    expect([...crl.revokedCertificates].map(({ reasonCode }) => reasonCode)).toEqual([
      null,
      'keyCompromise',
      'certificateHold',
      null,
    ])
    expect(crl.revokedCertificates.find(serial(2))).toMatchObject([{ revocationDate: at, invalidityDate }])
    expect(crl.revokedCertificates.at(3).extensions).toEqual([])
    expect(crl.revokedCertificates.find(serial(9))).toEqual([])
  })

  test('with dates from 2050 on as GeneralizedTime (§5.1.2.4)', () => {
    const crl = read([{ serialNumber: serial(1), revocationDate: new Date('2050-01-01T00:00:00Z') }], {
      nextUpdate: new Date('2051-01-01T00:00:00Z'),
    })
    expect(crl.timeTypes).toEqual({ thisUpdate: 'UTCTime', nextUpdate: 'GeneralizedTime' })
    expect(crl.revokedCertificates.at(0).revocationDate).toEqual(new Date('2050-01-01T00:00:00Z'))
  })
})

test('in an indirect list certificateIssuer holds until the next one (§5.3.3)', () => {
  const name = (text: string) =>
    [
      { kind: 'directoryName', name: parseWhole(named(text), (reader) => parseName(reader, 'test', [])) },
    ] as const
  const crl = read([
    { serialNumber: serial(1), revocationDate: at },
    { serialNumber: serial(1), revocationDate: at, certificateIssuer: name('B') },
    { serialNumber: serial(2), revocationDate: at },
    { serialNumber: serial(1), revocationDate: at, certificateIssuer: name('C') },
  ])
  const issuers = crl.revokedCertificates
    .find(serial(1))
    .map(({ certificateIssuer }) =>
      certificateIssuer?.map((issuer) => issuer.kind === 'directoryName' && issuer.name.der),
    )
  expect(issuers).toEqual([undefined, [named('B')], [named('C')]])
  expect(crl.revokedCertificates.find(serial(2))[0]?.certificateIssuer).toEqual(name('B'))
})

test('every serial of 5,000 is found at its place, negative and 21 octets long ones too', () => {
  const serials = Array.from({ length: 5000 }, (_, i) =>
    i % 3 === 0
      ? serial(0x80, i >> 8, i & 0xff)
      : new Uint8Array(i % 3 === 1 ? 20 : 21)
          .fill(1)
          .fill(i >> 8, 5, 6)
          .fill(i & 0xff, 6, 7),
  )
  const crl = read(
    serials.map((serialNumber, i) => ({ serialNumber, revocationDate: new Date(at.getTime() + i * 1000) })),
  )
  expect(crl.revokedCertificates.count).toBe(5000)
  for (const [i, serialNumber] of serials.entries())
    expect(
      crl.revokedCertificates.find(serialNumber).map(({ revocationDate }) => revocationDate?.getTime()),
    ).toContain(at.getTime() + i * 1000)
})

describe('an entry of which something cannot be read', () => {
  const entry = (...parts: Uint8Array[]) => seq(...parts)
  const good = [integer(1), time(at)] as const
  const extension = (id: string, value: Uint8Array) => seq(oid(id), octetString(value))
  const withExtensions = (...all: Uint8Array[]) => entry(...good, seq(...all))
  const utc = (text: string) => concat([serial(0x17, 13), new TextEncoder().encode(text)])
  const reason = (n: number) => extension('2.5.29.21', enumerated(n))
  const hold = reason(6)

  test.each([
    ['no date', entry(integer(1)), { revocationDate: null }],
    ['30 February', entry(integer(1), utc('260230000000Z')), { revocationDate: null }],
    ['a date without Z', entry(integer(1), utc('2602200000000')), { revocationDate: null }],
    [
      'a date that is none, and a reason',
      entry(integer(1), utc('260230000000Z'), seq(reason(1))),
      { revocationDate: null, reasonCode: 'keyCompromise' },
    ],
    ['something after the extensions', entry(...good, seq(), seq()), {}],
    ['extensions that are none', entry(...good, integer(4)), {}],
    ['reason 7, which is not used (§5.3.1)', withExtensions(reason(7)), {}],
    ['a reason of 300', withExtensions(reason(300)), {}],
    ['a reason that is no ENUMERATED', withExtensions(extension('2.5.29.21', integer(1))), {}],
    ['two reasons', withExtensions(hold, reason(1)), {}],
    ['removeFromCRL twice', withExtensions(reason(8), reason(8)), {}],
    ['an invalidity date as UTCTime (§5.3.2)', withExtensions(extension('2.5.29.24', time(at))), {}],
    [
      'an invalidity date that is none beside a hold',
      withExtensions(hold, extension('2.5.29.24', integer(1))),
      { reasonCode: 'certificateHold' },
    ],
  ])('%s: it revokes, is named, and the others are read', (_name, bad, values) => {
    const next = { serialNumber: serial(2), revocationDate: at, reasonCode: 'superseded' } as const
    const crl = read([{ serialNumber: serial(7), revocationDate: at }, bad, next, bad])
    expect(crl.revokedCertificates.count).toBe(4)
    const [found] = crl.revokedCertificates.find(serial(1))
    expect(found).toMatchObject({ revocationDate: at, reasonCode: null, invalidityDate: null, ...values })
    expect(crl.revokedCertificates.find(serial(2))).toMatchObject([
      { reasonCode: 'superseded', faultAt: null },
    ])
    const [finding, ...others] = crl.findings
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'crl-entry-imperfect', detail: { serialNumber: '01', more: 1 } })
    const { offset } = (finding as Extract<Finding, { code: 'crl-entry-imperfect' }>).detail
    const start = Buffer.from(crl.der).indexOf(bad)
    expect(offset).toBeGreaterThan(start)
    expect(offset).toBeLessThanOrEqual(start + bad.length)
    expect(crl.revokedCertificates.summary).toMatchObject({ earliest: at, latest: at })
  })

  test.each([
    [
      'a serial number with needless zeros',
      entry(integerContent(serial(0, 1)), time(at)),
      'der-integer-not-minimal',
    ],
    ['an empty serial number', entry(integerContent(serial()), time(at)), 'der-integer-empty'],
    ['no entry but a number', integer(5), 'der-unexpected-tag'],
    [
      'a certificate issuer that is no name',
      withExtensions(extension('2.5.29.29', integer(1))),
      'crl-entry-unreadable',
    ],
    [
      'two certificate issuers',
      withExtensions(...Array.from({ length: 2 }, () => extension('2.5.29.29', seq()))),
      'crl-entry-unreadable',
    ],
    [
      'extensions that are none, with a certificate issuer in them',
      entry(...good, seq(integer(4), extension('2.5.29.29', seq()))),
      'der-unexpected-tag',
    ],
  ])('%s: whose certificate it revokes is in doubt, and the list is not read', (_name, bad, code) => {
    expect(codeOf(list([{ serialNumber: serial(1), revocationDate: at }, bad]))).toBe(code)
  })
})

test('critical entry extensions that are not known are named (§5.3)', () => {
  const entry = seq(
    integer(1),
    time(at),
    seq(seq(oid('1.2.3'), Uint8Array.of(1, 1, 0xff), octetString(integer(1)))),
  )
  expect([...read([entry]).revokedCertificates.unknownCritical]).toEqual(['1.2.3'])
})

test('cut short at any place it is refused with an offset, never read and never a bug', () => {
  const der = list([{ serialNumber: serial(1), revocationDate: at, reasonCode: 'superseded' }])
  for (let length = 0; length < der.length; length++) expect(codeOf(der.subarray(0, length))).toMatch(/^der-/)
})
