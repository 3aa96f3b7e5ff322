import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clientAddress,
  isInRange,
  readForwarded,
  readForwardedFor,
  readProxyProtocol,
  readRange,
  type Hop,
} from '../../../src/mtls/proxy/addresses.ts'
import type { Outcome } from '../../../src/mtls/proxy/fault.ts'
import { concat, hexOctets, utf8 } from '../../../src/octets.ts'
import { parseIpAddress } from '../../../src/x509/ip-address.ts'
import { hostileOctets, runs } from '../../support/fuzz.ts'

const valueOf = <T>(result: Outcome<T>): T => {
  if ('fault' in result) throw new Error(JSON.stringify(result.fault))
  return result.value
}
const texts = (result: Outcome<Hop[]>): string[] => valueOf(result).map(({ text }) => text)
const ip = (text: string): Uint8Array => parseIpAddress(text)!

test('X-Forwarded-For names addresses with and without ports', () => {
  expect(
    texts(
      readForwardedFor(
        '192.0.2.1, 192.0.2.2:8080,2001:DB8::1 , [2001:db8::2]:443, ::ffff:192.0.2.3, unknown',
      ),
    ),
  ).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2', '192.0.2.3', 'unknown'])
})

test("RFC 7239's own examples are read", () => {
  expect(texts(readForwarded('for="_gazonk"'))).toEqual(['_gazonk'])
  expect(texts(readForwarded('For="[2001:db8:cafe::17]:4711"'))).toEqual(['2001:db8:cafe::17'])
  expect(texts(readForwarded('for=192.0.2.60;proto=http;by=203.0.113.43'))).toEqual(['192.0.2.60'])
  expect(texts(readForwarded('for=192.0.2.43, for=198.51.100.17'))).toEqual(['192.0.2.43', '198.51.100.17'])
  expect(texts(readForwarded('for=192.0.2.43, for="[2001:db8:cafe::17]", for=unknown'))).toEqual([
    '192.0.2.43',
    '2001:db8:cafe::17',
    'unknown',
  ])
  expect(texts(readForwarded('proto=https;by="a,b;c"'))).toEqual(['unknown'])
})

test.each([
  ['', 'address-list-empty'],
  ['192.0.2.1,', 'address-unreadable'],
  ['192.0.2.256', 'address-unreadable'],
  ['192.0.2.1:99999', 'address-unreadable'],
  ['[192.0.2.1]', 'address-unreadable'],
  ['[2001:db8::1', 'address-unreadable'],
  ['192.0.2.1 192.0.2.2', 'address-unreadable'],
  ['"192.0.2.1', 'header-cut'],
  ['192.0.2.1,'.repeat(300), 'header-too-many'],
  ['1'.repeat(300_000), 'header-too-long'],
])('X-Forwarded-For %.30j is refused as %s', (text, code) => {
  expect(readForwardedFor(text)).toMatchObject({ fault: { code } })
})

test.each([
  ['for', 'header-cut'],
  ['for=192.0.2.1;', 'header-cut'],
  ['for=192.0.2.1;for=192.0.2.2', 'header-repeated'],
  ['for=2001:db8::1', 'header-character'],
  ['for="192.0.2.1', 'header-cut'],
  ['for="192.0.2.1"x', 'header-character'],
  ['a b=c', 'header-key'],
  ['for=host.example', 'address-unreadable'],
])('Forwarded %j is refused as %s', (text, code) => {
  expect(readForwarded(text)).toMatchObject({ fault: { code } })
})

test('the client is before the trusted proxies, and what is before it is only claimed', () => {
  const hops = valueOf(readForwardedFor('10.0.0.1, 203.0.113.9, 192.0.2.1'))
  const at = (trusted: number) => clientAddress(hops, ip('192.0.2.2'), trusted)
  expect(at(0)).toMatchObject({ value: { client: { text: '192.0.2.2' }, claims: hops } })
  expect(at(1)).toMatchObject({ value: { client: { text: '192.0.2.1' } } })
  expect(at(2)).toMatchObject({ value: { client: { text: '203.0.113.9' }, claims: [{ text: '10.0.0.1' }] } })
  expect(at(3)).toMatchObject({ value: { client: { text: '10.0.0.1' }, claims: [] } })
  expect(at(4)).toMatchObject({ fault: { code: 'hops-missing', detail: { trusted: 4, found: 3 } } })
  expect(clientAddress([], ip('::ffff:192.0.2.2'), 0)).toMatchObject({
    value: { client: { text: '192.0.2.2' } },
  })
})

test('a range holds its addresses and no others', () => {
  const holds = (range: string, address: string): boolean => isInRange(ip(address), valueOf(readRange(range)))
  expect(holds('192.0.2.0/24', '192.0.2.255')).toBe(true)
  expect(holds('192.0.2.0/24', '192.0.3.0')).toBe(false)
  expect(holds('192.0.2.128/25', '192.0.2.127')).toBe(false)
  expect(holds('192.0.2.0/24', '::ffff:192.0.2.1')).toBe(true)
  expect(holds('2001:db8::/33', '2001:db8:7fff::1')).toBe(true)
  expect(holds('2001:db8::/33', '2001:db8:8000::1')).toBe(false)
  expect(holds('0.0.0.0/0', '203.0.113.1')).toBe(true)
  expect(holds('0.0.0.0/0', '2001:db8::1')).toBe(false)
  expect(holds('::1', '::1')).toBe(true)
  expect(valueOf(readRange(' 192.0.2.77/24 ')).text).toBe('192.0.2.0/24')
})

