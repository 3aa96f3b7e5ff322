import { beforeAll, describe, expect, test } from 'vitest'
import { oid, seq } from '../../../src/der/writer.ts'
import { ANY_POLICY_INPUTS } from '../../../src/validate/options.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import type { Pool } from '../../../src/validate/pool.ts'
import type { PathCertificate, Report } from '../../../src/validate/report.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { GeneralSubtree } from '../../../src/x509/extensions/name-constraints.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT, crossCertificate, endEntity, intermediate, root } from '../../support/chain.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'

const HOUR = 3_600_000
const SHA1 = {
  algorithm: seq(oid('1.2.840.10045.4.1')),
  scheme: { kind: 'ecdsa', hash: 'SHA-1' },
} as const

const poolOf = (anchors: readonly Drawn[], ...intermediates: readonly Drawn[]): Pool =>
  createPool({
    anchors: anchors.map(({ certificate }) => certificate),
    intermediates: intermediates.map(({ certificate }) => certificate),
  })

const ask = ({ certificate }: Drawn, pool: Pool, options: Partial<ValidateOptions> = {}): Promise<Report> =>
  validate(certificate, pool, { at: AT, ...options })

/** What a verdict consists of; signatures that the pool knows are not spent. */
const answer = ({ verdict, best, paths, spent: { comparisons } }: Report) => ({
  ...{ verdict, best, paths, comparisons },
})

const above = (report: Report): readonly PathCertificate[] => report.paths[0]!.certificates.slice(0, -1)

describe('a CA is not checked again for the next target', () => {
  let top: Drawn, upper: Drawn, lower: Drawn, target: Drawn
  beforeAll(async () => {
    top = await root()
    // Every option that counts above the target changes its rows or those of its neighbours.
    upper = await intermediate(top, {
      notAfter: new Date(AT.getTime() + HOUR),
      oddSignature: SHA1,
      critical: { basicConstraints: false },
      extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] },
    })
    lower = await intermediate(upper)
    target = await endEntity(lower)
  })

  const BASE: Partial<ValidateOptions> = { allowSha1: true, purpose: 'serverAuth' }

  test('if it is asked the same', async () => {
    const pool = poolOf([top], upper, lower)
    const first = await ask(target, pool, BASE)
    const second = await ask(await endEntity(lower), pool, BASE)
    expect(second.paths[0]!.certificates.map((one, i) => one === first.paths[0]!.certificates[i])).toEqual([
      ...[true, true, true, false],
    ])
  })

  test('and what the first target did to the state does not reach the next', async () => {
    const pool = poolOf([top], upper, lower)
    const first = answer(await ask(target, pool, BASE))
    for (let i = 0; i < 3; i++) expect(answer(await ask(target, pool, BASE))).toEqual(first)
  })

  const subtree = (): GeneralSubtree[] => [
    { base: { kind: 'directoryName', name: upper.certificate.subject }, minimum: 0, maximum: null },
  ]
  type Change = () => Partial<ValidateOptions> | Promise<Partial<ValidateOptions>>
  const ABOVE: Partial<Record<keyof ValidateOptions, Change>> = {
    at: () => ({ at: new Date(AT.getTime() + 2 * HOUR) }),
    profile: () => ({ profile: 'rfc5280' }),
    purpose: () => ({ purpose: 'clientAuth' }),
    ekus: () => ({ ekus: ['codeSigning'] }),
    ekuNesting: () => ({ ekuNesting: false }),
    revocation: () => ({ revocation: 'require' }),
    maxDepth: () => ({ maxDepth: 1 }),
    policies: () => ({ policies: { ...ANY_POLICY_INPUTS, explicitPolicy: true } }),
    permittedSubtrees: () => ({ permittedSubtrees: subtree() }),
    excludedSubtrees: () => ({ excludedSubtrees: subtree() }),
    allowSha1: () => ({ allowSha1: false }),
    anchorConstraints: () => ({ anchorConstraints: false }),
    examineKeys: () => ({ examineKeys: true }),
  }
  const BELOW: Partial<Record<keyof ValidateOptions, Change>> = {
    peerNames: () => ({ peerNames: [{ kind: 'DNS', value: 'other.example' }] }),
    pins: () => ({ pins: [{ of: 'spki', sha256: '00' }] }),
    explore: () => ({ explore: 'all' }),
    limits: () => ({ limits: { comparisons: 0 } }),
    onlyAnchor: async () => ({ onlyAnchor: await sha256Hex(top.certificate.der) }),
  }

  test('the options are all here', () => {
    const all: Record<keyof ValidateOptions, true> = {
      ...{ at: true, profile: true, purpose: true, ekus: true, ekuNesting: true, revocation: true },
      ...{ maxDepth: true, policies: true, permittedSubtrees: true, excludedSubtrees: true },
      ...{ allowSha1: true, anchorConstraints: true, examineKeys: true },
      ...{ peerNames: true, pins: true, explore: true, limits: true, onlyAnchor: true },
    }
    expect(Object.keys({ ...ABOVE, ...BELOW }).sort()).toEqual(Object.keys(all).sort())
  })

  test.each(Object.entries(ABOVE))('asked otherwise by %s, it is checked again', async (_name, change) => {
    const options = { ...BASE, ...(await change()) }
    const pool = poolOf([top], upper, lower)
    const before = await ask(target, pool, BASE)
    const report = await ask(target, pool, options)
    expect(above(report)).not.toEqual(above(before))
    expect(answer(report)).toEqual(answer(await ask(target, poolOf([top], upper, lower), options)))
    expect(answer(await ask(target, pool, BASE))).toEqual(answer(before))
  })

  test.each(Object.entries(BELOW))('%s changes the rest of the answer', async (_name, change) => {
    const options = { ...BASE, ...(await change()) }
    const pool = poolOf([top], upper, lower)
    await ask(target, pool, BASE)
    const fresh = answer(await ask(target, poolOf([top], upper, lower), options))
    expect(answer(await ask(target, pool, options))).toEqual(fresh)
  })

  test('by other anchors, it is checked again', async () => {
    const pool = poolOf([top], upper, lower)
    await ask(target, pool, BASE)
    const trusted = [top.certificate, lower.certificate]
    const report = await ask(target, pool.withAnchors(trusted), { ...BASE, explore: 'all' })
    const fresh = await ask(target, poolOf([top, lower], upper), { ...BASE, explore: 'all' })
    expect(answer(report)).toEqual(answer(fresh))
  })

  test('nor is one path above an issuer taken for another', async () => {
    const other = await root()
    const cross = await crossCertificate(other, upper, { pathLen: 0 })
    const pool = poolOf([top, other], upper, cross, lower)
    const options: Partial<ValidateOptions> = { ...BASE, explore: 'all' }
    const first = answer(await ask(target, pool, options))
    expect(first.paths.map(({ verdict }) => verdict)).toEqual(['valid-with-faults', 'invalid'])
    expect(answer(await ask(target, pool, options))).toEqual(first)
  })
})

