import { expect, test } from 'vitest'
import { utf8 } from '../../../../src/octets.ts'
import { encodePem } from '../../../../src/x509/pem.ts'
import { attestationFile, witnessNamed } from '../../../support/ceremony/witnesses.ts'
import { doStep, playUntil } from '../../../support/ceremony/play.ts'
import {
  failAt,
  onLine,
  open,
  openUntil,
  ownRoom,
  reload,
  reopenVault,
} from '../../../support/ceremony/room.ts'

const said = { why: 'deviation', text: 'Something happened.', by: 'ada' } as const

test('no break is ended that did not begin, and none begins twice', async () => {
  const room = await ownRoom()
  const { client } = room
  await openUntil(room, 'rehearsal', 'make-root')
  await client.call('ceremony.begin', { step: 'make-root' })
  await expect(client.call('ceremony.resume', null)).rejects.toMatchObject({ code: 'ceremony-step' })
  expect((await client.call('ceremony.view', null))?.phase).toBe('doing')
  await client.call('ceremony.pause', { text: 'Lunch.' })
  await expect(client.call('ceremony.pause', { text: 'Lunch.' })).rejects.toMatchObject({
    code: 'ceremony-step',
  })
  await expect(client.call('ceremony.except', { ...said, decision: 'again' })).rejects.toMatchObject({
    code: 'ceremony-step',
  })
  expect((await client.call('ceremony.resume', null)).phase).toBe('doing')
  expect((await playFrom(room, 'make-root')).phase).toBe('done')
})

test('after a break of a step that another tab had begun, the room decides', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', 'make-root')
  await room.client.call('ceremony.begin', { step: 'make-root' })
  await room.client.call('ceremony.pause', { text: 'Lunch.' })
  reload(room)
  expect((await reopenVault(room)).phase).toBe('break')
  expect((await room.client.call('ceremony.resume', null)).phase).toBe('interrupted')
})

test('once the room has decided to stop, nothing goes on but to abort', async () => {
  const room = await ownRoom()
  const { client } = room
  await openUntil(room, 'rehearsal', 'make-root')
  expect((await client.call('ceremony.except', { ...said, decision: 'abort' })).phase).toBe('stopped')
  for (const decision of ['again', 'found', 'go-on', 'abort'] as const)
    await expect(client.call('ceremony.except', { ...said, decision })).rejects.toMatchObject({
      code: 'ceremony-step',
    })
  await expect(client.call('ceremony.pause', { text: '' })).rejects.toMatchObject({ code: 'ceremony-step' })
  await expect(client.call('ceremony.resume', null)).rejects.toMatchObject({ code: 'ceremony-step' })
  await expect(client.call('ceremony.begin', { step: 'make-root' })).rejects.toMatchObject({
    code: 'ceremony-step',
  })
  expect((await client.call('ceremony.abort', { text: 'It ends.', by: 'ada' })).phase).toBe('aborted')
  await expect(client.call('ceremony.abort', { text: 'It ends.', by: 'ada' })).rejects.toMatchObject({
    code: 'ceremony-not-over',
  })
})

test('nothing is added to a record that is closed', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', null)
  await room.client.call('ceremony.complete', { sheets: [] })
  for (const decision of ['again', 'go-on', 'abort'] as const)
    await expect(room.client.call('ceremony.except', { ...said, decision })).rejects.toMatchObject({
      code: 'ceremony-step',
    })
  await expect(room.client.call('ceremony.pause', { text: '' })).rejects.toMatchObject({
    code: 'ceremony-step',
  })
})

