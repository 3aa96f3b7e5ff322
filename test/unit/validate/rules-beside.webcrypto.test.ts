import { beforeAll, describe, expect, test } from 'vitest'
import { execFileSync } from 'node:child_process'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { nul, oid, seq } from '../../../src/der/writer.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { isTrustedFor, trustOf } from '../../../src/x509/trust-settings.ts'
import { EKU_OIDS } from '../../../src/x509/oids.ts'
import type { Drawing, Drawn } from '../../support/chain.ts'
import { AT, drawKey, endEntity, intermediate, pem, root } from '../../support/chain.ts'
import { debianRoots } from '../../support/roots.ts'

let top: Drawn
beforeAll(async () => {
  top = await root()
})

async function examine(
  target: Drawn,
  options: Partial<ValidateOptions> = {},
  between: readonly Drawn[] = [],
  anchor = top,
) {
  const pool = createPool({
    anchors: [anchor.certificate],
    intermediates: between.map(({ certificate }) => certificate),
  })
  const report = await validate(target.certificate, pool, { at: AT, ...options })
  const certificates = report.paths[report.best]!.certificates
  return {
    verdict: report.verdict,
    refusals: certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code)),
    notes: certificates.flatMap(({ findings }) => findings.map(({ code }) => code)),
    faults: certificates.flatMap(({ faults }) => faults.map(({ code }) => code)),
  }
}

describe('time stamping (RFC 3161 §2.3)', () => {
  const stamper = (extensions: Drawing['extensions'], isCritical = true) =>
    endEntity(top, {
      extensions: { subjectAltName: null, extKeyUsage: [EKU_OIDS.timeStamping], ...extensions },
      critical: { extKeyUsage: isCritical },
    })
  test.each(['path', 'standard', 'rfc5280', 'webpki'] as const)('is asked under %s', async (profile) => {
    const asked = { purpose: 'timeStamping', profile } as const
    expect((await examine(await stamper({}), asked)).refusals).not.toContain('time-stamping-purpose')
    for (const odd of [
      await stamper({}, false),
      await stamper({ extKeyUsage: [EKU_OIDS.timeStamping, EKU_OIDS.codeSigning] }),
      await stamper({ extKeyUsage: null }),
      await stamper({ keyUsage: new Set(['digitalSignature', 'keyEncipherment']) }),
    ])
      expect(await examine(odd, asked)).toMatchObject({
        verdict: 'invalid',
        refusals: expect.arrayContaining(['time-stamping-purpose']) as string[],
      })
    expect((await examine(await stamper({}, false), { profile })).refusals).not.toContain(
      'time-stamping-purpose',
    )
  })
})

test('an unknown qualifier refuses where the policies are critical (RFC 5280 §4.2.1.4)', async () => {
  const policies = (qualifier: string) => ({
    certificatePolicies: [{ oid: '1.2.3', qualifiers: [{ oid: qualifier, value: nul() }] }],
  })
  const drawn = (qualifier: string, isCritical: boolean) =>
    endEntity(top, { extensions: policies(qualifier), critical: { certificatePolicies: isCritical } })
  for (const profile of ['path', 'standard'] as const) {
    expect((await examine(await drawn('1.2.3.4', true), { profile })).refusals).toEqual([
      'policy-qualifier-unknown',
    ])
    expect((await examine(await drawn('1.2.3.4', false), { profile })).refusals).toEqual([])
  }
})

test('what a CA demands of TLS its certificates demand too (RFC 7633 §4.2.2)', async () => {
  const ca = await intermediate(top, { extensions: { tlsFeature: [5] } })
  const without = await endEntity(ca)
  expect(await examine(without, {}, [ca])).toMatchObject({
    verdict: 'valid-with-faults',
    faults: ['tls-feature-not-inherited'],
  })
  expect((await examine(without, { profile: 'rfc5280' }, [ca])).refusals).toEqual([
    'tls-feature-not-inherited',
  ])
  expect((await examine(without, { profile: 'path' }, [ca])).verdict).toBe('valid')
  const naming = await endEntity(ca, { extensions: { tlsFeature: [5, 17] } })
  expect((await examine(naming, {}, [ca])).verdict).toBe('valid')
})

test('MD5 counts nowhere', async () => {
  const target = await endEntity(top, {
    oddSignature: {
      algorithm: seq(oid('1.2.840.113549.1.1.4'), nul()),
      scheme: { kind: 'ecdsa', hash: 'SHA-256' },
    },
  })
  expect(await examine(target, { profile: 'path', allowSha1: true })).toMatchObject({ verdict: 'invalid' })
})

