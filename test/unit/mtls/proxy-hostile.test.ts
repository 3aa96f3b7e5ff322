import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Forwarding } from '../../../src/mtls/proxy/facts.ts'
import { PROXY_LIMITS, type ProxyFault } from '../../../src/mtls/proxy/fault.ts'
import { writeHeaders } from '../../../src/mtls/proxy/format.ts'
import { HEADER_FORMATS } from '../../../src/mtls/proxy/formats.ts'
import { readHeader } from '../../../src/mtls/proxy/read-header.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { labProxy } from '../../../src/messages/en/ui/lab-proxy.ts'
import { clientOf } from '../../support/forwarding.ts'
import { runs } from '../../support/fuzz.ts'

let from: Forwarding
let seeds: string[]
beforeAll(async () => {
  from = (await clientOf()).from
  seeds = Object.values(HEADER_FORMATS).flatMap(({ rows }) =>
    rows.flatMap(({ name, write }) => {
      const value = write?.(from) ?? null
      return value === null ? [] : [`${name}: ${value}`, value]
    }),
  )
})

/** Each fault has a sentence, and its place is in what was pasted. */
function checkFault(fault: ProxyFault, text: string): void {
  const sentence = (labProxy.faults[fault.code] as (detail: unknown) => string)(fault.detail)
  expect(sentence).toMatch(/^\P{Ll}.*[.?]$/su)
  if (fault.detail && 'offset' in fault.detail && fault.detail.offset !== null) {
    expect(fault.detail.offset).toBeGreaterThanOrEqual(0)
    expect(fault.detail.offset).toBeLessThanOrEqual(text.length)
  }
}

function check(text: string): void {
  const result = readHeader(text)
  if ('fault' in result) checkFault(result.fault, text)
  else
    for (const { clients } of result.value.headers)
      for (const { certificate, chain } of clients)
        for (const der of certificate ? [certificate, ...chain] : chain)
          expect(parseCertificate(der).der).toEqual(der)
}

test('changed and cut headers are read, or refused with a code and its place', () => {
  const seed = fc.nat().map((index) => seeds[index % seeds.length]!)
  const place = fc.nat(0xffff)
  const character = fc.oneof(
    fc.constantFrom(...Array.from('"\\,;:=%+/# \t\r\n-')),
    fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
  )
  const hostile = fc.oneof(
    fc.tuple(seed, place).map(([text, at]) => text.slice(0, at % text.length)),
    fc.tuple(seed, place, character).map(([text, at, one]) => {
      const index = at % text.length
      return text.slice(0, index) + one + text.slice(index + 1)
    }),
    fc.tuple(seed, place, place, place).map(([text, from, to, length]) => {
      const piece = text.slice(from % text.length, (from % text.length) + (length % 200))
      return text.slice(0, to % text.length) + piece + text.slice(to % text.length)
    }),
    fc.tuple(seed, seed).map(([one, other]) => `${one}\n${other}`),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  )
  fc.assert(fc.property(hostile, check), { numRuns: runs(2_000) })
})

test('a certificate that is cut off anywhere is one fault at the end, or where it begins', () => {
  for (const id of ['rfc9440', 'nginx', 'haproxy', 'apache', 'aws-alb', 'plain-pem', 'plain-der'] as const) {
    const [line] = writeHeaders(HEADER_FORMATS[id], from).filter(({ value }) => value.length > 500)
    const text = `${line!.name}: ${line!.value.trimEnd()}`
    const start = text.length - line!.value.trimEnd().length
    for (let length = start + 60; length < text.length - 3; length += 37) {
      const result = readHeader(text.slice(0, length))
      expect([id, length, result]).toMatchObject([id, length, { fault: {} }])
      if ('fault' in result)
        expect(['header-cut', 'header-certificate', 'header-percent']).toContain(result.fault.code)
    }
  }
})

const codeOf = (text: string): string => {
  const result = readHeader(text)
  return 'fault' in result ? result.fault.code : 'read'
}

