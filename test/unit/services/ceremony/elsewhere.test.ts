import { unzipSync, zipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { utf8, utf8Text } from '../../../../src/octets.ts'
import { playUntil } from '../../../support/ceremony/play.ts'
import { open, ownRoom, rehearse, type OwnRoom } from '../../../support/ceremony/room.ts'
import { startWorker } from '../../../support/worker.ts'

// Rehearsed in one browser, and done live in another: the record needs what the rehearsal made.

let left: Uint8Array
let sealed: Uint8Array
let other: Uint8Array
beforeAll(async () => {
  const rooms = await Promise.all(
    [startWorker(), startWorker()].map(async (worker) => {
      const room = await ownRoom(undefined, { worker })
      await rehearse(room)
      worker.close()
      return room
    }),
  )
  left = rooms[0]!.left!
  sealed = rooms[0]!.sealed!
  other = rooms[1]!.left!
})

/** Opens it live in a browser that has rehearsed nothing. */
async function opened(bytes: Uint8Array): Promise<OwnRoom> {
  const room = { ...(await ownRoom()), sealed: bytes }
  await open(room, 'live')
  return room
}

type Files = Record<string, Uint8Array>
const changed = (change: (files: Files) => void): Uint8Array => {
  const files = unzipSync(left)
  change(files)
  return zipSync(files)
}

test('with the ZIP of the rehearsal: the record has all that it made', async () => {
  const room = await opened(left)
  await playUntil(room, null)
  const { files, phase } = await room.client.call('ceremony.complete', { sheets: [] })
  expect(phase).toBe('completed')
  const names = files.map(({ name }) => name)
  const objects = names.filter((name) => name.startsWith('objects/'))
  expect(objects).toHaveLength(5)
  for (const name of [
    ...objects.map((each) => each.replace('objects/', 'rehearsal/')),
    'rehearsal/transcript.jsonl',
  ])
    expect(names).toContain(name)
})

test('with the files of it in no folder, or packed by another program', async () => {
  const flat = Object.fromEntries(
    Object.entries(unzipSync(left)).map(([name, bytes]) => [name.replace(/^record\//, ''), bytes]),
  )
  expect((await opened(zipSync(flat))).sealed).not.toBeNull()
})

test('sealed.json alone is not enough where there is no rehearsal', async () => {
  await expect(opened(sealed)).rejects.toMatchObject({ code: 'ceremony-sealed-alone' })
})

const theirs = (name: string): Uint8Array => unzipSync(other)[name]!
test.each<[what: string, code: string, zip: () => Uint8Array]>([
  [
    'a line of the transcript left out',
    'ceremony-sealed-other',
    () =>
      changed((files) => {
        const name = 'record/transcript.jsonl'
        files[name] = utf8(utf8Text(files[name]!).split('\n').slice(0, -2).join('\n').concat('\n'))
      }),
  ],
  [
    'the transcript of another rehearsal',
    'ceremony-sealed-other',
    () => changed((files) => (files['record/transcript.jsonl'] = theirs('record/transcript.jsonl'))),
  ],
  [
    'no transcript',
    'ceremony-sealed-other',
    () => changed((files) => delete files['record/transcript.jsonl']),
  ],
  [
    'an object missing',
    'ceremony-sealed-other',
    () => changed((files) => delete files['record/objects/root.der']),
  ],
  [
    'an object exchanged',
    'ceremony-sealed-other',
    () => changed((files) => (files['record/objects/root.der'] = files['record/objects/issuing.der']!)),
  ],
  [
    'an object that is none',
    'ceremony-sealed-other',
    () => changed((files) => (files['record/objects/root.der'] = utf8('no certificate'))),
  ],
  [
    'no sealed.json',
    'ceremony-sealed-unreadable',
    () => changed((files) => delete files['record/sealed.json']),
  ],
  ['half a ZIP', 'archive-end-missing', () => left.slice(0, left.length / 2)],
])('%s: nothing begins', async (_what, code, zip) => {
  await expect(opened(zip())).rejects.toMatchObject({ code })
})
