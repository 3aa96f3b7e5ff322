import { X509Certificate } from 'node:crypto'
import { Certificate as PkijsCertificate } from 'pkijs'
import type { RelativeDistinguishedNames } from 'pkijs'
import { expect, test } from 'vitest'
import { isCodedError } from '../../src/errors.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { nameToText } from '../../src/x509/name.ts'
import type { Name } from '../../src/x509/name.ts'
import { reencode } from '../support/reencode.ts'
import { debianRoots } from '../support/roots.ts'
import { succeed } from '../support/run.ts'
import { corpusCertificates, pathCertificates } from '../support/vectors.ts'
import { toHex } from '../support/bytes.ts'
import { typedValues } from './typed-extensions.ts'

const SETS = {
  'ca-certificates': debianRoots,
  corpus: corpusCertificates,
  limbo: () => pathCertificates('limbo'),
  pkits: () => pathCertificates('pkits'),
  bettertls: () => pathCertificates('bettertls'),
}

/** What a finding that explains a difference in the octets is called. */
const DER_RULES = new Set([
  'der-named-bits-trailing-zeros',
  'der-default-encoded',
  'der-set-order',
  'bit-string-not-octets',
  'extensions-empty',
])

for (const [set, read] of Object.entries(SETS)) {
  const certificates = read().flatMap(([name, der]) => {
    const certificate = readable(der)
    return certificate ? [{ name, der, certificate }] : []
  })

  test(`every certificate of ${set} agrees with pkijs, field by field`, () => {
    const compared = certificates.filter(({ name, der, certificate }) => {
      const theirs = readByPkijs(der)
      if (theirs) {
        expect(ours(certificate), name).toEqual(fields(theirs))
        const typed = typedValues(certificate, theirs)
        expect(typed.ours, name).toEqual(typed.theirs)
      }
      return theirs !== null
    })
    expect(compared.length).toBeGreaterThan(certificates.length * 0.95)
  })

  test(`every certificate of ${set} written anew has the same octets, or a finding says which rule it breaks`, () => {
    const unexplained = certificates.filter(
      ({ der, certificate }) =>
        toHex(reencode(certificate)) !== toHex(der) &&
        !certificate.findings.some(({ code }) => DER_RULES.has(code)),
    )
    expect(unexplained.map(({ name }) => name)).toEqual([])
  })

  test(`every certificate of ${set} agrees with OpenSSL on serial number and validity`, () => {
    for (const { name, der, certificate } of certificates) {
      const theirs = readByNode(der)
      if (!theirs) continue
      expect(serial(certificate), name).toBe(theirs.serialNumber.toLowerCase().replace(/^(-?)0+(?=.)/, '$1'))
      expect(certificate.notBefore.getTime(), name).toBe(theirs.validFromDate.getTime())
      expect(certificate.notAfter.getTime(), name).toBe(theirs.validToDate.getTime())
    }
  })
}

test('every fourth subject of ca-certificates has the text that OpenSSL gives it (RFC 4514)', async () => {
  const form = ['-noout', '-subject', '-nameopt', 'RFC2253,-esc_msb,utf8']
  for (const [name, der] of debianRoots().filter((_, i) => i % 4 === 0)) {
    const { stdout } = await succeed('openssl', ['x509', '-inform', 'DER', ...form], { input: der })
    expect(`subject=${nameToText(parseCertificate(der).subject)}`, name).toBe(stdout.trimEnd())
  }
})

test('what is refused is refused for a TLV fault: a time that X.690 §11.8 does not allow', () => {
  const refused = Object.fromEntries(
    corpusCertificates().flatMap(([name, der]) => {
      const code = refusal(der)
      return code === null ? [] : [[name, code]]
    }),
  )
  expect(Object.values(refused).every((code) => code === 'der-time-invalid')).toBe(true)
})

test('two trusted roots of ca-certificates break a DER rule above TLV', () => {
  const broken = debianRoots().filter(([, der]) => parseCertificate(der).findings.length > 0)
  expect(broken.map(([, der]) => parseCertificate(der).findings.map(({ code }) => code))).toEqual([
    ['der-named-bits-trailing-zeros'],
    ['der-named-bits-trailing-zeros'],
  ])
})