test.each([
  ['', 'header-empty'],
  ['  \r\n ', 'header-empty'],
  ['x'.repeat(PROXY_LIMITS.characters + 1), 'header-too-long'],
  ['A: b\n'.repeat(PROXY_LIMITS.lines + 1), 'header-too-many'],
  ['Host: a\nwhat is this', 'header-line'],
  ['Host: example.com\nUser-Agent: x', 'header-unknown'],
  ['hello world', 'header-unknown'],
  ['X-SSL-Client-Cert: (null)', 'header-absent'],
  ['X-SSL-Client-Cert:', 'header-absent'],
  ['Client-Cert: MIIB', 'header-character'],
  ['Client-Cert: :MIIB', 'header-cut'],
  ['Client-Cert: :MIIB:', 'header-certificate'],
  ['Client-Cert: ::', 'header-certificate'],
  ['Client-Cert: :MII\nBB', 'header-line'],
  ['Client-Cert: :MII B:', 'header-character'],
  ['Client-Cert: :MIIB-_==:', 'header-character'],
  ['X-Forwarded-Client-Cert: By', 'header-cut'],
  ['X-Forwarded-Client-Cert: Hash=00', 'header-value'],
  ['X-Forwarded-Client-Cert: Subject="CN=a', 'header-cut'],
  ['X-Forwarded-Client-Cert: Subject="CN=a"x', 'header-character'],
  ['X-Forwarded-Client-Cert: Nonsense=1', 'header-key'],
  ['X-Forwarded-Client-Cert: Subject="";Subject=""', 'header-repeated'],
  ['X-Forwarded-Tls-Client-Cert-Info: Subject%3D%22CN', 'header-cut'],
  ['X-Forwarded-Tls-Client-Cert-Info: Other%3D%22%22', 'header-key'],
  ['X-SSL-Client-Cert: -----BEGIN%2', 'header-cut'],
  ['X-Client-Cert: -----BEGIN%2XCERT', 'header-percent'],
  ['X-SSL-Client-Cert: -----BEGIN%20PRIVATE%20KEY-----', 'header-character'],
  ['X-SSL-Client-Verify: maybe', 'header-value'],
  ['X-SSL-Client-Not-After: Feb 30 00:00:00 2027 GMT', 'header-value'],
  ['X-Client-Serial: 12ab', 'header-value'],
  ['X-SSL-Client-Fingerprint: 1234', 'header-value'],
  ['X-SSL-Client-S-DN: no name', 'header-value'],
])('%j is refused as %s', (text, code) => {
  expect(codeOf(text)).toBe(code)
  check(text)
})

test('two copies of a header are refused, and two that disagree', async () => {
  const other = (await clientOf()).from
  const line = (what: Forwarding, name: string): string =>
    `${name}: ${writeHeaders(HEADER_FORMATS['aws-alb'], what).find((each) => each.name === name)!.value}`
  const [leaf, all] = ['X-Amzn-Mtls-Clientcert-Leaf', 'X-Amzn-Mtls-Clientcert']
  expect(codeOf(`${line(from, leaf)}\n${line(from, leaf)}`)).toBe('header-repeated')
  expect(codeOf(`${line(from, leaf)}\n${line(other, all)}`)).toBe('header-conflict')
  expect(codeOf(`${line(from, leaf)}\n${line(from, all)}`)).toBe('read')
})

test('a request as it was recorded is read past its other headers', () => {
  const [verify, cert] = writeHeaders(HEADER_FORMATS.nginx, from)
  const text = [
    'GET /path HTTP/1.1',
    'Host: app.lab.test',
    `${verify!.name}: ${verify!.value}`,
    'Accept: */*',
    `${cert!.name}: ${cert!.value}`,
    '',
  ].join('\r\n')
  expect(readHeader(text)).toMatchObject({
    value: { headers: [{ format: 'nginx' }], ignored: ['Host', 'Accept'], absent: [] },
  })
})

test.each([
  ['X-Forwarded-Client-Cert: ', 'URI=a;', ''],
  ['X-Forwarded-Client-Cert: ', 'URI=a,', ''],
  ['X-Forwarded-Client-Cert: By="', '\\"', '"'],
  ['X-Forwarded-Client-Cert: URI=', ';,', ''],
  ['X-Forwarded-Tls-Client-Cert-Info: Subject%3D%22', '%22', ''],
  ['Client-Cert-Chain: ', ':MIIB:, ', ''],
  ['X-SSL-Client-Cert: ', '-----BEGIN CERTIFICATE-----', ''],
  ['X-SSL-Client-Cert: -----BEGIN%20CERTIFICATE-----', '%0A', ''],
  ['X-SSL-Client-S-DN: CN=a', ',CN=a', ''],
  ['X-SSL-Client-S-DN: CN=', '\\41', ''],
  ['X-Client-Serial: ', '9', ''],
  ['', 'a', ''],
  ['', ':', ''],
  ['A:', '\n b', ''],
])('a long header is read or refused without more work than it has characters: %s', (head, piece, tail) => {
  const most = PROXY_LIMITS.characters - 200
  check(head + piece.repeat(Math.floor(most / piece.length)) + tail)
})
