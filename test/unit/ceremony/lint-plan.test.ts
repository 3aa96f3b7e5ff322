/** The procedure linted: each finding is found in a plan that has it, at its step, and a sound plan has none. */
import { beforeAll, describe, expect, test } from 'vitest'
import { PLAN_SEVERITIES, type PlanFindingCode } from '../../../src/ceremony/lint/finding.ts'
import { lintPlan } from '../../../src/ceremony/lint-plan.ts'
import { NO_EXTENSIONS } from '../../../src/ceremony/plan-file/extensions.ts'
import type { Plan, PlannedCertificate, PlannedResponses, Step, StepAct } from '../../../src/ceremony/plan.ts'
import { stepsOf } from '../../../src/ceremony/steps-of.ts'
import { planFrom } from '../../../src/ceremony/templates.ts'
import type { FindingCode } from '../../../src/findings.ts'
import { ceremonyPlan } from '../../../src/messages/en/ui/ceremony-plan.ts'
import { endEntity, root } from '../../support/chain.ts'
import {
  COMMON,
  EVE,
  TEMPLATE_IDS,
  answersTo,
  newAuthority,
  templatePlan,
} from '../../support/ceremony/templates.ts'

type Template = (typeof TEMPLATE_IDS)[number]
let plans: Readonly<Record<Template, Plan>>
let entity: Uint8Array
beforeAll(async () => {
  const made = await Promise.all(TEMPLATE_IDS.map(async (id) => [id, await templatePlan(id)] as const))
  plans = Object.fromEntries(made) as Record<Template, Plan>
  entity = (await endEntity(await root())).certificate.der
})

type Change = (plan: Plan) => Plan
const people =
  (...list: readonly [id: string, ...roles: Plan['people'][number]['roles']][]): Change =>
  (plan) => ({
    ...plan,
    people: list.map(([id, ...roles]) => ({ id, name: id, organization: '', roles })),
  })
const window =
  (from: string, to: string): Change =>
  (plan) => ({ ...plan, window: { from: new Date(from), to: new Date(to) } })
/** Changes the certificate with this id. */
const certificate =
  (id: string, change: Partial<PlannedCertificate>): Change =>
  (plan) => ({
    ...plan,
    certificates: plan.certificates.map((each) => (each.id === id ? { ...each, ...change } : each)),
  })
const extensions =
  (id: string, change: PlannedCertificate['extensions']): Change =>
  (plan) => {
    const { extensions: before } = plan.certificates.find((each) => each.id === id)!
    return certificate(id, { extensions: { ...before, ...change } })(plan)
  }
const lists =
  (...change: readonly Partial<Plan['lists'][number]>[]): Change =>
  (plan) => ({ ...plan, lists: change.map((each) => ({ ...plan.lists[0]!, ...each })) })
const keys =
  (holders: readonly string[]): Change =>
  (plan) => ({ ...plan, keys: plan.keys.map((each) => ({ ...each, holders })) })

const without =
  (...acts: readonly StepAct[]): Change =>
  (plan) => ({ ...plan, steps: plan.steps.filter(({ act }) => !acts.includes(act)) })
const withStep =
  (index: number, change: Partial<Step>): Change =>
  (plan) => ({ ...plan, steps: plan.steps.map((each, i) => (i === index ? { ...each, ...change } : each)) })
/** Moves the step at one index to another. */
const moved =
  (from: number, to: number): Change =>
  (plan) => ({ ...plan, steps: plan.steps.toSpliced(from, 1).toSpliced(to, 0, plan.steps[from]!) })
/** The steps derived again, after another change. */
const again =
  (change: Change): Change =>
  (plan) => {
    const { steps: _steps, ...rest } = change(plan)
    return { ...rest, steps: stepsOf(rest) }
  }
const accepted =
  (...list: readonly [code: FindingCode, on: string][]): Change =>
  (plan) => ({
    ...plan,
    accepted: list.map(([code, on]) => ({ code, on, reason: 'Known.', by: 'ada' })),
  })

