import { beforeAll, describe, expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import type { FindingCode } from '../../../src/findings.ts'
import { lint } from '../../../src/lint/lint.ts'
import { refuses } from '../../../src/lint/profiles.ts'
import { ipAddressToText } from '../../../src/x509/ip-address.ts'
import { WEBPKI_RULES } from '../../../src/lint/webpki/index.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'
import { exampleSubjects } from '../../support/examples.ts'
import type { Subject } from '../../support/examples.ts'
import { EXAMPLE, WEBPKI_CASES } from './webpki-cases.ts'
import { anchor, authority, changed, drawIssuers, responder, server } from './webpki-draw.ts'
import type { Draw } from './webpki-draw.ts'

beforeAll(drawIssuers)

const codesOf = ({ certificate, issuer, place }: Subject): FindingCode[] =>
  lint(certificate, WEBPKI_RULES, { place, issuedAt: certificate.notBefore, issuer }).map(({ code }) => code)

const codes = async (draw: Draw): Promise<FindingCode[]> => codesOf(await draw())

describe('each rule of the Baseline Requirements is broken by one thing and met by the next', () => {
  test.each(
    WEBPKI_CASES.map(([code, broken, met], i) => [code, FINDINGS[code].section, broken, met, i] as const),
  )('%s (%s)', async (code, _section, broken, met) => {
    const subjects = broken === EXAMPLE ? await exampleSubjects(code) : [await broken()]
    expect(subjects.flatMap(codesOf)).toContain(code)
    expect(await codes(met)).not.toContain(code)
  })

  test('there is no rule without a case', () => {
    const tested = new Set(WEBPKI_CASES.map(([code]) => code))
    expect(WEBPKI_RULES.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([])
  })

  test('certificates that meet all have no finding', async () => {
    expect(await codes(server())).toEqual([])
    expect(await codes(authority())).toEqual([])
    expect(await codes(anchor())).toEqual([])
    expect(await codes(responder())).toEqual([])
  })
})

test('AlgorithmIdentifiers that we write are octet by octet those of the Baseline Requirements (§7.1.3.2)', async () => {
  const ids = [
    'rsa-sha256',
    'rsa-sha384',
    'rsa-sha512',
    'rsa-pss-sha256',
    'rsa-pss-sha384',
    'rsa-pss-sha512',
    'ecdsa-sha256',
    'ecdsa-sha384',
    'ecdsa-sha512',
  ] as const
  for (const id of ids) {
    const signature = { der: encodeSignatureAlgorithm(id), oid: '', parameters: null }
    expect(await codes(changed(server(), () => ({ signature })))).not.toContain('br-signature-algorithm')
  }
})

test.each([
  ['c0a80001', '192.168.0.1'],
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000000010001', '2001:db8:1:1:1:0:1:1'],
  ['00000000000000000000000000000000', '::'],
  ['20010db8000000000000000000000000', '2001:db8::'],
  ['0001', null],
])('octets %s are written %s (RFC 5952 §4)', (hex, text) => {
  expect(ipAddressToText(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(text)
})

test('a breach refuses by profile and place', () => {
  expect(refuses('br-rsa-size', 'webpki', 'anchor')).toBe(true)
  expect(refuses('br-rsa-size', 'rfc5280', 'target')).toBe(false)
  expect(refuses('br-san-missing', 'webpki', 'ca')).toBe(false)
  expect(refuses('serial-zero', 'rfc5280', 'anchor')).toBe(false)
  expect(refuses('serial-zero', 'rfc5280', 'target')).toBe(true)
  expect(refuses('serial-zero', 'path', 'target')).toBe(false)
  expect(refuses('extension-unreadable', 'path', 'target')).toBe(true)
})
