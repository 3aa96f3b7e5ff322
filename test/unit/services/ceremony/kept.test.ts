import { expect, test, vi } from 'vitest'
import { utf8 } from '../../../../src/octets.ts'
import { sha256Hex } from '../../../../src/webcrypto/signature.ts'
import { doStep, PASSPHRASE } from '../../../support/ceremony/play.ts'
import { open, openUntil, ownRoom } from '../../../support/ceremony/room.ts'

// What is kept while a ceremony goes on: its files, its backups, and why something was decided.

test('a file is hashed when it is stored, and not again each time that the ceremony is shown', async () => {
  const room = await ownRoom()
  const { client } = room
  await openUntil(room, 'rehearsal', null)
  const sheet = utf8('x'.repeat(54_321))
  const { files } = await client.call('ceremony.complete', {
    sheets: [{ name: 'report.html', bytes: sheet }],
  })
  const digest = vi.spyOn(crypto.subtle, 'digest')
  const again = (await client.call('ceremony.view', null))!
  const lengths = digest.mock.calls.map(([, octets]) => octets.byteLength)
  digest.mockRestore()
  expect(again.files).toEqual(files)
  expect(again.files).toContainEqual({ name: 'report.html', octets: 54_321, sha256: await sha256Hex(sheet) })
  expect(lengths).not.toContain(54_321)
  // Lines, and the plan, are compared each time: another tab may have gone on.
  expect(lengths.length).toBeLessThanOrEqual(again.lines.length + 2)
})

test('a backup that never arrived is made again, as an exception; the lost one is none any more', async () => {
  const room = await ownRoom()
  const { client } = room
  await openUntil(room, 'rehearsal', 'bring-back')
  const lost = room.backup!
  const again = { step: 'bring-back', place: '', text: 'The stick is broken.', by: 'ada' }
  await expect(client.call('ceremony.backupAgain', again)).rejects.toMatchObject({ code: 'ceremony-step' })
  await client.call('ceremony.begin', { step: 'bring-back' })
  for (const [wrong, code] of [
    [{ ...again, text: ' ' }, 'ceremony-reason'],
    [{ ...again, by: 'nobody' }, 'ceremony-person'],
    [{ ...again, step: 'back-up' }, 'ceremony-step'],
  ] as const)
    await expect(client.call('ceremony.backupAgain', wrong)).rejects.toMatchObject({ code })
  const { file, view } = await client.call('ceremony.backupAgain', again)
  expect(view.lines.slice(-2)).toMatchObject([
    { event: 'exception', step: 'bring-back', more: { why: 'deviation', decision: 'go-on', by: 'ada' } },
    { event: 'backup', step: 'bring-back', more: { sha256: await sha256Hex(file.bytes) } },
  ])
  const read = (bytes: Uint8Array) =>
    client.call('ceremony.readBack', { step: 'bring-back', file: bytes, passphrase: PASSPHRASE })
  await expect(read(lost)).rejects.toMatchObject({ code: 'ceremony-other' })
  expect((await read(file.bytes)).step).toBe('make-issuing')
})

test('an exception says what happened, and is of a kind that the room decides', async () => {
  const room = await ownRoom()
  const { client, plan } = room
  await open(room, 'rehearsal')
  const said = { why: 'deviation', decision: 'go-on', text: 'A knock at the door.', by: 'ada' } as const
  for (const text of ['', ' \n ', '\u00a0'])
    await expect(client.call('ceremony.except', { ...said, text })).rejects.toMatchObject({
      code: 'ceremony-reason',
    })
  await expect(client.call('ceremony.abort', { text: ' ', by: 'ada' })).rejects.toMatchObject({
    code: 'ceremony-reason',
  })
  for (const why of ['differs', 'because', 'x'.repeat(1_000_000), 7])
    await expect(client.call('ceremony.except', { ...said, why: why as 'deviation' })).rejects.toThrow(/kind/)
  const before = (await client.call('ceremony.view', null))!
  expect(before.lines.map(({ event }) => event)).toEqual(['open'])
  await client.call('ceremony.begin', { step: plan.steps[0]!.id })
  await doStep(room, plan.steps[0]!)
  expect((await client.call('ceremony.except', said)).lines.at(-1)).toMatchObject({ event: 'exception' })
})
