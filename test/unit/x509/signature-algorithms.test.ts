import { describe, expect, test } from 'vitest'
import { parseWhole } from '../../../src/der/reader.ts'
import { explicit, integer, nul, oid, seq } from '../../../src/der/writer.ts'
import { SIGNATURE_ALGORITHMS, schemeOf } from '../../../src/webcrypto/algorithms.ts'
import type { SignatureAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import { encodeSignatureAlgorithm, signatureMeaning } from '../../../src/x509/signature-algorithms.ts'

const meaning = (der: Uint8Array) => {
  const algorithm = parseWhole(der, (reader) => {
    const fields = reader.sequence()
    return { der, oid: fields.oid(), parameters: fields.atEnd ? null : fields.element() }
  })
  return signatureMeaning(algorithm)
}
const SHA256 = oid('2.16.840.1.101.3.4.2.1')
const SHA384 = oid('2.16.840.1.101.3.4.2.2')
const MGF1 = oid('1.2.840.113549.1.1.8')
const PSS = oid('1.2.840.113549.1.1.10')

test.each(Object.keys(SIGNATURE_ALGORITHMS) as SignatureAlgorithmId[])(
  '%s is written and read back',
  (id) => {
    expect(meaning(encodeSignatureAlgorithm(id))).toEqual({ scheme: schemeOf(id) })
  },
)

describe('parameters', () => {
  test('RSA without its NULL can still be checked (RFC 4055 §5)', () => {
    expect(meaning(seq(oid('1.2.840.113549.1.1.11')))).toEqual({
      scheme: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
    })
  })
  test.each(['1.2.840.10045.4.3.2', '1.3.101.112', '2.16.840.1.101.3.4.3.18'])(
    '%s with a NULL is no such algorithm',
    (text) => {
      expect(meaning(seq(oid(text), nul()))).toHaveProperty('unsupported')
    },
  )
  test('PSS without parameters names no hash for a signature (RFC 4055 §3.1)', () => {
    expect(meaning(seq(PSS))).toEqual({ unsupported: 'RSA-PSS without parameters' })
  })
  test('PSS defaults are SHA-1, MGF1 with SHA-1 and a salt of 20', () => {
    expect(meaning(seq(PSS, seq()))).toEqual({ scheme: { kind: 'rsa-pss', hash: 'SHA-1', saltLength: 20 } })
  })
  test('PSS with MGF1 over another hash cannot be checked by WebCrypto', () => {
    const parameters = seq(
      explicit(0, seq(SHA256, nul())),
      explicit(1, seq(MGF1, seq(SHA384, nul()))),
      explicit(2, integer(32)),
    )
    expect(meaning(seq(PSS, parameters))).toEqual({
      unsupported: 'RSA-PSS with SHA-256 and MGF1 over SHA-384',
    })
  })
  test('PSS with a field too many is unreadable', () => {
    expect(meaning(seq(PSS, seq(integer(1))))).toEqual({ unsupported: 'RSA-PSS with unreadable parameters' })
  })
  test.each([
    ['1.3.101.113', 'Ed448'],
    ['2.16.840.1.101.3.4.3.20', 'SLH-DSA'],
    ['1.2.840.113549.1.1.4', 'RSA with MD5'],
    ['1.2.3.4', '1.2.3.4'],
  ])('%s cannot be checked here: %s', (text, name) => {
    expect(meaning(seq(oid(text)))).toEqual({ unsupported: name })
  })
})
