import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { utf8String } from '../../../src/der/writer.ts'
import type { PeerName } from '../../../src/validate/options.ts'
import { parseIpAddress } from '../../../src/x509/ip-address.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import type { Drawing } from '../../support/chain.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { bestPath, examine, refusals } from './examine.ts'

const SERVER = '1.3.6.1.5.5.7.3.1'
const CLIENT = '1.3.6.1.5.5.7.3.2'
const ANY = '2.5.29.37.0'

describe('purpose (§4.2.1.12)', () => {
  const examined = async (ca: Drawing, target: Drawing, options = {}) => {
    const top = await root()
    const issuer = await intermediate(top, ca)
    const pile = { anchors: [top], intermediates: [issuer] }
    return examine(await endEntity(issuer, target), pile, {
      profile: 'path',
      purpose: 'serverAuth',
      ...options,
    })
  }

  test.each([
    [[SERVER], []],
    [[ANY], []],
    [[CLIENT], ['purpose-not-allowed']],
    [null, []],
  ])('a target with extKeyUsage %j for a server', async (extKeyUsage, expected) => {
    expect(refusals(await examined({}, { extensions: { extKeyUsage } }))[2]).toEqual(expected)
  })

  test('further purposes are asked by name or OID', async () => {
    expect(refusals(await examined({}, {}, { ekus: ['clientAuth'] }))[2]).toEqual(['purpose-not-allowed'])
    expect(refusals(await examined({}, {}, { ekus: [SERVER] }))[2]).toEqual([])
  })

  test('a CA for clients alone is not above servers, unless nesting is switched off', async () => {
    const ca = { extensions: { extKeyUsage: [CLIENT] } }
    expect(refusals(await examined(ca, {}))).toEqual([[], ['purpose-not-nested'], []])
    expect(refusals(await examined(ca, {}, { ekuNesting: false }))).toEqual([[], [], []])
  })

  test('keyUsage has to be consistent with the purpose where both extensions are there', async () => {
    const keyUsage = new Set(['keyCertSign'] as const)
    expect(refusals(await examined({}, { extensions: { keyUsage } }))[2]).toEqual(['key-usage-inconsistent'])
    const report = await examined({}, { extensions: { keyUsage, extKeyUsage: null } })
    expect(refusals(report)[2]).toEqual([])
    expect(bestPath(report).certificates[2]!.findings.map(({ code }) => code)).toContain('key-usage-unusual')
  })
})

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const upn = (text: string): GeneralName => ({
  kind: 'otherName',
  typeId: '1.3.6.1.4.1.311.20.2.3',
  value: utf8String(text),
})
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })
const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value })
const ip = (text: string): GeneralName => ({ kind: 'iPAddress', octets: parseIpAddress(text)! })

describe('names asked for (RFC 9525 §6)', () => {
  const examined = async (names: readonly GeneralName[] | null, ...peerNames: PeerName[]) => {
    const top = await root()
    const target = await endEntity(top, { subject: 'CN=cn.example', extensions: { subjectAltName: names } })
    return examine(target, { anchors: [top] }, { profile: 'path', peerNames })
  }
  const match: string[] = []
  const mismatch = ['peer-name-mismatch']
  const unusable = ['peer-name-unusable']

  test.each<[GeneralName, PeerName['kind'], string, string[]]>([
    [dns('example.com'), 'DNS', 'EXAMPLE.com', match],
    [dns('example.com'), 'DNS', 'example.com.', match],
    [dns('example.com'), 'DNS', 'www.example.com', mismatch],
    [dns('*.example.com'), 'DNS', 'www.example.com', match],
    [dns('*.example.com'), 'DNS', 'example.com', mismatch],
    [dns('*.example.com'), 'DNS', 'a.b.example.com', mismatch],
    [dns('w*.example.com'), 'DNS', 'www.example.com', mismatch],
    [dns('www.*.com'), 'DNS', 'www.example.com', mismatch],
    [dns('*'), 'DNS', 'localhost', mismatch],
    [dns('xn--bcher-kva.example'), 'DNS', 'bücher.example', match],
    [dns('192.0.2.1'), 'DNS', '192.0.2.1', unusable],
    [dns('example.com'), 'DNS', 'exa mple.com', unusable],
    [ip('192.0.2.1'), 'IP', '192.0.2.1', match],
    [ip('2001:db8::1'), 'IP', '2001:DB8:0::1', match],
    [ip('192.0.2.1'), 'IP', '192.0.2.2', mismatch],
    [dns('192.0.2.1'), 'IP', '192.0.2.1', mismatch],
    [ip('192.0.2.1'), 'IP', '192.0.2.256', unusable],
    [mail('me@example.com'), 'RFC822', 'me@EXAMPLE.com', match],
    [mail('me@example.com'), 'RFC822', 'Me@example.com', mismatch],
    [mail('me@example.com'), 'RFC822', 'example.com', unusable],
    [uri('spiffe://td.example/a'), 'URI', 'SPIFFE://TD.example/a', match],
    [uri('spiffe://td.example/a'), 'URI', 'spiffe://td.example/A', mismatch],
    [upn('Me@corp.example'), 'UPN', 'me@corp.example', match],
    [upn('me@corp.example'), 'UPN', 'you@corp.example', mismatch],
    [dns('example.com'), 'CN', 'cn.EXAMPLE', match],
    [dns('example.com'), 'CN', 'example.com', mismatch],
  ])('%j asked as %s %s', async (name, kind, value, expected) => {
    expect(refusals(await examined([name], { kind, value }))[1]).toEqual(expected)
  })

  test('the common name is not looked at, but a note tells that it would match', async () => {
    const report = await examined(null, { kind: 'DNS', value: 'cn.example' })
    expect(report.verdict).toBe('invalid')
    const findings = bestPath(report).certificates[1]!.findings
    expect(findings.map(({ code }) => code)).toEqual(['peer-name-mismatch', 'common-name-ignored'])
  })

  test('of several names asked for every one has to match', async () => {
    const asked = ['a.example', 'b.example'].map((value): PeerName => ({ kind: 'DNS', value }))
    expect(refusals(await examined([dns('a.example'), dns('b.example')], ...asked))[1]).toEqual([])
    expect(refusals(await examined([dns('a.example')], ...asked))[1]).toEqual(['peer-name-mismatch'])
  })
})

test.each(['certificate', 'spki'] as const)('the pin on the %s', async (of) => {
  const top = await root()
  const { certificate } = await endEntity(top)
  const octets = of === 'spki' ? certificate.spki.der : certificate.der
  const sha256 = createHash('sha256')
    .update(octets)
    .digest('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$&:')
  const examined = async (pin: string) =>
    refusals(
      await examine({ certificate, key: top.key }, { anchors: [top] }, { pins: [{ of, sha256: pin }] }),
    )[1]
  expect(await examined(sha256)).toEqual([])
  expect(await examined('00'.repeat(32))).toEqual(['pin-mismatch'])
})