/** A responder below the root, which answers for the first intermediate, and the steps for it. */
const answering = (change: Partial<PlannedResponses>): Change =>
  again((plan) => ({
    ...plan,
    keys: [...plan.keys, { ...plan.keys[0]!, id: 'responder-key' }],
    certificates: [
      ...plan.certificates,
      {
        ...plan.certificates[1]!,
        ...{ id: 'responder', key: 'responder-key', profile: 'ocspSigner' },
        subject: [{ type: 'commonName', value: 'Responder' }],
        extensions: {
          ...NO_EXTENSIONS,
          ...{ keyUsage: ['digitalSignature'], extKeyUsage: ['OCSPSigning'], ocspNoCheck: true },
        },
      },
    ],
    responses: [
      {
        ...{ id: 'answers', issuer: 'root', responder: 'responder', certificates: ['intermediate-1'] },
        ...{ hashes: ['SHA-1'], thisUpdate: plan.window.from, days: 30, overlapDays: 5, count: 3 },
        ...change,
      },
    ],
  }))

const AT_NOON = new Date('2026-12-07T12:00:00Z')
const CASES: readonly (readonly [
  code: PlanFindingCode,
  template: Template,
  change: Change,
  step?: number | null,
])[] = [
  [
    'role-missing',
    'hierarchy',
    people(['ben', 'operator', 'holder'], ['cleo', 'holder'], ['wim', 'witness']),
  ],
  [
    'no-witness',
    'hierarchy',
    people(['ada', 'administrator'], ['ben', 'operator', 'holder'], ['cleo', 'holder']),
  ],
  ['operator-is-witness', 'new-root', people(['ada', 'administrator'], ['ben', 'operator', 'auditor'])],
  ['witness-acts', 'hierarchy', withStep(6, { does: 'wim' }), 7],
  ['not-operator', 'hierarchy', withStep(6, { does: 'cleo' }), 7],
  ['reads-and-acts', 'hierarchy', withStep(6, { reads: 'ben' }), 7],
  ['holders-missing', 'hierarchy', keys([])],
  ['holder-without-role', 'hierarchy', keys(['ada', 'ben'])],
  ['one-holds-all', 'hierarchy', keys(['ben'])],

  ['window-empty', 'new-root', window('2026-12-08T09:00:00Z', '2026-12-08T09:00:00Z')],
  ['window-past', 'new-root', window('2026-12-01T09:00:00Z', '2026-12-01T17:00:00Z')],
  ['window-long', 'new-root', window('2026-12-07T09:00:00Z', '2026-12-14T09:00:01Z')],

  ['not-in-steps', 'hierarchy', without('lists')],
  ['not-in-steps', 'sign-request', without('request')],
  ['not-in-steps', 'destroy-key', without('destroy')],
  ['twice-in-steps', 'hierarchy', withStep(10, { on: 'intermediate-1' }), 11],
  ['key-unused', 'hierarchy', (plan) => ({ ...plan, certificates: plan.certificates.slice(0, 2) })],
  ['request-unused', 'sign-request', (plan) => ({ ...plan, certificates: [] })],
  ['authority-unused', 'lists', (plan) => ({ ...plan, lists: [] })],
  ['act-missing', 'hierarchy', without('tool')],
  ['act-missing', 'hierarchy', without('vault')],
  ['act-missing', 'hierarchy', without('sign-off')],
  ['act-late', 'hierarchy', moved(3, 6), 7],
  ['vault-closed', 'hierarchy', moved(5, 6), 6],
  ['vault-closed', 'hierarchy', moved(18, 11), 13],
  ['never-closed', 'hierarchy', without('close'), 17],
  ['never-closed', 'lists', moved(9, 7), 9],
  ['sign-off-not-last', 'hierarchy', moved(19, 18), 19],

  ['issuer-later', 'hierarchy', moved(9, 6), 7],
  ['issuer-later', 'hierarchy', moved(11, 6), 7],
  ['request-later', 'sign-request', moved(5, 7), 7],
  ['signs-before-backup', 'hierarchy', moved(9, 7), 8],
  ['signs-before-backup', 'hierarchy', moved(9, 8), 9],
  ['signs-before-backup', 'hierarchy', moved(14, 11), 12],
  ['never-backed-up', 'hierarchy', without('backup', 'read-back'), 7],
  ['never-backed-up', 'new-root', without('read-back'), 7],
  ['read-back-without-backup', 'new-root', moved(8, 7), 8],
  ['unsaved-at-end', 'hierarchy', moved(16, 13), 17],
  ['signs-destroyed', 'destroy-key', moved(7, 6), 8],

  ['dates-empty', 'new-root', certificate('root', { notAfter: new Date('2026-12-07T09:00:00Z') })],
  [
    'outside-issuer',
    'hierarchy',
    certificate('intermediate-1', { notAfter: new Date('2050-01-01T00:00:00Z') }),
  ],
  ['outside-issuer', 'hierarchy', certificate('root', { notBefore: AT_NOON })],
  [
    'not-before-outside-window',
    'new-root',
    certificate('root', { notBefore: new Date('2026-12-01T00:00:00Z') }),
  ],
  ['signature-mismatch', 'hierarchy', certificate('intermediate-2', { signature: 'rsa-sha256' })],
  ['signature-mismatch', 'new-root', certificate('root', { signature: 'ed25519' })],
  ['path-length', 'hierarchy', extensions('root', { pathLen: 0 })],
  ['path-length', 'hierarchy', certificate('intermediate-2', { issuer: 'intermediate-1' })],
  ['usage-missing', 'hierarchy', extensions('root', { keyUsage: ['keyCertSign'] })],
  ['usage-missing', 'hierarchy', extensions('root', { keyUsage: ['cRLSign'] })],
  ['profile-issuer', 'hierarchy', certificate('intermediate-1', { profile: 'root' })],
  ['profile-issuer', 'new-root', certificate('root', { profile: 'intermediate' })],
  ['self-signed-key', 'sign-request', certificate('certificate', { issuer: null, profile: 'root' })],
  [
    'issuer-elsewhere',
    'sign-request',
    (plan) => ({ ...plan, lists: [{ ...plans.lists.lists[0]!, issuer: 'certificate' }] }),
  ],
  [
    'issuer-elsewhere',
    'cross-certify',
    (plan) => ({
      ...plan,
      certificates: [...plan.certificates, { ...plan.certificates[0]!, id: 'next', issuer: 'cross' }],
    }),
  ],
  [
    'subject-differs',
    'cross-certify',
    certificate('cross', { subject: [{ type: 'commonName', value: 'Else' }] }),
  ],
  [
    'subject-differs',
    're-key',
    certificate('new-with-old', { subject: [{ type: 'commonName', value: 'Else' }] }),
  ],
  [
    'subject-shared',
    'hierarchy',
    certificate('intermediate-1', { subject: newAuthority('Orbis  PEOPLE').subject }),
  ],
  [
    'subject-shared',
    're-key',
    (plan) => certificate('root', { subject: plan.certificates[2]!.subject })(plan),
  ],
  [
    'existing-not-ca',
    'lists',
    (plan) => ({ ...plan, existing: [{ id: 'issuer', certificate: entity, revoked: [] }] }),
  ],
  ['existing-not-valid', 'lists', window('2036-01-01T00:00:00Z', '2036-01-02T00:00:00Z')],

  [
    'lists-gap',
    'lists',
    lists({}, { id: 'next', number: '46', thisUpdate: new Date('2028-12-25T00:00:00Z') }),
  ],
  [
    'lists-numbers',
    'lists',
    lists({}, { id: 'next', number: '45', thisUpdate: new Date('2027-12-01T00:00:00Z') }),
  ],
  ['lists-no-overlap', 'lists', lists({ overlapDays: 0 })],
  ['lists-beyond', 'lists', lists({ count: 37 })],
  ['lists-before-issuer', 'lists', lists({ thisUpdate: new Date('2025-12-01T00:00:00Z') })],
  ['authority-without-lists', 'hierarchy', lists({ issuer: 'intermediate-1' })],

  ['responses-of-other', 'hierarchy', answering({ certificates: ['root'] })],
  ['responses-of-other', 'hierarchy', answering({ issuer: 'intermediate-2', responder: null })],
  ['responses-before', 'hierarchy', (plan) => moved(17, 9)(answering({})(plan)), 10],
  ['responses-beyond', 'hierarchy', answering({ days: 3660, count: 2 })],
  [
    'responses-before-signer',
    'hierarchy',
    answering({ thisUpdate: new Date('2026-12-01T00:00:00Z'), responder: null }),
  ],
  ['responses-no-overlap', 'hierarchy', answering({ overlapDays: 0 })],
  ['responses-too-many', 'hierarchy', answering({ days: 1, count: 101, hashes: ['SHA-1', 'SHA-256'] })],
  ['responder-unfit', 'hierarchy', answering({ responder: 'intermediate-2' })],
  [
    'responder-issues',
    'hierarchy',
    (plan) => certificate('intermediate-1', { issuer: 'responder' })(answering({})(plan)),
  ],
  [
    'responder-path-length',
    'hierarchy',
    (plan) => extensions('responder', { pathLen: 0 })(answering({})(plan)),
  ],
  ['usage-missing', 'hierarchy', answering({ responder: null })],
  ['signs-before-backup', 'hierarchy', (plan) => moved(17, 12)(answering({})(plan)), 13],

  ['accepted-other-kind', 'hierarchy', accepted(['serial-zero', 'root-lists'])],
  ['accepted-twice', 'hierarchy', accepted(['serial-zero', 'root'], ['serial-zero', 'root'])],
]

