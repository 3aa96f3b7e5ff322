import { expect, test } from 'vitest'
import { bitString, oid, octetString, seq, setOf, tlv, integer, type Der } from '../../../src/der/writer.ts'
import { differenceIn } from '../../../src/services/second-reading/compare.ts'
import { encodeTbsCertList } from '../../../src/x509/certificate-list.ts'
import { encodeName, type AttributeText } from '../../../src/x509/name.ts'
import { encodePssParameters } from '../../../src/x509/pss-parameters.ts'
import { encodeRequestInfo } from '../../../src/x509/request.ts'
import { encodeRevokedEntry, type RevokedEntryFields } from '../../../src/x509/revoked-entry.ts'
import { readAgain, type SecondReading } from '../../../witness/second-reading.ts'

// Each pair differs in one thing, which one reader is taken to have missed.

const CN: AttributeText = { oid: '2.5.4.3', text: 'Example' }
const O: AttributeText = { oid: '2.5.4.10', text: 'Example Inc.' }
const ED25519 = seq(oid('1.3.101.112'))
const signed = (tbs: Der, algorithm: Der = ED25519): Der => seq(tbs, algorithm, bitString(new Uint8Array(64)))

const EXTENSION = { oid: '2.5.29.15', critical: true, value: Uint8Array.of(3, 2, 1, 6) }
const SPKI = seq(ED25519, bitString(new Uint8Array(32).fill(3)))
const requestOf = (rdns: AttributeText[][], extensions = [EXTENSION]): Der =>
  signed(encodeRequestInfo({ subject: encodeName(rdns), spki: SPKI, extensions }))

const AT = new Date(Date.UTC(2026, 0, 2))
const listOf = (entry: Partial<RevokedEntryFields> = {}, algorithm = ED25519): Der =>
  signed(
    encodeTbsCertList({
      ...{ signature: algorithm, issuer: encodeName([[CN]]), thisUpdate: AT, nextUpdate: AT },
      revokedCertificates: [
        encodeRevokedEntry({ serialNumber: Uint8Array.of(5), revocationDate: AT, ...entry }),
      ],
      ...{ authorityKeyIdentifier: null, cRLNumber: Uint8Array.of(1) },
    }),
    algorithm,
  )
const pss = (hash: 'SHA-256' | 'SHA-384', saltLength: number): Der =>
  seq(oid('1.2.840.113549.1.1.10'), encodePssParameters({ kind: 'rsa-pss', hash, saltLength }))

function reading(der: Der, kind: SecondReading['kind']): SecondReading {
  const answer = readAgain(der, kind)
  if ('notRead' in answer) throw new Error(`not read: ${answer.notRead}`)
  return answer
}
const fieldOf = (der: Der, theirs: SecondReading) => differenceIn(der, theirs)?.field ?? 'same'

test('two attributes of one RelativeDistinguishedName are not two of them', () => {
  const [together, apart] = [requestOf([[CN, O]]), requestOf([[CN], [O]])]
  for (const der of [together, apart]) expect(fieldOf(der, reading(der, 'request'))).toBe('same')
  expect(fieldOf(together, reading(apart, 'request'))).toBe('subject')
  const issuers = { ...reading(listOf(), 'list'), issuer: reading(together, 'request').subject }
  expect(fieldOf(listOf(), issuers)).toBe('issuer')
})

test.each<[string, Partial<RevokedEntryFields>]>([
  ['certificateIssuer', { certificateIssuer: [{ kind: 'dNSName', value: 'ca.example.com' }] }],
  ['invalidityDate', { invalidityDate: new Date(Date.UTC(2026, 0, 1)) }],
  ['reasonCode', { reasonCode: 'keyCompromise' }],
])('an entry with %s is not one without', (_, fields) => {
  const [without, withIt] = [listOf(), listOf(fields)]
  expect(fieldOf(withIt, reading(withIt, 'list'))).toBe('same')
  expect(fieldOf(withIt, reading(without, 'list'))).toBe('entries')
  expect(fieldOf(without, reading(withIt, 'list'))).toBe('entries')
})

test.each([
  ['hash', pss('SHA-384', 32)],
  ['salt', pss('SHA-256', 20)],
  ['parameters', seq(oid('1.2.840.113549.1.1.10'))],
])('RSA-PSS with another %s is another algorithm', (_, other) => {
  const list = listOf({}, pss('SHA-256', 32))
  const theirs = reading(list, 'list')
  expect(fieldOf(list, theirs)).toBe('same')
  const { algorithm } = reading(listOf({}, other), 'list')
  expect(fieldOf(list, { ...theirs, algorithm })).toBe('algorithm')
})

test('a request without an extension that the other reader has is not the same, nor the other way round', () => {
  const [withIt, without] = [requestOf([[CN]]), requestOf([[CN]], [])]
  expect(fieldOf(withIt, reading(without, 'request'))).toBe('extensions')
  expect(fieldOf(without, reading(withIt, 'request'))).toBe('extensions')
})

test("extensions in Microsoft's attribute, or in both, are read by both", () => {
  const extension = seq(oid('2.5.29.37'), octetString(seq(oid('1.3.6.1.5.5.7.3.1'))))
  const usage = seq(oid('2.5.29.15'), octetString(Uint8Array.of(3, 2, 1, 6)))
  const attribute = (type: string, ...extensions: Der[]) => seq(oid(type), setOf(seq(...extensions)))
  const microsoft = attribute('1.3.6.1.4.1.311.2.1.14', extension, usage)
  for (const attributes of [[microsoft], [attribute('1.2.840.113549.1.9.14', usage), microsoft]]) {
    const der = signed(seq(integer(0), encodeName([[CN]]), SPKI, tlv(0xa0, ...attributes)))
    const theirs = reading(der, 'request')
    expect(fieldOf(der, theirs)).toBe('same')
    expect(theirs.extensions.length).toBeGreaterThanOrEqual(2)
  }
})
