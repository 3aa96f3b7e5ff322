import { describe, expect, test } from 'vitest'
import { bitString, ia5String, oid, octetString, seq, setOf, tlv } from '../../../src/der/writer.ts'
import { generateKeyPair, supported } from '../../../src/webcrypto/keys.ts'
import { KEY_ALGORITHMS, SIGNATURES_OF, schemeOf } from '../../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import { sign, verifySigned } from '../../../src/x509/signed.ts'
import { assembleSigned } from '../../../src/x509/encode.ts'
import { encodeExtensionValue } from '../../../src/x509/extensions/table.ts'
import { encodeName, nameToText } from '../../../src/x509/name.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { encodeRequestInfo, parseRequest } from '../../../src/x509/request.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'

const subject = encodeName([[{ oid: '2.5.4.3', text: 'Example' }]])
const san = {
  oid: EXTENSION_OIDS.subjectAltName,
  critical: false,
  value: encodeExtensionValue('subjectAltName', [{ kind: 'dNSName', value: 'example.com' }]),
}

describe('a request', () => {
  test.each<KeyAlgorithmId>(['rsa-2048', 'p256', 'p384', 'p521', 'ed25519', 'ml-dsa-44'])(
    'of a %s key is written, signed, read and verified with its own key',
    async (id) => {
      if (!(await supported(id))) return
      const { privateKey, spki } = await generateKeyPair(id)
      const algorithm = SIGNATURES_OF[KEY_ALGORITHMS[id].keyType][0]!
      const info = encodeRequestInfo({ subject, spki, extensions: [san], challengePassword: 'secret' })
      const signature = await sign(schemeOf(algorithm), privateKey, info)
      const request = parseRequest(assembleSigned(info, encodeSignatureAlgorithm(algorithm), signature))
      expect(request).toMatchObject({ version: 1, challengePassword: 'secret', findings: [] })
      expect(nameToText(request.subject)).toBe('CN=Example')
      expect(request.subjectAltName).toEqual([{ kind: 'dNSName', value: 'example.com' }])
      expect(await verifySigned(request, request.spki)).toBe('valid')
      const changed = parseRequest(
        request.der.map((octet, i) => (i === request.der.length - 1 ? octet ^ 1 : octet)),
      )
      expect(await verifySigned(changed, changed.spki)).toBe('invalid')
    },
  )
})

describe('a request is read', () => {
  const spki = seq(seq(oid('1.3.101.112')), bitString(new Uint8Array(32)))
  const signed = (...attributes: Uint8Array[]) =>
    assembleSigned(
      seq(Uint8Array.of(2, 1, 0), subject, spki, tlv(0xa0, ...attributes)),
      seq(oid('1.3.101.112')),
      new Uint8Array(64),
    )
  const extensions = seq(seq(oid(san.oid), octetString(san.value)))

  test('without attributes', () => {
    expect(parseRequest(signed())).toMatchObject({ attributes: [], extensions: [], challengePassword: null })
  })
  test('with the extensions under the number Microsoft writes', () => {
    const attribute = seq(oid('1.3.6.1.4.1.311.2.1.14'), setOf(extensions))
    expect(parseRequest(signed(attribute)).subjectAltName).toHaveLength(1)
  })
  test('with offsets that count in the request, where an extension cannot be read', () => {
    const broken = seq(seq(oid(EXTENSION_OIDS.keyUsage), octetString(ia5String('no'))))
    const der = signed(seq(oid('1.2.840.113549.1.9.14'), setOf(broken)))
    const [finding] = parseRequest(der).findings
    expect(finding).toMatchObject({ code: 'extension-unreadable' })
    const { offset } = finding!.detail as { offset: number }
    expect([...der.subarray(offset, offset + 4)]).toEqual([...ia5String('no')])
  })
})
