import { expect, test } from 'vitest'
import { writePlan } from '../../../../src/ceremony/plan-file.ts'
import { utf8, utf8Text } from '../../../../src/octets.ts'
import { carryOutZip } from '../../../../src/paper/carry-out.ts'
import { openDatabase, transact } from '../../../../src/vault/database.ts'
import { open, openUntil, ownRoom, type OwnRoom } from '../../../support/ceremony/room.ts'

type Rows = Map<number, string>

/** Changes what is kept, as whoever has this browser's profile can. */
async function changeLines(room: OwnRoom, change: (rows: Rows) => void): Promise<void> {
  const database = await openDatabase(`${room.worker.name}-ceremony`)
  const kept = await database.getAll('journal')
  const rows: Rows = new Map(kept.map(({ id, body }) => [id, utf8Text(body)]))
  change(rows)
  await transact(database, 'strict', (writing) => {
    writing.clear('journal')
    for (const [id, text] of rows)
      writing.put('journal', { id, body: utf8(text), hash: new Uint8Array(0), mac: new Uint8Array(0) })
  })
  database.close()
}

async function putFile(room: OwnRoom, id: string, body: Uint8Array<ArrayBuffer> | null): Promise<void> {
  const database = await openDatabase(`${room.worker.name}-ceremony`)
  await transact(database, 'strict', (writing) => {
    if (body) writing.put('lists', { id, body, mac: new Uint8Array(0) })
    else writing.delete('lists', id)
  })
  database.close()
}

async function keptLines(room: OwnRoom): Promise<string> {
  const database = await openDatabase(`${room.worker.name}-ceremony`)
  const kept = await database.getAll('journal')
  database.close()
  return kept.map(({ body }) => `${utf8Text(body)}\n`).join('')
}

const BROKEN: Readonly<Record<string, (room: OwnRoom) => Promise<void>>> = {
  'a line was changed': (room) =>
    changeLines(room, (rows) => rows.set(2, rows.get(2)!.replace('check-tool', 'check-xool'))),
  'a line was left out': (room) => changeLines(room, (rows) => rows.delete(3)),
  'the first line was left out': (room) => changeLines(room, (rows) => rows.delete(1)),
  'a line is no JSON': (room) => changeLines(room, (rows) => rows.set(2, '{')),
  'a line is empty': (room) => changeLines(room, (rows) => rows.set(2, '')),
  'it is the plan of another ceremony': (room) =>
    putFile(room, 'plan.json', writePlan({ ...room.plan, title: 'Another' })),
  'the plan is gone': (room) => putFile(room, 'plan.json', null),
}

for (const [what, change] of Object.entries(BROKEN))
  test(`${what}: it says so, can be saved as it is, and be forgotten`, async () => {
    const room = await ownRoom()
    const { client } = room
    await openUntil(room, 'rehearsal', 'check-clock')
    await change(room)
    const invalid = { code: 'transcript-invalid' }
    await expect(client.call('ceremony.view', null)).rejects.toMatchObject(invalid)
    await expect(client.call('ceremony.begin', { step: 'check-clock' })).rejects.toMatchObject(invalid)
    await expect(open(room, 'rehearsal')).rejects.toMatchObject(invalid)
    const saved = await client.call('ceremony.salvage', null)
    const texts = new Map(saved.files.map(({ name, bytes }) => [name, utf8Text(bytes)]))
    expect(texts.get('transcript.jsonl')).toBe(await keptLines(room))
    expect(texts.has('plan.json')).toBe(what !== 'the plan is gone')
    expect(carryOutZip(saved).name).toMatch(/^BROKEN-ceremony-/)
    await client.call('ceremony.forget', null)
    expect(await client.call('ceremony.view', null)).toBeNull()
    expect((await open(room, 'rehearsal')).phase).toBe('ready')
  })

test('a file that somebody gave a path is saved without it', async () => {
  const room = await ownRoom()
  await openUntil(room, 'rehearsal', 'check-clock')
  await putFile(room, '../../outside', utf8('x'))
  await changeLines(room, (rows) => rows.set(2, '{'))
  const { files } = await room.client.call('ceremony.salvage', null)
  expect(files.map(({ name }) => name).filter((name) => name.includes('..'))).toEqual([])
  expect(files.some(({ bytes }) => utf8Text(bytes) === 'x')).toBe(true)
})
