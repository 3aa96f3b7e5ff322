import { describe, expect, test } from 'vitest'
import {
  bitString,
  boolean,
  explicit,
  integer,
  nul,
  octetString,
  oid,
  seq,
  tlv,
  utf8String,
} from '../../../src/der/writer.ts'
import { isCodedError } from '../../../src/errors.ts'
import { parseCertificate, parseTbsCertificate } from '../../../src/x509/certificate.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { assembleSigned, encodeTbsCertificate } from '../../../src/x509/encode.ts'
import type { TbsCertificateFields } from '../../../src/x509/encode.ts'
import { EXTENSIONS, encodeExtensionValue } from '../../../src/x509/extensions/table.ts'
import type { ExtensionName } from '../../../src/x509/extensions/values.ts'
import { encodeName } from '../../../src/x509/name.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { hex, toHex } from '../../support/bytes.ts'
import { EXTENSION_VALUES } from '../../support/extension-values.ts'
import { reencode } from '../../support/reencode.ts'

const ALGORITHM = seq(oid('1.3.101.112'))
const name = encodeName([[{ oid: '2.5.4.3', text: 'Example' }]])
const FIELDS: TbsCertificateFields = {
  serialNumber: hex('01'),
  signature: ALGORITHM,
  issuer: name,
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
  subject: name,
  spki: seq(ALGORITHM, bitString(new Uint8Array(32))),
  extensions: [],
}
const signed = (tbs: Uint8Array) => assembleSigned(tbs, ALGORITHM, new Uint8Array(64))
const der = (fields: Partial<TbsCertificateFields> = {}) =>
  signed(encodeTbsCertificate({ ...FIELDS, ...fields }))
const read = (fields: Partial<TbsCertificateFields> = {}): Certificate => parseCertificate(der(fields))
const withExtension = (extension: ExtensionName, value: string, critical = false): Certificate =>
  read({ extensions: [{ oid: EXTENSION_OIDS[extension], critical, value: hex(value) }] })

/** A certificate whose fields before the extensions are given unchanged. */
const raw = (...parts: Uint8Array[]) => signed(seq(...parts))
const REST = [
  ALGORITHM,
  name,
  seq(hex('170d3236303130313030303030305a'), hex('170d3237303130313030303030305a')),
  name,
  FIELDS.spki,
]

function refusal(bytes: Uint8Array): unknown {
  try {
    parseCertificate(bytes)
    return 'read'
  } catch (error) {
    if (isCodedError(error)) return { code: error.code, ...error.detail }
    throw error
  }
}

describe('a certificate is read', () => {
  test('with its octets as views of the input', () => {
    const bytes = der()
    const certificate = parseCertificate(bytes)
    expect(certificate.der).toEqual(bytes)
    expect(certificate.tbs.buffer).toBe(bytes.buffer)
    expect(certificate.tbs).toEqual(encodeTbsCertificate(FIELDS))
    expect(certificate.issuer.der).toEqual(name)
    expect(certificate.findings).toEqual([])
  })
  test.each([
    ['zero', '00'],
    ['negative', 'ff'],
    ['21 octets', '00' + 'ff'.repeat(20)],
    ['40 octets', '7f' + '00'.repeat(39)],
  ])('with a serial number that is %s, for lint to validate', (_what, serialNumber) => {
    expect(toHex(read({ serialNumber: hex(serialNumber) }).serialNumber)).toBe(serialNumber)
  })
  test.each([
    '0000-01-01T00:00:00Z',
    '0099-12-31T23:59:59Z',
    '1949-12-31T23:59:59Z',
    '1950-01-01T00:00:00Z',
    '2049-12-31T23:59:59Z',
    '2050-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ])('with the time %s (§4.1.2.5)', (text) => {
    const certificate = read({ notAfter: new Date(text) })
    expect(certificate.notAfter).toEqual(new Date(text))
    const year = Number(text.slice(0, 4))
    expect(certificate.timeTypes.notAfter).toBe(year >= 1950 && year < 2050 ? 'UTCTime' : 'GeneralizedTime')
  })
  test('with a GeneralizedTime before 2050, its type kept for lint', () => {
    const timeTypes = { notBefore: 'GeneralizedTime', notAfter: 'UTCTime' } as const
    expect(read({ timeTypes }).timeTypes).toEqual(timeTypes)
  })
  test('of version 1, 2, 3 and one that no RFC knows', () => {
    for (const version of [1, 2, 3, 4]) expect(read({ version })).toMatchObject({ version, findings: [] })
  })
  test('with unique identifiers (§4.1.2.8)', () => {
    const issuerUniqueID = { unusedBits: 5, bytes: hex('a0') }
    const subjectUniqueID = { unusedBits: 0, bytes: hex('0102') }
    expect(read({ version: 2, issuerUniqueID, subjectUniqueID })).toMatchObject({
      issuerUniqueID,
      subjectUniqueID,
    })
  })
  test('unsigned, as its TBSCertificate alone', () => {
    const tbs = encodeTbsCertificate(FIELDS)
    const { der: _der, signatureValue, ...fields } = parseTbsCertificate(tbs)
    expect(signatureValue).toHaveLength(0)
    expect(parseCertificate(signed(tbs))).toMatchObject({ ...fields, extensions: [] })
  })
})

