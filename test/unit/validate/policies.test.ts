import { describe, expect, test } from 'vitest'
import { PolicyGraph } from '../../../src/validate/policy/graph.ts'
import { POLICY_OIDS } from '../../../src/x509/oids.ts'
import { ANY_POLICY_INPUTS } from '../../../src/validate/options.ts'
import type { PolicyInputs } from '../../../src/validate/options.ts'
import type { Drawing } from '../../support/chain.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { bestPath, examine, refusals } from './examine.ts'

const GOLD = '1.3.6.1.4.1.55738.1'
const SILVER = '1.3.6.1.4.1.55738.2'
const policies = (...oids: string[]) => oids.map((oid) => ({ oid, qualifiers: [] }))
const extensions = (...oids: string[]): Drawing => ({
  extensions: { certificatePolicies: policies(...oids) },
})

/** Refusals of root → CA → target by §6 alone. */
async function examined(ca: Drawing, target: Drawing, inputs: Partial<PolicyInputs>, top: Drawing = {}) {
  const anchor = await root(top)
  const issuer = await intermediate(anchor, ca)
  const report = await examine(
    await endEntity(issuer, target),
    { anchors: [anchor], intermediates: [issuer] },
    { profile: 'path', anchorConstraints: true, policies: { ...ANY_POLICY_INPUTS, ...inputs } },
  )
  return { codes: refusals(report).flat(), report }
}

describe('explicit policies (§6.1.3(d) to (f), §6.1.5(g))', () => {
  const explicit = { explicitPolicy: true }

  test('the same policy all the way down', async () => {
    expect((await examined(extensions(GOLD), extensions(GOLD), explicit)).codes).toEqual([])
  })

  test('another policy on the target', async () => {
    const { codes } = await examined(extensions(GOLD), extensions(SILVER), explicit)
    expect(codes).toContain('explicit-policy-missing')
    expect((await examined(extensions(GOLD), extensions(SILVER), {})).codes).toEqual([])
  })

  test('anyPolicy in the CA', async () => {
    expect((await examined(extensions(POLICY_OIDS.anyPolicy), extensions(SILVER), explicit)).codes).toEqual(
      [],
    )
    const inhibited = { ...explicit, inhibitAnyPolicy: true }
    expect(
      (await examined(extensions(POLICY_OIDS.anyPolicy), extensions(SILVER), inhibited)).codes,
    ).toContain('explicit-policy-missing')
  })

  test('a policy that was not asked for', async () => {
    const asked = (oid: string) => ({ ...explicit, initialPolicySet: [oid] })
    expect((await examined(extensions(GOLD), extensions(GOLD), asked(GOLD))).codes).toEqual([])
    expect((await examined(extensions(GOLD), extensions(GOLD), asked(SILVER))).codes).toEqual([
      'explicit-policy-missing',
    ])
  })

  test('policyConstraints ask for what the caller did not (§6.1.4(i))', async () => {
    const requiring: Drawing = {
      extensions: {
        certificatePolicies: policies(GOLD),
        policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: null },
      },
    }
    expect((await examined(requiring, extensions(GOLD), {})).codes).toEqual([])
    expect((await examined(requiring, extensions(SILVER), {})).codes).toContain('explicit-policy-missing')
  })

  test('policies of the anchor narrow what is asked for (RFC 5937)', async () => {
    expect((await examined(extensions(GOLD), extensions(GOLD), explicit, extensions(GOLD))).codes).toEqual([])
    expect((await examined(extensions(GOLD), extensions(GOLD), explicit, extensions(SILVER))).codes).toEqual([
      'explicit-policy-missing',
    ])
  })
})

describe('mappings (§6.1.4(a), (b))', () => {
  const mapping = (from: string, to: string): Drawing => ({
    extensions: {
      certificatePolicies: policies(GOLD),
      policyMappings: [{ issuerDomainPolicy: from, subjectDomainPolicy: to }],
    },
  })

  test('gold above is silver below', async () => {
    const { codes, report } = await examined(mapping(GOLD, SILVER), extensions(SILVER), {
      explicitPolicy: true,
      initialPolicySet: [GOLD],
    })
    expect(codes).toEqual([])
    const row = bestPath(report).certificates[2]!.rows.find(({ step }) => step === 'intersect-policies')
    expect(row).toMatchObject({ outcome: 'held', detail: { policies: [GOLD] } })
  })

  test('unless mapping is inhibited', async () => {
    const inputs = { explicitPolicy: true, inhibitMapping: true }
    expect((await examined(mapping(GOLD, SILVER), extensions(SILVER), inputs)).codes).toContain(
      'explicit-policy-missing',
    )
  })

  test.each([
    [GOLD, POLICY_OIDS.anyPolicy],
    [POLICY_OIDS.anyPolicy, GOLD],
  ])('anyPolicy is not mapped: %s → %s', async (from, to) => {
    expect((await examined(mapping(from, to), extensions(GOLD), {})).codes).toContain('policy-mapping-any')
  })
})

test('the graph does not grow with the power of the depth (RFC 9618 §3)', () => {
  const graph = new PolicyGraph()
  const many = Array.from({ length: 100 }, (_, i) => `1.2.3.${i}`)
  const crosswise = many.flatMap((from) =>
    many.map((to) => ({ issuerDomainPolicy: from, subjectDomainPolicy: to })),
  )
  for (let depth = 0; depth < 20; depth++) {
    graph.extend(policies(...many), true)
    graph.map(crosswise, [])
  }
  expect(graph.targetPolicies()).toHaveLength(100)
  expect(graph.authorityConstrainedPolicySet()).toEqual(new Set(many))
})