function refusal(der: Uint8Array): string | null {
  try {
    parseCertificate(der)
    return null
  } catch (error) {
    if (isCodedError(error)) return error.code
    throw error
  }
}

function readable(der: Uint8Array): Certificate | null {
  return refusal(der) === null ? parseCertificate(der) : null
}

function readByPkijs(der: Uint8Array<ArrayBuffer>): PkijsCertificate | null {
  try {
    return PkijsCertificate.fromBER(der.buffer)
  } catch {
    return null
  }
}

function readByNode(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der)
  } catch {
    return null
  }
}

/** As OpenSSL writes it: hex of the magnitude, a minus in front. */
function serial({ serialNumber }: Certificate): string {
  const value = BigInt.asIntN(serialNumber.length * 8, BigInt(`0x${toHex(serialNumber)}`))
  return value.toString(16)
}

function ours(certificate: Certificate) {
  const { spki } = certificate
  return {
    version: certificate.version - 1,
    serialNumber: toHex(certificate.serialNumber),
    signature: certificate.signature.oid,
    issuer: ourName(certificate.issuer),
    notBefore: asPkijsReads(certificate.notBefore),
    notAfter: asPkijsReads(certificate.notAfter),
    subject: ourName(certificate.subject),
    algorithm: spki.algorithm.oid,
    publicKey: toHex(spki.publicKey),
    issuerUniqueID: certificate.issuerUniqueID && toHex(certificate.issuerUniqueID.bytes),
    subjectUniqueID: certificate.subjectUniqueID && toHex(certificate.subjectUniqueID.bytes),
    signatureAlgorithm: certificate.signatureAlgorithm.oid,
    signatureValue: toHex(certificate.signatureValue),
    extensions: certificate.extensions.map(({ oid, critical, value }) => [oid, critical, toHex(value)]),
  }
}

/** pkijs takes the years 0 to 99 for 1900 to 1999, as Date.UTC does. */
const asPkijsReads = (date: Date): number => {
  const year = date.getUTCFullYear()
  return year < 100 ? new Date(date).setUTCFullYear(1900 + year) : date.getTime()
}

const ourName = (name: Name) =>
  name.rdns.flatMap((rdn) => rdn.map(({ oid, tag, value }) => [oid, tag, toHex(value)]))

function fields(theirs: PkijsCertificate): ReturnType<typeof ours> {
  return {
    version: theirs.version,
    serialNumber: hexOf(theirs.serialNumber.valueBlock.valueHexView),
    signature: theirs.signature.algorithmId,
    issuer: theirName(theirs.issuer),
    notBefore: theirs.notBefore.value.getTime(),
    notAfter: theirs.notAfter.value.getTime(),
    subject: theirName(theirs.subject),
    algorithm: theirs.subjectPublicKeyInfo.algorithm.algorithmId,
    publicKey: hexOf(theirs.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView),
    issuerUniqueID: theirs.issuerUniqueID ? hexOf(new Uint8Array(theirs.issuerUniqueID, 1)) : null,
    subjectUniqueID: theirs.subjectUniqueID ? hexOf(new Uint8Array(theirs.subjectUniqueID, 1)) : null,
    signatureAlgorithm: theirs.signatureAlgorithm.algorithmId,
    signatureValue: hexOf(theirs.signatureValue.valueBlock.valueHexView),
    extensions: (theirs.extensions ?? []).map(({ extnID, critical, extnValue }) => [
      extnID,
      critical,
      hexOf(extnValue.valueBlock.valueHexView),
    ]),
  }
}

const hexOf = (view: Uint8Array): string => toHex(view)

const theirName = (name: RelativeDistinguishedNames) =>
  name.typesAndValues.map(({ type, value }) => {
    const ber = new Uint8Array(value.toBER())
    return [type, ber[0]!, toHex(ber.subarray(headerLength(ber)))]
  })

const headerLength = (ber: Uint8Array): number => (ber[1]! < 0x80 ? 2 : 2 + (ber[1]! & 0x7f))
