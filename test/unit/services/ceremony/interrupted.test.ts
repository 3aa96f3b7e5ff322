import { beforeAll, expect, test } from 'vitest'
import type { CeremonyKind } from '../../../../src/ceremony/events.ts'
import { planAt } from '../../../support/ceremony/plan.ts'
import { doStep, playUntil } from '../../../support/ceremony/play.ts'
import {
  failAt,
  openUntil,
  ownRoom,
  reload,
  reopenVault,
  type OwnRoom,
  rehearse,
} from '../../../support/ceremony/room.ts'
import { startWorker } from '../../../support/worker.ts'

const KINDS: readonly CeremonyKind[] = ['rehearsal', 'live']
const STEPS = planAt(0, null).steps
const SIGNING = STEPS.filter(({ act }) => act === 'certificate' || act === 'lists')
const said = { why: 'interrupted', text: 'The battery was empty.', by: 'ada' } as const

/** The plan of every room here is the same. */
let sealed: Uint8Array
beforeAll(async () => {
  const worker = startWorker()
  const room = await ownRoom(undefined, { worker })
  await rehearse(room)
  worker.close()
  // Each room has a browser of its own.
  sealed = room.left!
})

/** The steps after it, and the record; nothing was signed twice. */
async function expectSound(room: OwnRoom): Promise<void> {
  await playUntil(room, null)
  const { phase, lines, files } = await room.client.call('ceremony.complete', { sheets: [] })
  expect(phase).toBe('completed')
  expect(lines.filter(({ event }) => event === 'exception')).toHaveLength(1)
  for (const { id } of STEPS)
    expect(lines.filter((line) => line.event === 'ended' && line.step === id)).toHaveLength(1)
  expect(files.filter(({ name }) => name.startsWith('objects/'))).toHaveLength(5)
}

/** What is signed is in the vault, each once. */
async function expectOnce(room: OwnRoom): Promise<void> {
  const certificates = await room.client.call('certificate.list', { offset: 0, limit: 100 })
  const names = certificates.rows.map(({ subject }) => subject)
  expect(new Set(names).size).toBe(names.length)
}

for (const kind of KINDS)
  for (const step of STEPS)
    test(`a page that goes away in ${step.id}, ${kind}: the room decides, and it goes on`, async () => {
      const room = { ...(await ownRoom()), sealed }
      await openUntil(room, kind, step.id)
      await room.client.call('ceremony.begin', { step: step.id })
      reload(room)
      const view = await reopenVault(room)
      expect([view.phase, view.step, view.found]).toEqual(['interrupted', step.id, false])
      await expect(doStep(room, step)).rejects.toMatchObject({ code: 'ceremony-step' })
      await expect(room.client.call('ceremony.except', { ...said, decision: 'found' })).rejects.toMatchObject(
        {
          code: 'ceremony-not-found',
        },
      )
      const after = await room.client.call('ceremony.except', { ...said, decision: 'again' })
      expect([after.phase, after.step]).toEqual(['ready', step.id])
      await expectSound(room)
    })

for (const kind of KINDS)
  for (const step of SIGNING)
    test(`a page that goes away in ${step.id} once it is stored, ${kind}: nothing is signed twice`, async () => {
      const room = { ...(await ownRoom()), sealed }
      await openUntil(room, kind, step.id)
      await room.client.call('ceremony.begin', { step: step.id })
      await failAt(room, step.id, 'ended')
      reload(room)
      expect((await room.client.call('ceremony.view', null))?.found).toBeNull()
      await expect(room.client.call('ceremony.except', { ...said, decision: 'again' })).rejects.toMatchObject(
        {
          code: 'ceremony-vault',
        },
      )
      const view = await reopenVault(room)
      expect([view.phase, view.found]).toEqual(['interrupted', true])
      await expect(room.client.call('ceremony.except', { ...said, decision: 'again' })).rejects.toMatchObject(
        {
          code: 'ceremony-found',
        },
      )
      // Nor by saying that the vault was lost: it is here.
      await expect(
        room.client.call('ceremony.except', { ...said, why: 'vault-lost', decision: 'again' }),
      ).rejects.toMatchObject({ code: 'ceremony-found' })
      await room.client.call('ceremony.except', { ...said, decision: 'found' })
      await expectOnce(room)
      await expectSound(room)
    })
