import { expect, test } from 'vitest'
import { checkAll } from '../../../src/vault/check.ts'
import { goesOnFrom } from '../../../src/vault/journal.ts'
import { TABLES, type Step, type WrittenTable } from '../../../src/vault/schema.ts'
import type { StoredRecord } from '../../../src/vault/shapes.ts'
import { concat, utf8, utf8Text } from '../../../src/octets.ts'
import { sha256 } from '../../../src/webcrypto/seal.ts'
import { connectVault, createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'

const ALL = [...TABLES, 'catalogue'] as const satisfies readonly WrittenTable[]

const everything = ({ vault }: TestVault) => vault.database.getTables(ALL)

/** Writes all of it back, as another page of the same origin could. */
async function putBack({ vault }: TestVault, tables: unknown[][]): Promise<void> {
  const steps = ALL.flatMap((table, index) => [
    { do: 'clear', table } as const,
    ...tables[index]!.map((value) => ({ do: 'put', table, value }) as Step),
  ])
  await vault.database.write('strict', steps)
}

const note = ({ vault }: TestVault, subject: string) =>
  vault.commit({ entries: [vault.draft('profile-saved', subject, 'Ada', '')], durability: 'strict' })

test('a vault that is open takes no earlier state for its own', async () => {
  const made = await createVault()
  const before = await everything(made)
  await note(made, 'one')
  const { revision } = await note(made, 'two')
  await putBack(made, before)
  const earlier = { code: 'vault-earlier', detail: { found: revision - 2, seen: revision } }
  await expect(note(made, 'three')).rejects.toMatchObject(earlier)
  await expect(made.vault.checkClock(false)).rejects.toMatchObject(earlier)
  await expect(made.vault.changeSettings({ idleMinutes: 1 })).rejects.toMatchObject(earlier)
  const { id } = (await made.vault.header())!.sealed.slots[0]!
  await expect(made.vault.confirmPassphrase(PASSPHRASE)).rejects.toMatchObject(earlier)
  const kept = [{ slotId: id, passphrase: PASSPHRASE }]
  await expect(made.vault.rekey(kept, 'Ada', '')).rejects.toMatchObject(earlier)
  expect(await made.vault.state()).toMatchObject({
    head: null,
    problems: [{ store: 'meta', id: 'head', kind: 'head' }],
  })
  expect((await checkAll(await made.vault.requireOpen())).problems).toMatchObject([{ id: 'head' }])
  expect(await everything(made)).toEqual(before)
})

test('another state of the same revision is not taken either', async () => {
  const made = await createVault()
  const before = await everything(made)
  await note(made, 'one')
  const mine = await everything(made)
  // A tab that is opened now writes on from the earlier state.
  await putBack(made, before)
  const other = await connectVault(made.name)
  await other.vault.unlock(PASSPHRASE, 'Ben')
  const head = (await other.vault.database.get('meta', 'head')) as StoredRecord
  expect(head.mac).not.toEqual((mine[0] as StoredRecord[]).find(({ id }) => id === 'head')!.mac)
  await expect(note(made, 'two')).rejects.toMatchObject({ code: 'vault-earlier' })
  await putBack(made, mine)
  await note(made, 'two')
})

test('a tab that saw a later state in another tab takes no earlier one', async () => {
  const made = await createVault()
  const other = await connectVault(made.name)
  await other.vault.unlock(PASSPHRASE, 'Ben')
  const before = await everything(made)
  other.notices.length = 0
  await note(made, 'one')
  await expect.poll(() => other.notices.some(({ kind }) => kind === 'changed')).toBe(true)
  await putBack(made, before)
  await expect(note(other, 'two')).rejects.toMatchObject({ code: 'vault-earlier' })
})

test('what another tab wrote on from an earlier state is not taken, however far it went', async () => {
  const made = await createVault()
  const before = await everything(made)
  await note(made, 'one')
  const seen = (await made.vault.state()).head!
  const rows = await made.vault.database.getAll('journal')
  await putBack(made, before)
  const fork = await connectVault(made.name)
  await fork.vault.unlock(PASSPHRASE, 'Dan')
  for (const subject of ['a', 'b', 'c']) await note(fork, subject)
  const { revision } = (await fork.vault.state()).head!
  expect(revision).toBeGreaterThan(seen.revision)
  const earlier = { code: 'vault-earlier', detail: { found: revision, seen: seen.revision } }
  await expect(note(made, 'two')).rejects.toMatchObject(earlier)
  // The last row that was seen, in its place among theirs, makes no journal that has both.
  await made.vault.database.put('journal', rows.at(-1)!)
  await expect(note(made, 'three')).rejects.toMatchObject(earlier)
  expect(await made.vault.state()).toMatchObject({ head: null, problems: [{ id: 'head' }] })
})

test.each(['its text', 'its text and hash'])(
  'the chain does not lead past a row with %s changed',
  async (what) => {
    const made = await createVault()
    const { database, keys } = await made.vault.requireOpen()
    const { journal: before } = await note(made, 'one')
    await note(made, 'two')
    const { journal: last } = await note(made, 'three')
    expect(await goesOnFrom(database, keys, last, before)).toBe(true)
    const row = (await database.getAll('journal')).find(({ id }) => id === before.sequence + 1)!
    // The link to the entry before is left as it was.
    const text = utf8(utf8Text(row.body.subarray(1)).replace('"two"', '"owt"'))
    const hash = what === 'its text' ? row.hash : await sha256(text)
    await database.put('journal', { ...row, body: concat([row.body.subarray(0, 1), text]), hash })
    expect(await goesOnFrom(database, keys, last, before)).toBe(false)
    await database.put('journal', row)
    expect(await goesOnFrom(database, keys, last, before)).toBe(true)
  },
)

test('writes of two tabs at once are no earlier states', async () => {
  const made = await createVault()
  const other = await connectVault(made.name)
  await other.vault.unlock(PASSPHRASE, 'Ben')
  const rounds = Array.from({ length: 12 }, (_, n) => n)
  await Promise.all(
    rounds.flatMap((n) => [
      note(made, `a${n}`),
      note(other, `b${n}`),
      made.vault.checkClock(true),
      other.vault.state(),
    ]),
  )
  expect((await made.vault.state()).problems).toEqual([])
  expect((await other.vault.state()).problems).toEqual([])
})

test('settings of before do not come into force when another tab writes', async () => {
  const made = await createVault()
  await made.vault.changeSettings({ idleMinutes: 1440 })
  const old = (await made.vault.database.get('meta', 'settings'))!
  await made.vault.changeSettings({ idleMinutes: 1 })
  const other = await connectVault(made.name)
  await other.vault.unlock(PASSPHRASE, 'Ben')
  await made.vault.database.put('meta', old)
  made.notices.length = 0
  await note(other, 'one')
  await expect.poll(() => made.notices.some(({ kind }) => kind === 'changed')).toBe(true)
  expect(made.vault.settings.idleMinutes).toBe(1)
})
