import { expect, test } from 'vitest'
import { ANCHOR } from '../../../src/validate/path/anchor.ts'
import { requireKeyIdentifier } from '../../../src/validate/path/key-identifier-steps.ts'
import { PEER } from '../../../src/validate/path/peer-steps.ts'
import { PREPARE } from '../../../src/validate/path/prepare.ts'
import { PROCESS } from '../../../src/validate/path/process.ts'
import { PURPOSE, requireNestedPurpose } from '../../../src/validate/path/purpose-steps.ts'
import { steps as shown } from '../../../src/messages/en/steps.ts'
import { WRAP_UP } from '../../../src/validate/path/wrap-up.ts'

const STEPS = [
  ...ANCHOR,
  ...PROCESS,
  requireKeyIdentifier,
  ...PREPARE,
  requireNestedPurpose,
  ...WRAP_UP,
  ...PURPOSE,
  ...PEER,
]

test.each(STEPS.map((step) => [step.name, step.section, step.requirement] as const))(
  'the step %s (%s) says in one sentence what is asked',
  (_name, _section, requirement) => {
    expect(requirement).toMatch(/^[a-zA-Z].{20,98}\.$/)
    expect(requirement.slice(0, -1)).not.toMatch(/\. /)
  },
)

test('two steps of different names ask for different things', () => {
  const names = new Map(STEPS.map(({ name, requirement }) => [requirement, name]))
  expect(names.size).toBe(new Set(STEPS.map(({ name }) => name)).size)
})

test('the page says of each step what the step says itself', () => {
  const said = Object.fromEntries(
    Object.entries(shown)
      .filter(([name]) => name !== 'build-path')
      .map(([name, { requirement }]) => [name, requirement]),
  )
  expect(said).toEqual(Object.fromEntries(STEPS.map(({ name, requirement }) => [name, requirement])))
})
