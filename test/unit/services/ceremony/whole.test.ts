import { expect, test } from 'vitest'
import { writePlan } from '../../../../src/ceremony/plan-file.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { playUntil, POLICY, type Room } from '../../../support/ceremony/play.ts'
import { ownWorker, type TestWorker } from '../../../support/worker.ts'
import { sha256Hex } from '../../../../src/webcrypto/signature.ts'

const roomOf = async (
  worker: TestWorker,
  plan = planAt(worker.clock.now, null),
): Promise<Room & { file: Uint8Array }> => {
  const file = writePlan(plan)
  return { client: worker.client, clock: worker.clock, plan, planSha256: await sha256Hex(file), file }
}

test('a rehearsal fixes what is signed live, and live is the same outside the holes', async () => {
  const worker = ownWorker()
  const { client } = worker
  const room = await roomOf(worker)
  const open = { plan: room.file, policy: POLICY, place: 'here' }
  await client.call('ceremony.open', { ...open, kind: 'rehearsal', sealed: null })
  expect((await client.call('vault.status', null)).kind).toBe('rehearsal')
  expect((await playUntil(room, null)).phase).toBe('done')
  await client.call('ceremony.complete', { sheets: [] })
  const { bytes: sealed } = await client.call('ceremony.file', { name: 'sealed.json' })
  await client.call('ceremony.open', { ...open, kind: 'live', sealed })
  const view = await playUntil(room, null)
  expect(view.phase).toBe('done')
  const done = await client.call('ceremony.complete', { sheets: [] })
  expect(done.manifest).toMatch(/^[0-9a-f]{64}$/)
  expect(done.files.map(({ name }) => name)).toContain('objects/root.der')
})
