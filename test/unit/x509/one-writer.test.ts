import { expect, test } from 'vitest'
import { utf8String } from '../../../src/der/writer.ts'
import { generalNameLine, generalNameText } from '../../../src/x509/general-name-text.ts'
import { ipAddressToText } from '../../../src/x509/ip-address.ts'
import { encodeName, nameFromDer } from '../../../src/x509/name.ts'
import { parseNameText } from '../../../src/x509/name-from-text.ts'
import { OTHER_NAME_OIDS } from '../../../src/x509/oids.ts'
import { serialOf, serialText } from '../../../src/x509/serial-number.ts'

/** Facts that only one function writes as text. */

test('of equal runs of zeros in an IPv6 address the first is shortened (RFC 5952 §4.2.3)', () => {
  const octets = Uint8Array.from([0, 0, 0, 0, 0, 16, 0, 16, 0, 0, 0, 0, 0, 16, 0, 0])
  expect(ipAddressToText(octets)).toBe('::10:10:0:0:10:0')
})

const otherName = (typeId: string, text: string) =>
  generalNameLine({ kind: 'otherName', typeId, value: utf8String(text) })

test('a general name on one line has its kind before it; what has no text, its octets', () => {
  const name = nameFromDer(encodeName(parseNameText('CN=Ada,O=Example\\, Inc.')))
  expect(generalNameLine({ kind: 'directoryName', name })).toBe('dirName:CN=Ada,O=Example\\, Inc.')
  expect(generalNameLine({ kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) })).toBe(
    'IP:10.0.0.0/8',
  )
  expect(generalNameLine({ kind: 'iPAddress', octets: Uint8Array.of(1, 2, 3) })).toBe('IP:#010203')
  expect(otherName(OTHER_NAME_OIDS.userPrincipalName, 'ada@corp.example')).toBe('UPN:ada@corp.example')
  expect(otherName(OTHER_NAME_OIDS.smtpUTF8Mailbox, 'ädä@example.com')).toBe('email:ädä@example.com')
  expect(otherName('1.2.3.4', 'x')).toBe('othername:1.2.3.4:x')
  expect(generalNameText({ kind: 'x400Address', der: Uint8Array.of(0x30, 0) })).toBe('#3000')
})

test('a serial number is written without the octet that keeps it positive', () => {
  expect(serialOf({ serialNumber: Uint8Array.of(0, 0xab, 1) })).toBe('ab01')
  expect(serialOf({ serialNumber: Uint8Array.of(0) })).toBe('00')
  expect(serialText('00AB01')).toBe('ab01')
  expect(serialText('00')).toBe('00')
})
