import { expect, test } from 'vitest'
import { deleteDatabase } from '../../../../src/vault/database.ts'
import { PASSPHRASE, playUntil } from '../../../support/ceremony/play.ts'
import { failAt, openUntil, ownRoom, reload, reopenVault } from '../../../support/ceremony/room.ts'

test('a vault that the browser threw away is named, and the ceremony goes on from its backup', async () => {
  const room = await ownRoom()
  await openUntil(room, 'live', 'make-issuing')
  await room.client.call('ceremony.begin', { step: 'make-issuing' })
  await failAt(room, 'make-issuing', 'ended')
  await deleteDatabase(room.worker.name)
  reload(room)
  const { client } = room
  const view = await client.call('ceremony.enter', null)
  expect([view.phase, view.vault, view.found]).toEqual(['interrupted', 'lost', null])
  const said = { why: 'vault-lost', text: 'The browser has thrown it away.', by: 'ada' } as const
  await expect(client.call('ceremony.except', { ...said, decision: 'found' })).rejects.toMatchObject({
    code: 'ceremony-not-found',
  })
  const after = await client.call('ceremony.except', { ...said, decision: 'again' })
  expect([after.phase, after.step]).toEqual(['ready', 'make-issuing'])
  await client.call('ceremony.begin', { step: 'make-issuing' })
  await expect(client.call('ceremony.prepare', { step: 'make-issuing' })).rejects.toMatchObject({
    code: 'ceremony-vault',
  })
  await client.call('vault.restore', {
    file: room.backup!,
    passphrase: PASSPHRASE,
    replace: false,
    actor: { who: 'Ben Operator' },
  })
  expect((await reopenVault(room)).vault).toBe('open')
  const { token } = await client.call('ceremony.prepare', { step: 'make-issuing' })
  await client.call('ceremony.sign', { step: 'make-issuing', token: token! })
  expect((await playUntil(room, null)).phase).toBe('done')
})

test('a tab that returns to a rehearsal hears that another vault is entered, which is locked', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', 'make-root')
  reload(room)
  const { client, worker } = room
  expect((await client.call('vault.status', null)).state).toBe('absent')
  const heard = worker.events.length
  await client.call('ceremony.enter', null)
  expect(worker.events.slice(heard).at(-1)).toEqual({ name: 'changed', otherTab: false })
  const { state, kind } = await client.call('vault.status', null)
  expect([state, kind]).toEqual(['locked', 'rehearsal'])
})
