/** Every template makes a plan that can be read again and that has nothing wrong with it. */
import { describe, expect, test } from 'vitest'
import { lintPlan } from '../../../src/ceremony/lint-plan.ts'
import { readPlan, writePlan } from '../../../src/ceremony/plan-file.ts'
import { planFrom } from '../../../src/ceremony/templates.ts'
import { utf8Text } from '../../../src/octets.ts'
import {
  COMMON,
  EVE,
  TEMPLATE_IDS,
  answersTo,
  newAuthority,
  templatePlan,
} from '../../support/ceremony/templates.ts'

const acts = ({ steps }: { steps: readonly { act: string; on: string | null }[] }): string[] =>
  steps.map(({ act, on }) => (on === null ? act : `${act} ${on}`))

describe.each(TEMPLATE_IDS)('%s', (id) => {
  test('has nothing wrong with it', async () => {
    expect(lintPlan(await templatePlan(id), EVE)).toEqual([])
  })

  test('is read as it was written', async () => {
    const plan = await templatePlan(id)
    const octets = writePlan(plan)
    const read = readPlan(octets)
    expect(read).toEqual({ plan })
    if ('plan' in read) expect(utf8Text(writePlan(read.plan))).toBe(utf8Text(octets))
  })
})

test('the steps of a hierarchy: a backup before a new key signs, and one at the end', async () => {
  expect(acts(await templatePlan('hierarchy'))).toEqual([
    ...['tool', 'storage', 'clock', 'roll-call', 'plan-words', 'vault'],
    ...['certificate root', 'backup', 'read-back'],
    ...['certificate intermediate-1', 'certificate intermediate-2', 'lists root-lists'],
    ...['backup', 'read-back', 'lists intermediate-1-lists', 'lists intermediate-2-lists'],
    ...['backup', 'read-back', 'close', 'sign-off'],
  ])
})

test('the steps of a request: it is read before the vault is opened', async () => {
  expect(acts(await templatePlan('sign-request'))).toEqual([
    ...['tool', 'storage', 'clock', 'roll-call', 'plan-words', 'request request', 'vault'],
    ...['certificate certificate', 'backup', 'read-back', 'close', 'sign-off'],
  ])
})

test('a re-key certifies each root with the other, and no longer than either is valid', async () => {
  const { certificates, existing } = await templatePlan('re-key')
  expect(certificates.map(({ key, issuer }) => [key, issuer])).toEqual([
    ['root-key', null],
    ['root-key', 'old-root'],
    ['old-root', 'root'],
  ])
  expect(existing).toHaveLength(1)
  expect(certificates.map(({ notAfter }) => notAfter.toISOString())).toEqual([
    '2046-12-07T08:59:59.000Z',
    '2036-01-01T00:00:00.000Z',
    '2036-01-01T00:00:00.000Z',
  ])
})

test('the key that signs decides the algorithm', async () => {
  const { hierarchy } = await answersTo()
  const plan = planFrom('hierarchy', COMMON, { ...hierarchy, root: newAuthority('Root', 'rsa-4096', 20) })
  expect(plan.certificates.map(({ signature }) => signature)).toEqual(Array(3).fill('rsa-sha256'))
})
