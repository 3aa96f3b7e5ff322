import { describe, expect, test } from 'vitest'
import { parseWhole } from '../../../src/der/reader.ts'
import { domainToAscii, domainToUnicode } from '../../../src/x509/domain-name.ts'
import { encodeGeneralName, parseGeneralName } from '../../../src/x509/general-name.ts'
import { generalNameFromText, generalNameToText } from '../../../src/x509/general-name-text.ts'
import type { WrittenKind } from '../../../src/x509/general-name-text.ts'
import { ipAddressToText, ipRangeToText, parseIpAddress, parseIpRange } from '../../../src/x509/ip-address.ts'
import { hex, toHex } from '../../support/bytes.ts'

describe('domain names (RFC 9549)', () => {
  test.each([
    ['Example.COM', 'example.com'],
    ['*.example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['*.bücher.example', '*.xn--bcher-kva.example'],
    ['faß.example', 'xn--fa-hia.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['_dmarc.example.com', '_dmarc.example.com'],
    ['localhost', 'localhost'],
    ['1.example', '1.example'],
  ])('%s is written %s', (text, ascii) => {
    expect(domainToAscii(text)).toBe(ascii)
  })
  test.each([
    ['', 'nothing'],
    ['example.com.', 'a trailing dot'],
    ['a..b', 'an empty label'],
    ['-a.example', 'a hyphen in front'],
    ['a b.example', 'a space'],
    ['a/b', 'a slash'],
    ['10.0.0.1', 'an address'],
    ['1.2', 'an address to a URL parser'],
    ['a.0x7f', 'an address to a URL parser'],
    ['*', 'a wildcard alone'],
    ['a.*.example', 'a wildcard inside'],
    ['xn--.example', 'an empty A-label'],
    ['xn--a.example', 'an A-label of ASCII'],
    ['xn--bcher-kva9.example', 'an A-label of nothing'],
    [`${'a'.repeat(64)}.example`, 'a label of 64 octets'],
    [`${'a.'.repeat(126)}aa`, 'more than 253 octets'],
    ['ex%61mple.com', 'an escape'],
    ['a\u202eb.example', 'a mark that turns the text around'],
  ])('%s is refused: %s', (text) => {
    expect(domainToAscii(text)).toBeNull()
  })
  test('a person reads U-labels, where they lead back', () => {
    expect(domainToUnicode('*.xn--bcher-kva.example')).toBe('*.bücher.example')
    expect(domainToUnicode('xn--a.example')).toBe('xn--a.example')
    expect(domainToUnicode('Example.com')).toBe('Example.com')
  })
})

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '0a000001', '10.0.0.1'],
    ['2001:db8::1', '20010db8000000000000000000000001', '2001:db8::1'],
    ['2001:DB8:0:0:1:0:0:1', '20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['::', '00'.repeat(16), '::'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201', '::ffff:c000:201'],
    ['1:0:2:0:3:0:4:0', '00010000000200000003000000040000', '1:0:2:0:3:0:4:0'],
    ['1::', '0001' + '00'.repeat(14), '1::'],
  ])('%s has octets and the one text of RFC 5952', (text, octets, canonical) => {
    expect(toHex(parseIpAddress(text)!)).toBe(octets)
    expect(ipAddressToText(hex(octets))).toBe(canonical)
  })
  test.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.5',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '1.2.3.4::',
    '1:2:3:4::5:6:7:8',
    'fe80::1%eth0',
  ])('"%s" is none', (text) => {
    expect(parseIpAddress(text)).toBeNull()
  })
  test.each([
    ['10.0.0.0/8', '0a000000ff000000', '10.0.0.0/8'],
    ['10.1.2.3/8', '0a000000ff000000', '10.0.0.0/8'],
    ['10.0.0.0/255.255.0.0', '0a000000ffff0000', '10.0.0.0/16'],
    ['10.0.0.0/255.0.255.0', '0a000000ff00ff00', '10.0.0.0/255.0.255.0'],
    ['192.0.2.1', 'c0000201ffffffff', '192.0.2.1/32'],
    ['0.0.0.0/0', '0000000000000000', '0.0.0.0/0'],
    ['2001:db8::/33', '20010db8000000000000000000000000ffffffff800000000000000000000000', '2001:db8::/33'],
  ])('range %s is address and mask (RFC 5280 §4.2.1.10)', (text, octets, canonical) => {
    expect(toHex(parseIpRange(text)!)).toBe(octets)
    expect(ipRangeToText(hex(octets))).toBe(canonical)
  })
  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/::', '/8', '::/129', '10.0.0.0/08'])(
    'range "%s" is none',
    (text) => {
      expect(parseIpRange(text)).toBeNull()
    },
  )
})

describe('a general name', () => {
  test.each<[WrittenKind, string, string]>([
    ['dNSName', 'bücher.example', '820a'],
    ['iPAddress', '10.0.0.1', '87040a000001'],
    ['rfc822Name', 'a@bücher.example', '81'],
    ['rfc822Name', 'bücher@example.com', 'a0'],
    ['uniformResourceIdentifier', 'spiffe://example.org/a', '86'],
    ['directoryName', 'CN=a,O=b', 'a4'],
    ['registeredID', '1.2.3.4', '88032a0304'],
    ['userPrincipalName', 'a@example.com', 'a01d060a2b060104018237140203'],
  ])('%s %s is written, read and shown as it was', (kind, text, start) => {
    const name = generalNameFromText(kind, text)
    const der = encodeGeneralName(name)
    const again = parseWhole(der, (reader) => parseGeneralName(reader, 'subjectAltName', []))
    expect(toHex(der).startsWith(start.slice(0, 2))).toBe(true)
    expect(generalNameToText(again)).toBe(text)
    expect(encodeGeneralName(again)).toEqual(der)
  })
  test('a mailbox with an ASCII local part is an rfc822Name with A-labels (RFC 9598 §3)', () => {
    expect(generalNameFromText('rfc822Name', 'a@bücher.example')).toEqual({
      kind: 'rfc822Name',
      value: 'a@xn--bcher-kva.example',
    })
  })
  test('a mailbox with another local part is a SmtpUTF8Mailbox with A-labels (RFC 9598 §3)', () => {
    const name = generalNameFromText('rfc822Name', 'é@bücher.example')
    expect(name).toMatchObject({ kind: 'otherName', typeId: '1.3.6.1.5.5.7.8.9' })
    expect(new TextDecoder().decode((name as { value: Uint8Array }).value.subarray(2))).toBe(
      'é@xn--bcher-kva.example',
    )
  })
  test.each<[WrittenKind, string]>([
    ['dNSName', '10.0.0.1'],
    ['iPAddress', 'example.com'],
    ['rfc822Name', 'example.com'],
    ['rfc822Name', 'a b@example.com'],
    ['rfc822Name', '@example.com'],
    ['rfc822Name', 'é"@example.com'],
    ['uniformResourceIdentifier', 'example.com'],
    ['uniformResourceIdentifier', 'http://a b'],
    ['registeredID', '1'],
    ['registeredID', '1.50'],
    ['userPrincipalName', 'a'],
  ])('%s "%s" is refused', (kind, text) => {
    expect(() => generalNameFromText(kind, text)).toThrow(
      expect.objectContaining({ code: 'general-name-invalid', detail: { kind, text } }),
    )
  })
})