describe('a finding', () => {
  test.each(CASES.map(([code, template, change, step]) => ({ code, template, change, step })))(
    '$code in $template',
    ({ code, template, change, step = null }) => {
      const found = lintPlan(change(plans[template]), EVE)
      const those = found.filter((each) => each.code === code)
      expect(found.map((each) => each.code)).toContain(code)
      expect(those.map((each) => each.step?.number ?? null)).toContain(step)
      for (const each of those) {
        expect(each.severity).toBe(PLAN_SEVERITIES[code])
        expect(ceremonyPlan.finding(each)).toMatch(/^\P{Ll}.*\.$/su)
      }
    },
  )

  test('of every code is made here', () => {
    expect([...new Set(CASES.map(([code]) => code))].sort()).toEqual(Object.keys(PLAN_SEVERITIES).sort())
  })

  test('names its step', () => {
    const [found] = lintPlan(moved(9, 7)(plans.hierarchy), EVE)
    expect(found).toEqual({
      ...{ code: 'signs-before-backup', severity: 'error' },
      detail: { key: 'root-key', on: 'intermediate-1' },
      step: { id: 'intermediate-1', number: 8 },
    })
    expect(ceremonyPlan.step(found!.step!)).toBe('Step 8 (intermediate-1)')
  })
})