describe('a certificate is refused', () => {
  test('cut short anywhere', () => {
    const bytes = der({ extensions: [{ oid: EXTENSION_OIDS.ocspNoCheck, critical: false, value: nul() }] })
    for (let length = 0; length < bytes.length; length++)
      expect(refusal(bytes.subarray(0, length))).toMatchObject({ code: 'der-truncated' })
  })
  test('with octets after it, or inside it after the signature', () => {
    const bytes = der()
    const length = bytes.length
    expect(refusal(Uint8Array.from([...bytes, 0]))).toEqual({
      code: 'der-trailing-data',
      offset: length,
      length: 1,
    })
    const more = seq(encodeTbsCertificate(FIELDS), ALGORITHM, bitString(new Uint8Array(64)), nul())
    expect(refusal(more)).toMatchObject({ code: 'der-trailing-data' })
  })
  test('with a field that belongs elsewhere', () => {
    expect(refusal(raw(integer(1), ...REST, explicit(4, nul())))).toMatchObject({ code: 'der-trailing-data' })
    expect(refusal(raw(utf8String('1'), ...REST))).toMatchObject({ code: 'der-unexpected-tag' })
  })
  test('with more than 256 extensions, before they take long', () => {
    const extensions = Array.from({ length: 257 }, (_, i) => ({
      oid: `1.2.${i}`,
      critical: false,
      value: nul(),
    }))
    expect(read({ extensions: extensions.slice(1) }).extensions).toHaveLength(256)
    expect(refusal(der({ extensions }))).toMatchObject({ code: 'der-too-many', limit: 256 })
  })
  test('with a padded serial number (X.690 §8.3.2)', () => {
    expect(refusal(raw(hex('02020001'), ...REST))).toMatchObject({ code: 'der-integer-not-minimal' })
  })
})

describe('a DER rule above TLV is a finding and the octets are kept', () => {
  const codes = (certificate: Certificate) => certificate.findings.map(({ code }) => code)
  test('version 1 written out (X.690 §11.5)', () => {
    const certificate = parseCertificate(raw(explicit(0, integer(0)), integer(1), ...REST))
    expect(certificate.version).toBe(1)
    expect(certificate.findings).toEqual([{ code: 'der-default-encoded', detail: { field: 'version' } }])
  })
  test('critical FALSE written out (§11.5)', () => {
    const extension = seq(oid(EXTENSION_OIDS.ocspNoCheck), boolean(false), octetString(nul()))
    const certificate = parseCertificate(
      raw(explicit(0, integer(2)), integer(1), ...REST, explicit(3, seq(extension))),
    )
    expect(certificate.ocspNoCheck).toBe(true)
    expect(codes(certificate)).toEqual(['der-default-encoded'])
  })
  test('cA FALSE written out (§11.5)', () => {
    const certificate = withExtension('basicConstraints', '3003010100')
    expect(certificate.basicConstraints).toEqual({ ca: false, pathLen: null })
    expect(codes(certificate)).toEqual(['der-default-encoded'])
  })
  test('minimum 0 of a subtree written out (§11.5)', () => {
    const certificate = withExtension('nameConstraints', '300aa0083006820161800100')
    expect(certificate.nameConstraints?.permitted).toHaveLength(1)
    expect(codes(certificate)).toEqual(['der-default-encoded'])
  })
  test('named bits with trailing zeros (§11.2.2)', () => {
    const certificate = withExtension('keyUsage', '03020080')
    expect(certificate.keyUsage).toEqual(new Set(['digitalSignature']))
    expect(codes(certificate)).toEqual(['der-named-bits-trailing-zeros'])
  })
  test('named bits beyond those that have names: told and passed over (RFC 5280 §4.2.1.3, §4.2.1.13)', () => {
    const told = (certificate: Certificate) => certificate.findings.map(({ detail }) => detail)
    const usage = withExtension('keyUsage', '03050780000180')
    expect(usage.keyUsage).toEqual(new Set(['digitalSignature']))
    expect(codes(usage)).toEqual(['named-bits-unknown'])
    expect(told(usage)).toMatchObject([{ bits: [23, 24] }])
    expect(codes(withExtension('keyUsage', '03020780'))).toEqual([])
    expect(codes(withExtension('keyUsage', '0303070080'))).toEqual([])
    // A long run of them is reported by its first few.
    expect(told(withExtension('keyUsage', `032100${'ff'.repeat(32)}`))).toMatchObject([
      { bits: [9, 10, 11, 12, 13, 14, 15, 16] },
    ])
    const reasons = withExtension('cRLDistributionPoints', '3006300481020640')
    expect(codes(reasons)).toEqual([])
    expect(codes(withExtension('cRLDistributionPoints', '3007300581030600c0'))).toEqual([
      'named-bits-unknown',
    ])
  })
  test('a signature or key that is not whole octets', () => {
    const spki = seq(ALGORITHM, bitString(hex('80'), 1))
    const tbs = encodeTbsCertificate({ ...FIELDS, spki })
    expect(codes(parseCertificate(seq(tbs, ALGORITHM, bitString(hex('80'), 7))))).toEqual([
      'bit-string-not-octets',
      'bit-string-not-octets',
    ])
  })
  test('a list of extensions with nothing in it (RFC 5280 §4.1.2.9)', () => {
    const certificate = parseCertificate(
      raw(explicit(0, integer(2)), integer(1), ...REST, explicit(3, seq())),
    )
    expect(codes(certificate)).toEqual(['extensions-empty'])
  })
})

