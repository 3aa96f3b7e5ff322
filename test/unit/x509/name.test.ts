import '../../support/english.ts'
import { describe, expect, test } from 'vitest'
import { Reader, TAG, parseWhole } from '../../../src/der/reader.ts'
import { oid, seq, setOf, tlv } from '../../../src/der/writer.ts'
import type { Finding } from '../../../src/findings.ts'
import { findingSentence } from '../../../src/messages/messages.ts'
import { encodeName, nameFromDer, nameToText, parseName } from '../../../src/x509/name.ts'
import type { Attribute, AttributeText } from '../../../src/x509/name.ts'
import { parseNameText } from '../../../src/x509/name-from-text.ts'
import { isInSubtree, nameKey, namesMatch } from '../../../src/x509/name-matching.ts'
import { hex, toHex } from '../../support/bytes.ts'

const CN = '2.5.4.3'
const O = '2.5.4.10'
const named = (...rdns: (Attribute | AttributeText)[][]) => nameFromDer(encodeName(rdns))
const fromText = (text: string) => nameFromDer(encodeName(parseNameText(text)))
const typed = (oid: string, tag: number, octets: string): Attribute => ({
  oid,
  tag,
  value: hex(octets),
  text: null,
})

describe('a name is written', () => {
  test('with the country as PrintableString and the rest as UTF8String (RFC 5280 §4.1.2.4)', () => {
    const name = named([{ oid: '2.5.4.6', text: 'CH' }], [{ oid: O, text: 'Example' }])
    expect(name.rdns.flat().map(({ tag }) => tag)).toEqual([TAG.PRINTABLE_STRING, TAG.UTF8_STRING])
  })
  test('with serialNumber and dnQualifier as PrintableString (Appendix A.1)', () => {
    const name = named([{ oid: '2.5.4.5', text: '1' }], [{ oid: '2.5.4.46', text: '2' }])
    expect(name.rdns.flat().map(({ tag }) => tag)).toEqual([TAG.PRINTABLE_STRING, TAG.PRINTABLE_STRING])
  })
  test('with mailbox and domain component as IA5String (Appendix A.1)', () => {
    const name = fromText('emailAddress=a@example.com,DC=example')
    expect(name.rdns.flat().map(({ tag }) => tag)).toEqual([TAG.IA5_STRING, TAG.IA5_STRING])
  })
  test('with the members of a set in DER order (X.690 §11.6)', () => {
    const name = named([
      { oid: O, text: 'Example' },
      { oid: CN, text: 'Root' },
    ])
    expect(nameToText(name)).toBe('CN=Root+O=Example')
  })
})

describe('a name is read', () => {
  const string = (tag: number, octets: string) => {
    const findings: Finding[] = []
    const der = encodeName([[typed(CN, tag, octets)]])
    const name = parseWhole(der, (reader) => parseName(reader, 'subject', findings))
    return { text: name.rdns[0]![0]!.text, findings: findings.map(({ code }) => code) }
  }
  test.each([
    ['UTF8String', TAG.UTF8_STRING, 'c3a9', 'é'],
    ['TeletexString, as Latin-1', TAG.TELETEX_STRING, 'e9', 'é'],
    ['BMPString', TAG.BMP_STRING, '00e94e2d', 'é中'],
    ['UniversalString', TAG.UNIVERSAL_STRING, '0001f600', '😀'],
    ['NumericString', TAG.NUMERIC_STRING, '3120', '1 '],
    ['VisibleString', TAG.VISIBLE_STRING, '7e', '~'],
    ['IA5String', TAG.IA5_STRING, '40', '@'],
    ['PrintableString', TAG.PRINTABLE_STRING, '41', 'A'],
  ])('from %s', (_type, tag, octets, text) => {
    expect(string(tag, octets)).toEqual({ text, findings: [] })
  })
  test.each([
    ['PrintableString', TAG.PRINTABLE_STRING, '40', '@'],
    ['IA5String', TAG.IA5_STRING, 'e9', 'é'],
    ['NumericString', TAG.NUMERIC_STRING, '41', 'A'],
    ['VisibleString', TAG.VISIBLE_STRING, '0a', '\n'],
    ['UTF8String', TAG.UTF8_STRING, 'ff', null],
    ['BMPString', TAG.BMP_STRING, '00', null],
    ['UniversalString', TAG.UNIVERSAL_STRING, '00110000', null],
  ])('from %s that breaks its rules, with a finding', (_type, tag, octets, text) => {
    expect(string(tag, octets)).toEqual({ text, findings: ['string-type-broken'] })
  })
  test('from a value that is no string, as its octets', () => {
    expect(nameToText(named([typed(CN, TAG.OCTET_STRING, 'c0ffee')]))).toBe('2.5.4.3=#0403c0ffee')
  })
  test('from a set out of order and an empty set, with findings', () => {
    const pair = (oid: AttributeText) => parseWhole(encodeName([[oid]]), (r) => r.sequence().set().element())
    const set = tlv(TAG.SET, pair({ oid: O, text: 'Example' }), pair({ oid: CN, text: 'Root' }))
    const findings: Finding[] = []
    parseWhole(seq(set, tlv(TAG.SET)), (reader) => parseName(reader, 'subject', findings))
    expect(findings.map(({ code }) => code)).toEqual(['der-set-order', 'rdn-empty'])
  })
})