describe('what the target changes or pays for is not remembered', () => {
  test('policies', async () => {
    const policy = (...oids: string[]) => ({
      certificatePolicies: oids.map((each) => ({ oid: each, qualifiers: [] })),
    })
    const top = await root()
    const ca = await intermediate(top, { extensions: policy('1.2.3', '1.2.4') })
    const pool = poolOf([top], ca)
    for (const each of ['1.2.3', '1.2.4', '1.2.5', '1.2.3']) {
      const target = await endEntity(ca, { extensions: policy(each) })
      expect(answer(await ask(target, pool))).toEqual(answer(await ask(target, poolOf([top], ca))))
    }
  })

  test.each([
    ['permitted', 'example.com'],
    ['excluded', 'example.org'],
  ])('constraints of names, %s, which cost comparisons', async (side, base) => {
    const subtrees = [{ base: { kind: 'dNSName', value: base }, minimum: 0, maximum: null } as const]
    const named = (value: string) => ({ subjectAltName: [{ kind: 'dNSName', value } as const] })
    const top = await root({
      extensions: { nameConstraints: { permitted: null, excluded: null, [side]: subtrees } },
    })
    const ca = await intermediate(top, { extensions: named('ca.example.com') })
    const pool = poolOf([top], ca)
    for (const value of ['example.com', 'example.org', 'www.example.com']) {
      const target = await endEntity(ca, { extensions: named(value) })
      const report = answer(await ask(target, pool))
      expect(report).toEqual(answer(await ask(target, poolOf([top], ca))))
      expect(report.comparisons).toBe(2)
    }
  })

  test('a signature for which the budget did not last', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const pool = poolOf([top], ca)
    const target = await endEntity(ca)
    expect((await ask(target, pool, { limits: { signatures: 0 } })).verdict).toBe('exhausted')
    expect((await ask(target, pool)).verdict).toBe('valid')
  })
})