describe('extensions', () => {
  test('that no one knows are kept', () => {
    const extension = { oid: '1.2.3.4', critical: true, value: hex('c0ffee') }
    expect(read({ extensions: [extension] }).extensions).toMatchObject([extension])
  })
  test('that stand twice are a finding, and the first counts (§4.2)', () => {
    const bits = (bit: 'keyCertSign' | 'cRLSign') => ({
      oid: EXTENSION_OIDS.keyUsage,
      critical: true,
      value: encodeExtensionValue('keyUsage', new Set([bit])),
    })
    const certificate = read({ extensions: [bits('keyCertSign'), bits('cRLSign')] })
    expect(certificate.keyUsage).toEqual(new Set(['keyCertSign']))
    expect(certificate.extensions).toHaveLength(2)
    expect(certificate.findings).toEqual([
      { code: 'extension-repeated', detail: { oid: EXTENSION_OIDS.keyUsage } },
    ])
  })
  test('that cannot be read are a finding with the place, and the others are read', () => {
    const bytes = der({
      extensions: [
        { oid: EXTENSION_OIDS.keyUsage, critical: true, value: hex('0500') },
        { oid: EXTENSION_OIDS.ocspNoCheck, critical: false, value: nul() },
      ],
    })
    const certificate = parseCertificate(bytes)
    expect(certificate).toMatchObject({ keyUsage: null, ocspNoCheck: true })
    const [finding] = certificate.findings
    expect(finding).toMatchObject({
      code: 'extension-unreadable',
      detail: { oid: EXTENSION_OIDS.keyUsage, error: 'der-unexpected-tag' },
    })
    expect(
      toHex(bytes)
        .slice(2 * (finding!.detail as { offset: number }).offset)
        .startsWith('0500'),
    ).toBe(true)
  })
  test.each<[ExtensionName, string, string]>([
    ['ocspNoCheck', '05000500', 'der-trailing-data'],
    ['basicConstraints', '30060101ff0201ff', 'der-integer-too-large'],
    ['basicConstraints', '3003010101', 'der-boolean-invalid'],
    ['subjectAltName', '30028900', 'der-unexpected-tag'],
    ['extKeyUsage', '30020600', 'der-oid-invalid'],
    ['inhibitAnyPolicy', '', 'der-truncated'],
    ['microsoftTemplateName', '1e0100', 'der-string-invalid'],
  ])('%s of %s is unreadable: %s', (extension, value, error) => {
    const certificate = withExtension(extension, value)
    expect(certificate[extension]).toBeNull()
    expect(certificate.findings).toMatchObject([{ code: 'extension-unreadable', detail: { error } }])
  })
})

test.each(Object.keys(EXTENSIONS) as ExtensionName[])(
  '%s is written and read back as it was',
  (extension) => {
    const { encode } = EXTENSIONS[extension] as { encode: (value: unknown) => Uint8Array }
    for (const value of EXTENSION_VALUES[extension]) {
      const certificate = read({
        extensions: [{ oid: EXTENSION_OIDS[extension], critical: false, value: encode(value) }],
      })
      expect(certificate[extension]).toEqual(value)
      expect(certificate.findings).toEqual([])
      expect(reencode(certificate)).toEqual(certificate.der)
    }
  },
)

test('every extension has an object identifier of its own', () => {
  expect(new Set(Object.values(EXTENSION_OIDS)).size).toBe(Object.keys(EXTENSIONS).length)
})

test('an extension after the wrong kind of field is not taken for one', () => {
  expect(refusal(raw(explicit(0, integer(2)), integer(1), ...REST, tlv(0xa3, nul())))).toMatchObject({
    code: 'der-unexpected-tag',
  })
})
