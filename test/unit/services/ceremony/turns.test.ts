import { expect, test } from 'vitest'
import { doStep, openVault, playUntil } from '../../../support/ceremony/play.ts'
import { failAt, open, openUntil, ownRoom, rehearse, reopenVault } from '../../../support/ceremony/room.ts'
import { createVault, issue, ownWorker } from '../../../support/worker.ts'

const said = { why: 'interrupted', text: 'The other tab.', by: 'ada' } as const

test('of two begins at once one begins, and the step is done here', async () => {
  const room = await ownRoom()
  await open(room, 'rehearsal')
  const begin = () => room.client.call('ceremony.begin', { step: 'check-tool' })
  const both = await Promise.allSettled([begin(), begin()])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const view = await room.client.call('ceremony.view', null)
  expect([view?.phase, view?.lines.length]).toEqual(['doing', 2])
})

test('a tab whose step was taken over by another one sees it, and goes on once it has decided', async () => {
  const room = await ownRoom()
  await openUntil(room, 'live', 'make-root')
  await room.client.call('ceremony.begin', { step: 'make-root' })
  const { token } = await room.client.call('ceremony.prepare', { step: 'make-root' })
  const { client } = ownWorker(room.worker.name, room.worker.clock)
  expect((await client.call('ceremony.view', null))?.phase).toBe('interrupted')
  await client.call('ceremony.except', { ...said, decision: 'again' })
  await client.call('ceremony.begin', { step: 'make-root' })
  await expect(room.client.call('ceremony.sign', { step: 'make-root', token: token! })).rejects.toMatchObject(
    {
      code: 'ceremony-step',
    },
  )
  expect((await room.client.call('ceremony.view', null))?.phase).toBe('interrupted')
  expect((await room.client.call('certificate.list', { offset: 0, limit: 9 })).total).toBe(0)
  await room.client.call('ceremony.except', { ...said, decision: 'again' })
  expect((await playUntil(room, null)).phase).toBe('done')
})

test('while one is running no other is opened, and nothing of it is lost', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', 'make-root')
  const before = await room.client.call('ceremony.view', null)
  await expect(open(room, 'rehearsal')).rejects.toMatchObject({ code: 'ceremony-running' })
  await expect(room.client.call('ceremony.forget', null)).rejects.toMatchObject({ code: 'ceremony-running' })
  expect(await room.client.call('ceremony.view', null)).toEqual(before)
})

test('a second rehearsal has a vault of its own', async () => {
  const room = await ownRoom()
  await rehearse(room)
  await open(room, 'rehearsal')
  expect((await room.client.call('ceremony.view', null))?.vault).toBe('none')
  expect((await playUntil(room, null)).phase).toBe('done')
})

test('a vault that is locked between preparing and signing leaves the step open', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', 'make-root')
  await room.client.call('ceremony.begin', { step: 'make-root' })
  const { token } = await room.client.call('ceremony.prepare', { step: 'make-root' })
  await room.client.call('vault.lock', null)
  await expect(room.client.call('ceremony.sign', { step: 'make-root', token: token! })).rejects.toMatchObject(
    {
      code: 'ceremony-vault',
    },
  )
  await expect(room.client.call('ceremony.prepare', { step: 'make-root' })).rejects.toMatchObject({
    code: 'ceremony-vault',
  })
  const view = await reopenVault(room)
  expect([view.phase, view.step]).toEqual(['doing', 'make-root'])
  await doStep(
    room,
    room.plan.steps.find(({ id }) => id === 'make-root')!,
  )
  expect((await playUntil(room, null)).phase).toBe('done')
})

test('what could not be written down is looked for, in this tab as in another', async () => {
  const room = await ownRoom()
  await openUntil(room, 'live', 'make-issuing')
  await room.client.call('ceremony.begin', { step: 'make-issuing' })
  await failAt(room, 'make-issuing', 'ended')
  const view = await room.client.call('ceremony.view', null)
  expect([view?.phase, view?.found]).toEqual(['interrupted', true])
  await room.client.call('ceremony.except', { ...said, decision: 'found' })
  expect((await playUntil(room, null)).phase).toBe('done')
})

test('a sample that is opened in the middle signs nothing of the ceremony', async () => {
  const room = await ownRoom()
  await openUntil(room, 'live', 'make-root')
  await room.client.call('ceremony.begin', { step: 'make-root' })
  await room.client.call('vault.enterSample', null)
  expect((await room.client.call('ceremony.view', null))?.vault).toBe('locked')
  await expect(room.client.call('ceremony.prepare', { step: 'make-root' })).rejects.toMatchObject({
    code: 'ceremony-vault',
    detail: { state: 'other' },
  })
  await reopenVault(room)
  await doStep(
    room,
    room.plan.steps.find(({ id }) => id === 'make-root')!,
  )
  expect((await playUntil(room, null)).phase).toBe('done')
})

test('a rehearsal that is left is named as lost when the room comes back', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', 'make-issuing')
  await room.client.call('vault.enterSample', null)
  await room.client.call('ceremony.enter', null)
  expect((await room.client.call('ceremony.view', null))?.vault).toBe('lost')
  await room.client.call('ceremony.abort', { text: 'We rehearse once more.', by: 'ada' })
  await room.client.call('ceremony.forget', null)
  expect((await room.client.call('vault.status', null)).kind).toBe('main')
})

test('a rehearsal leaves this browser’s own vault as it was, but locked', async () => {
  const room = await ownRoom()
  await createVault(room.worker)
  await issue(room.worker, { profileId: 'root', commonName: 'Own Root' })
  const journal = () => room.client.call('journal.list', { offset: 0, limit: 100 })
  const before = (await journal()).total
  await rehearse(room)
  await room.client.call('ceremony.forget', null)
  await openVault(room.client)
  expect((await room.client.call('certificate.list', { offset: 0, limit: 9 })).total).toBe(1)
  const { entries } = await journal()
  expect(entries.slice(0, entries.length - before).map(({ act }) => act)).toEqual([
    'vault-unlocked',
    'vault-locked',
  ])
  expect((await room.client.call('vault.check', null)).problems).toEqual([])
})