describe('an anchor’s own constraints (RFC 5937)', () => {
  test('count unless §6 alone is asked, or as it is said', async () => {
    const expired = await root({ notAfter: new Date('2026-01-02T00:00:00Z'), pathLen: 0 })
    const ca = await intermediate(expired)
    const target = await endEntity(ca)
    const verdict = async (options: Partial<ValidateOptions>) =>
      (await examine(target, options, [ca], expired)).verdict
    expect(await verdict({})).toBe('invalid')
    expect(await verdict({ anchorConstraints: false })).toBe('valid')
    expect(await verdict({ profile: 'path' })).toBe('valid')
    expect(await verdict({ profile: 'path', anchorConstraints: true })).toBe('invalid')
  })

  test('every root of Debian that is valid today is valid when it is trusted and asked about', async () => {
    const at = new Date('2026-11-28T12:00:00Z')
    const wrong: string[] = []
    for (const [name, der] of debianRoots()) {
      const certificate = parseCertificate(der)
      if (certificate.notAfter < at) continue
      const { verdict } = await validate(
        certificate,
        createPool({ anchors: [certificate], intermediates: [] }),
        { at },
      )
      if (verdict !== 'valid') wrong.push(`${name}: ${verdict}`)
    }
    expect(wrong).toEqual([])
  })
})

test('a dot in front of a name constraint means what lies below; strictly it is malformed', async () => {
  const constrained = (permitted: string[], excluded: string[]) => {
    const subtrees = (names: string[]) =>
      names.length === 0
        ? null
        : names.map((value) => ({ base: { kind: 'dNSName', value } as const, minimum: 0, maximum: null }))
    return intermediate(top, {
      extensions: { nameConstraints: { permitted: subtrees(permitted), excluded: subtrees(excluded) } },
    })
  }
  const named = (ca: Drawn, value: string) =>
    endEntity(ca, { subject: 'O=Example', extensions: { subjectAltName: [{ kind: 'dNSName', value }] } })
  const below = await constrained(['.example.com'], [])
  const taken = await examine(await named(below, 'a.example.com'), {}, [below])
  expect([taken.verdict, taken.notes]).toEqual(['valid', ['name-constraint-leading-dot']])
  expect((await examine(await named(below, 'example.com'), {}, [below])).refusals).toEqual([
    'name-not-permitted',
  ])
  expect(
    (await examine(await named(below, 'a.example.com'), { profile: 'rfc5280' }, [below])).refusals,
  ).toEqual(['name-constraint-malformed'])
  const without = await constrained([], ['.example.com'])
  for (const name of ['a.example.com', 'example.com'])
    expect((await examine(await named(without, name), {}, [without])).refusals).toEqual(['name-excluded'])
})

test('OpenSSL’s trust settings say for what a root is one', async () => {
  const file = pem(await root({ key: await drawKey('p256') }))
  const trusted = (...args: string[]) =>
    execFileSync('openssl', ['x509', '-trustout', ...args], { input: file }).toString()
  const read = async (text: string) => {
    const { items, notices } = await readPile(
      [{ name: 'root.pem', bytes: new TextEncoder().encode(text) }],
      {},
    )
    const [item] = items
    if (item?.kind !== 'certificate') throw new Error('no certificate')
    return { certificate: item.certificate, notices: notices.map(({ code }) => code) }
  }
  const rejecting = await read(trusted('-addreject', 'serverAuth', '-setalias', 'mine'))
  expect(rejecting.notices).toEqual(['trust-settings'])
  expect(trustOf(rejecting.certificate)).toEqual({ trust: null, reject: [EKU_OIDS.serverAuth] })
  expect(isTrustedFor(rejecting.certificate, [EKU_OIDS.serverAuth])).toBe(false)
  expect(isTrustedFor(rejecting.certificate, [EKU_OIDS.clientAuth])).toBe(true)
  const naming = await read(trusted('-addtrust', 'emailProtection'))
  expect(isTrustedFor(naming.certificate, [EKU_OIDS.emailProtection])).toBe(true)
  expect(isTrustedFor(naming.certificate, [EKU_OIDS.serverAuth])).toBe(false)
  const plain = await read(trusted('-setalias', 'mine'))
  expect([plain.notices, isTrustedFor(plain.certificate, [EKU_OIDS.serverAuth])]).toEqual([[], true])
})