describe('the text of a name (RFC 4514)', () => {
  test.each([
    ['UID=jsmith,DC=example,DC=net'],
    ['OU=Sales+CN=J.  Smith,DC=example,DC=net'],
    ['CN=James \\"Jim\\" Smith\\, III,DC=example'],
    ['CN=\\#a\\+b\\;c\\<d\\>\\\\'],
    ['CN=\\ both ends\\ '],
    ['CN=\\ '],
    ['CN=before\\0dafter'],
    ['CN=Lučić'],
    ['1.3.6.1.4.1.1466.0=#04024869'],
    [''],
  ])('%s survives the way there and back', (text) => {
    expect(nameToText(fromText(text))).toBe(text)
  })
  test('characters that could turn the page around are written as octets (§2.4)', () => {
    expect(nameToText(named([{ oid: CN, text: 'a\u202eb\u0000c' }]))).toBe('CN=a\\e2\\80\\aeb\\00c')
  })
  test('escaped octets make UTF-8 (§2.4)', () => {
    expect(fromText('CN=Lu\\C4\\8Di\\C4\\87').rdns[0]![0]!.text).toBe('Lučić')
  })
  test('space around separators, quotes, small letters and OIDs are read', () => {
    expect(nameToText(fromText('cn = "Smith, J." , 2.5.4.10 = Example ; C=CH'))).toBe(
      'CN=Smith\\, J.,O=Example,C=CH',
    )
  })
  test.each([
    ['CN', 0],
    ['CN=a,', 5],
    ['nonsense=a', 0],
    ['CN=a"b', 4],
    ['CN=\\', 3],
    ['CN=\\zz', 3],
    ['CN="a', 3],
    ['CN="a"b', 6],
    ['CN=#0', 4],
    ['CN=#040', 4],
    ['CN=#0402aa', 4],
    ['CN=\\ff', 3],
    ['C=é', 2],
    ['O=a,DC=é', 7],
  ])('%s is refused with the place', (text, offset) => {
    expect(() => parseNameText(text)).toThrow(
      expect.objectContaining({ code: 'name-text-invalid', detail: { offset } }),
    )
  })
})

