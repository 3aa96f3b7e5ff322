import { beforeAll, expect, test } from 'vitest'
import { amendPlan, type Amendments } from '../../../src/ceremony/amend.ts'
import { readPlan, writePlan } from '../../../src/ceremony/plan-file.ts'
import type { Plan } from '../../../src/ceremony/plan.ts'
import { utf8 } from '../../../src/octets.ts'
import { templatePlan } from '../../support/ceremony/templates.ts'

let plan: Plan
beforeAll(async () => {
  plan = await templatePlan('hierarchy')
})

const NONE: Amendments = { notes: {}, holders: {}, accepted: [] }
const FINDING = { code: 'serial-zero', on: 'root', reason: ' It is known. ', by: 'ada' }
const amended = (change: Partial<Amendments>): Plan => {
  const made = amendPlan(writePlan(plan), { ...NONE, ...change })
  if ('faults' in made) throw new Error(JSON.stringify(made.faults))
  const read = readPlan(made.file)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.plan
}
const faults = (change: Partial<Amendments>): readonly string[] => {
  const made = amendPlan(writePlan(plan), { ...NONE, ...change })
  return 'faults' in made ? made.faults.map(({ code }) => code) : []
}

test('nothing is added: the file is the same', () => {
  const file = writePlan(plan)
  expect(amendPlan(file, NONE)).toEqual({ file })
})

test('holders, notes and accepted findings are added, and nothing else changes', () => {
  const changed = amended({
    holders: { 'root-key': ['cleo'] },
    notes: { root: ' Read it twice.\nThen sign. ' },
    accepted: [FINDING],
  })
  expect(changed).toEqual({
    ...plan,
    keys: plan.keys.map((key) => (key.id === 'root-key' ? { ...key, holders: ['cleo'] } : key)),
    steps: plan.steps.map((step) =>
      step.id === 'root' ? { ...step, note: 'Read it twice.\nThen sign.' } : step,
    ),
    accepted: [{ ...FINDING, reason: 'It is known.' }],
  })
})

test('what cannot be in a plan is a fault, and there is no file', () => {
  expect(faults({ accepted: [{ ...FINDING, code: 'no-such' }] })).toEqual(['plan-finding'])
  expect(faults({ accepted: [{ ...FINDING, by: '' }] })).toEqual(['plan-id'])
  expect(faults({ accepted: [{ ...FINDING, reason: ' ' }] })).toEqual(['plan-blank'])
  expect(faults({ holders: { 'root-key': ['nobody'] } })).toEqual(['plan-reference'])
  expect(faults({ notes: { root: 'evil\u202e' } })).toEqual(['plan-unseen'])
  expect(faults({ notes: { __proto__: null, constructor: 'x' } as never })).toEqual([])
  expect(amendPlan(utf8('{'), NONE)).toHaveProperty('faults')
})