test.each([
  ['192.0.2.0/33', 'cidr-prefix', { bits: 33, limit: 32 }],
  ['2001:db8::/129', 'cidr-prefix', { bits: 129, limit: 128 }],
  ['192.0.2.0/', 'cidr-unreadable', {}],
  ['192.0.2.0/024', 'cidr-unreadable', {}],
  ['192.0.2.0/-1', 'cidr-unreadable', {}],
  ['192.0.2.0/255.0.255.0', 'cidr-unreadable', {}],
  ['192.0.2.0/24/1', 'cidr-unreadable', {}],
  ['example.com/24', 'cidr-unreadable', {}],
  ['', 'cidr-unreadable', {}],
])('the range %j is refused as %s', (text, code, detail) => {
  expect(readRange(text)).toMatchObject({ fault: { code, detail } })
})

const line = (text: string): Uint8Array => utf8(text)
/** As HAProxy sends it: 192.0.2.1:1000 to 192.0.2.2:443, with an extension of three octets. */
const SECOND = hexOctets('0d0a0d0a000d0a515549540a 21 11 0012 c0000201 c0000202 03e8 01bb 04 0003 000000')!

test('the PROXY protocol is read in both versions', () => {
  const four = {
    source: { address: ip('192.0.2.1'), port: 1000 },
    destination: { address: ip('192.0.2.2'), port: 443 },
  }
  const first = 'PROXY TCP4 192.0.2.1 192.0.2.2 1000 443\r\n'
  expect(readProxyProtocol(line(`${first}GET / HTTP/1.1\r\n`))).toEqual({
    value: { version: 1, ...four, length: first.length },
  })
  expect(readProxyProtocol(line('PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n'))).toMatchObject({
    value: { source: { address: ip('2001:db8::1'), port: 1 } },
  })
  expect(readProxyProtocol(line('PROXY UNKNOWN ffff:: anything\r\n'))).toMatchObject({
    value: { source: null },
  })
  expect(readProxyProtocol(SECOND)).toEqual({ value: { version: 2, ...four, length: SECOND.length } })
  const local = hexOctets('0d0a0d0a000d0a515549540a 20 00 0000')!
  expect(readProxyProtocol(local)).toEqual({
    value: { version: 2, source: null, destination: null, length: 16 },
  })
})

test.each([
  [line('GET / HTTP/1.1\r\n'), 'proxy-protocol-unreadable', 0],
  [line('PROXY TCP4 192.0.2.1'), 'proxy-protocol-cut', 20],
  [line('PRO'), 'proxy-protocol-cut', 0],
  [line(`PROXY TCP4 ${'1'.repeat(200)}\r\n`), 'proxy-protocol-unreadable', 107],
  [line('PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n'), 'proxy-protocol-unreadable', 6],
  [line('PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n'), 'proxy-protocol-unreadable', 11],
  [line('PROXY TCP4 192.0.2.1 ::1 1 2\r\n'), 'proxy-protocol-unreadable', 21],
  [line('PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n'), 'proxy-protocol-unreadable', 33],
  [hexOctets('0d0a0d0a000d0a515549540a 31 11 0000')!, 'proxy-protocol-unreadable', 12],
  [hexOctets('0d0a0d0a000d0a515549540a 21 77 0000')!, 'proxy-protocol-unreadable', 13],
  [hexOctets('0d0a0d0a000d0a515549540a 21 11 0004 c0000201')!, 'proxy-protocol-unreadable', 16],
  [concat([SECOND.subarray(0, 28), Uint8Array.of(4, 0, 9, 0, 0, 0)]), 'proxy-protocol-unreadable', 28],
  [SECOND.subarray(0, 20), 'proxy-protocol-cut', 16],
  [SECOND.subarray(0, 13), 'proxy-protocol-cut', 12],
])('a PROXY protocol header that is not one is refused (%#)', (octets, code, offset) => {
  expect(readProxyProtocol(octets)).toMatchObject({ fault: { code, detail: { offset } } })
})

test('changed headers are read, or refused with a code', () => {
  const texts = [
    'for=192.0.2.60;proto=http, for="[2001:db8::1]:80"',
    '192.0.2.1, [2001:db8::2]:443',
    '192.0.2.0/24',
  ]
  const seeds = [SECOND, line('PROXY TCP4 192.0.2.1 192.0.2.2 1000 443\r\n'), ...texts.map(utf8)]
  fc.assert(
    fc.property(hostileOctets(seeds), (octets) => {
      readProxyProtocol(octets)
      const text = String.fromCharCode(...octets)
      for (const read of [readForwarded, readForwardedFor, readRange]) read(text)
    }),
    { numRuns: runs(2_000) },
  )
})