describe('names are compared (RFC 5280 §7.1)', () => {
  test('without regard to string type, case and white space', () => {
    const a = named([{ oid: CN, text: 'Example  Root ', tag: TAG.UTF8_STRING }])
    const b = named([{ oid: CN, text: 'example root', tag: TAG.PRINTABLE_STRING }])
    expect(namesMatch(a, b)).toBe(true)
    expect(toHex(a.der)).not.toBe(toHex(b.der))
  })
  test.each([
    ['Straße', 'STRASSE'],
    ['Ο ΟΔΟΣ', 'ο οδος'],
    ['e\u0301', 'É'],
    ['soft\u00adhyphen', 'SoftHyphen'],
    ['a\u00a0\u2003b', 'a b'],
    ['ﬁ', 'FI'],
  ])('%s is %s (RFC 4518 §2)', (a, b) => {
    expect(namesMatch(named([{ oid: CN, text: a }]), named([{ oid: CN, text: b }]))).toBe(true)
  })
  test('members of a set in any order', () => {
    expect(namesMatch(fromText('CN=a+O=b'), fromText('O=B+CN=A'))).toBe(true)
  })
  test('a set with nothing in it says nothing', () => {
    const withEmpty = (text: string, at: number) =>
      nameFromDer(encodeName(fromText(text).rdns.toSpliced(at, 0, [])))
    expect(namesMatch(withEmpty('CN=a,O=b', 0), fromText('CN=A,O=b'))).toBe(true)
    expect(namesMatch(withEmpty('CN=a,O=b', 0), withEmpty('CN=A,O=b', 2))).toBe(true)
    expect(namesMatch(withEmpty('CN=a', 0), withEmpty('CN=b', 0))).toBe(false)
    expect(nameKey(withEmpty('CN=a,O=b', 1))).toBe(nameKey(fromText('CN=a,O=b')))
  })
  test.each([
    ['CN=a,O=b', 'O=b,CN=a'],
    ['CN=a+O=b', 'CN=a,O=b'],
    ['CN=ab', 'CN=a b'],
    ['CN=a', 'O=a'],
    ['CN=a', ''],
  ])('%s is not %s', (a, b) => {
    expect(namesMatch(fromText(a), fromText(b))).toBe(false)
  })
  test('by their first letters as by their keys', () => {
    const letters = ['a', 'B', 'b', '1', ' ', '-', 's', 'ß', '\u0301', '\u00ad', 'i', 'İ', 'ﬁ', 'K', 'k']
    const texts = [...letters, ...letters.flatMap((one) => letters.map((other) => one + other))]
    const names = texts.map((text) => named([{ oid: CN, text, tag: TAG.UTF8_STRING }]))
    const wrong = names.flatMap((one, i) =>
      names.flatMap((other, j) =>
        namesMatch(one, other) === (nameKey(one) === nameKey(other)) ? [] : [[texts[i], texts[j]]],
      ),
    )
    expect(wrong).toEqual([])
  })
  test('control characters in a value cannot make it look like two', () => {
    const joined = named([{ oid: CN, text: `a\u0001${O}=b` }])
    expect(nameKey(joined)).not.toBe(nameKey(fromText('O=b,CN=a')))
  })
  test('a subtree holds the names that begin with its parts', () => {
    expect(isInSubtree(fromText('CN=a,OU=b,O=c'), fromText('OU=B,O=C'))).toBe(true)
    expect(isInSubtree(fromText('CN=a,OU=b,O=c'), fromText('CN=a,OU=b'))).toBe(false)
    expect(isInSubtree(fromText('O=c'), fromText('OU=b,O=c'))).toBe(false)
  })
})

test.each<[string, number[], string]>([
  ['latin-1', [0x4d, 0xfc], 'PrintableString does not allow: octets 4d fc.'],
  ['UTF-8', [0x4d, 0xc3, 0xbc], 'PrintableString does not allow: octets 4d c3 bc, in UTF-8 “Mü”.'],
  ['a NUL', [0x41, 0], 'PrintableString does not allow: octets 41 00.'],
  ['U+202E', [0xe2, 0x80, 0xae], 'PrintableString does not allow: octets e2 80 ae.'],
])('a broken string is quoted: %s', (_, octets, words) => {
  const findings: Finding[] = []
  const value = tlv(TAG.PRINTABLE_STRING, Uint8Array.from(octets))
  parseName(new Reader(seq(setOf(seq(oid('2.5.4.10'), value)))), 'subject', findings)
  expect(findings.map((each) => findingSentence(each, 'X'))).toEqual([
    expect.stringContaining(`in subject holds characters that ${words}`),
  ])
})