describe('no finding', () => {
  test.each<[what: string, template: Template, change: Change]>([
    [
      'lists that follow at once',
      'lists',
      again(lists({}, { id: 'next', number: '46', thisUpdate: new Date('2027-12-02T09:00:00Z') })),
    ],
    ['a root that allows two levels', 'hierarchy', extensions('root', { pathLen: 1 })],
    [
      'a vault closed for a break and opened again',
      'hierarchy',
      (plan) => ({
        ...plan,
        steps: plan.steps.toSpliced(
          9,
          0,
          { ...plan.steps[18]!, id: 'break' },
          { ...plan.steps[5]!, id: 'reopened' },
        ),
      }),
    ],
    ['no key usage at all', 'new-root', extensions('root', { keyUsage: null })],
    [
      'a key destroyed after its certificate is over',
      'destroy-key',
      again((plan) => window('2040-01-01T09:00:00Z', '2040-01-02T09:00:00Z')({ ...plan, lists: [] })),
    ],
    ['responses of a responder', 'hierarchy', answering({})],
    ['a known finding, accepted', 'hierarchy', accepted(['serial-zero', 'root'])],
  ])('%s', (_what, template, change) => {
    expect(lintPlan(change(plans[template]), EVE)).toEqual([])
  })

  test('three levels below one another, with the steps derived', async () => {
    const { hierarchy } = await answersTo()
    const plan = planFrom('hierarchy', COMMON, { ...hierarchy, intermediateLists: null })
    const deep = again((each) => ({
      ...certificate('intermediate-2', {
        issuer: 'intermediate-1',
        notAfter: new Date('2033-01-01T00:00:00Z'),
      })(extensions('intermediate-1', { pathLen: 1 })(each)),
      lists: [...each.lists, { ...each.lists[0]!, id: 'more', issuer: 'intermediate-1' }],
    }))(plan)
    expect(lintPlan(deep, EVE)).toEqual([])
    const acts = deep.steps.map(({ act, on }) => on ?? act)
    expect(acts.slice(6, 13)).toEqual([
      ...['root', 'backup', 'read-back', 'intermediate-1', 'backup', 'read-back', 'intermediate-2'],
    ])
  })
})
