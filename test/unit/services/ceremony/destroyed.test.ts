import { expect, test } from 'vitest'
import type { Plan } from '../../../../src/ceremony/plan.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { playUntil } from '../../../support/ceremony/play.ts'
import { failAt, openUntil, ownRoom, reload, reopenVault } from '../../../support/ceremony/room.ts'
import { ownWorker } from '../../../support/worker.ts'

/** The same plan, and the key of the CA below is destroyed before the last backup. */
function destroying(plan: Plan): Plan {
  const at = plan.steps.findIndex(({ id }) => id === 'back-up-all')
  const step = { ...plan.steps[at]!, id: 'destroy-key', act: 'destroy', on: 'end' } as const
  return {
    ...plan,
    destructions: [{ id: 'end', authority: 'issuing', reason: 'It was for one ceremony.' }],
    steps: plan.steps.toSpliced(at, 0, step),
  }
}

test('a key that was destroyed before the page went away is not destroyed again, and the step ends', async () => {
  const worker = ownWorker()
  const room = await ownRoom(destroying(planAt(worker.clock.now, null)), { worker })
  await openUntil(room, 'live', 'destroy-key')
  await room.client.call('ceremony.begin', { step: 'destroy-key' })
  await failAt(room, 'destroy-key', 'ended')
  reload(room)
  await reopenVault(room)
  const said = { why: 'interrupted', text: 'The battery was empty.', by: 'ada' } as const
  await room.client.call('ceremony.except', { ...said, decision: 'again' })
  expect((await playUntil(room, 'close-keys')).step).toBe('close-keys')
  const { entries } = await room.client.call('journal.list', { offset: 0, limit: 100 })
  expect(entries.filter(({ act }) => act === 'authority-key-destroyed')).toHaveLength(1)
})