test('a live ceremony that was aborted has a record that witnesses sign, and nothing is added to it then', async () => {
  const room = await ownRoom()
  const { client } = room
  await openUntil(room, 'live', 'make-issuing')
  await expect(client.call('ceremony.complete', { sheets: [] })).rejects.toMatchObject({
    code: 'ceremony-not-over',
  })
  await client.call('ceremony.abort', { text: 'The light went out.', by: 'ada' })
  const witness = await witnessNamed('Wim Witness')
  const certificate = { name: 'wim.crt', bytes: utf8(encodePem('CERTIFICATE', witness.certificate.der)) }
  await client.call('ceremony.enrol', { person: 'wim', file: certificate })
  const sheets = [{ name: 'report.html', bytes: utf8('<p>aborted</p>') }]
  const closed = await client.call('ceremony.complete', { sheets })
  expect(closed.phase).toBe('aborted')
  expect(closed.manifest).toMatch(/^[0-9a-f]{64}$/)
  expect(closed.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['report.html', 'objects/root.der', 'rehearsal/root.der', 'transcript.jsonl']),
  )
  const { bytes: manifest } = await client.call('ceremony.file', { name: 'manifest.sha256' })
  const files = [{ name: 'wim.pem', bytes: await attestationFile(witness, manifest) }]
  expect((await client.call('ceremony.attest', { files })).signers).toEqual(['wim'])
  for (const again of [
    client.call('ceremony.complete', { sheets: [] }),
    client.call('ceremony.enrol', { person: 'wim', file: certificate }),
  ])
    await expect(again).rejects.toMatchObject({ code: 'ceremony-not-over' })
})

test('a rehearsal that was aborted fixes nothing, and has no manifest', async () => {
  const room = await ownRoom()
  const { client } = room
  await openUntil(room, 'rehearsal', 'make-issuing')
  await client.call('ceremony.abort', { text: 'Once more.', by: 'ada' })
  await expect(client.call('ceremony.complete', { sheets: [] })).rejects.toMatchObject({
    code: 'ceremony-not-over',
  })
  await expect(client.call('ceremony.file', { name: 'sealed.json' })).rejects.toMatchObject({
    code: 'ceremony-file',
  })
})

test('the second try of a step is found too, though the first came to nothing', async () => {
  const room = await ownRoom()
  await openUntil(room, 'live', 'make-issuing')
  await room.client.call('ceremony.begin', { step: 'make-issuing' })
  // The first try is written down, and the vault closes before it signs.
  const repair = onLine('signing', async (store) => {
    await store()
    await room.client.call('vault.lock', null)
  })
  const { token } = await room.client.call('ceremony.prepare', { step: 'make-issuing' })
  const signed = room.client.call('ceremony.sign', { step: 'make-issuing', token: token! })
  await expect(signed).rejects.toMatchObject({ code: expect.any(String) as string })
  repair()
  const view = await reopenVault(room)
  expect([view.phase, view.found]).toEqual(['interrupted', false])
  await room.client.call('ceremony.except', { ...said, why: 'interrupted', decision: 'again' })
  await room.client.call('ceremony.begin', { step: 'make-issuing' })
  await failAt(room, 'make-issuing', 'ended')
  expect((await reopenVault(room)).found).toBe(true)
})

test('long texts, and those with characters that nobody sees, are written down as text that is seen', async () => {
  const room = await ownRoom()
  const { client } = room
  await open(room, 'rehearsal')
  const text = `\u202eevil\u0000\ud800\n${'ж'.repeat(100_000)}`
  await client.call('ceremony.except', { why: 'deviation', decision: 'go-on', text, by: 'ada' })
  await client.call('ceremony.pause', { text: '\u0001'.repeat(100_000) })
  await client.call('ceremony.resume', null)
  const view = await client.call('ceremony.abort', { text, by: 'ada' })
  const texts = view.lines.flatMap(({ more }) => (typeof more['text'] === 'string' ? [more['text']] : []))
  expect(texts).toHaveLength(3)
  for (const each of texts) {
    expect(each).not.toMatch(/\p{C}/u)
    expect(each.length).toBeLessThanOrEqual(2000)
  }
  expect(texts[0]).toMatch(/^‹U\+202E›evil‹U\+0000›‹U\+D800› ж+$/)
})

async function playFrom(room: Awaited<ReturnType<typeof ownRoom>>, step: string) {
  await doStep(
    room,
    room.plan.steps.find(({ id }) => id === step)!,
  )
  return playUntil(room, null)
}
