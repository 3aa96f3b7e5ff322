import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkAll } from '../../../src/vault/check.ts'
import { readHead } from '../../../src/vault/open-vault.ts'
import { exportJournal, verifyJournal } from '../../../src/vault/journal.ts'
import { hexOf } from '../../../src/octets.ts'
import type { StoredEntry } from '../../../src/vault/shapes.ts'
import { createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'

async function createWithEntries(
  count: number,
  visibility: 'public' | 'sealed' = 'public',
): Promise<TestVault> {
  const made = await createVault(visibility)
  const entries = Array.from({ length: count }, (_, index) =>
    made.vault.draft('certificate-refused', `refused ${String(index)}`, 'Ada', 'by the guard rail'),
  )
  await made.vault.commit({ entries, durability: 'strict' })
  return made
}

async function check({ vault }: TestVault) {
  const open = await vault.requireOpen()
  return verifyJournal(open.database, open.keys, (await readHead(open)).head.journal)
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()

/** Everything that an attacker without the vault's key can do: correct texts, hashes and links, unchanged MACs. */
function rewritten(all: StoredEntry[], change: (text: string) => string): StoredEntry[] {
  let previous = '0'.repeat(64)
  return all.map((stored) => {
    const entry = JSON.parse(change(new TextDecoder().decode(stored.body.subarray(1)))) as {
      previous: string
    }
    const text = new TextEncoder().encode(JSON.stringify({ ...entry, previous }))
    const hash = new Uint8Array(sha256(text))
    previous = Buffer.from(hash).toString('hex')
    return { ...stored, body: new Uint8Array([0, ...text]), hash }
  })
}

describe('the journal', () => {
  test('verifies as it was written, with names readable or sealed', async () => {
    for (const visibility of ['public', 'sealed'] as const) {
      const result = await check(await createWithEntries(3, visibility))
      expect(result).toMatchObject({ entries: 4, problems: [] })
    }
  })

  test('rewritten whole in the database, every hash and link right, is noticed', async () => {
    const made = await createWithEntries(3)
    const { database } = made.vault
    const forged = rewritten(await database.getAll('journal'), (text) =>
      text.replace('refused 1', 'approved'),
    )
    for (const entry of forged) await database.put('journal', entry)
    // The first entry is unchanged and still verifies; from the changed one on, none does.
    expect((await check(made)).problems.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '3 changed',
      '4 changed',
    ])
    await made.vault.lock('asked', 'Ada')
  })

  test('with its tail cut is noticed, in the check and at unlock', async () => {
    const made = await createWithEntries(3)
    await made.vault.database.delete('journal', 4)
    await made.vault.database.delete('journal', 3)
    expect((await check(made)).problems.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '3 missing',
      '4 missing',
    ])
    made.vault.close()
    const { connectVault } = await import('../../support/vault.ts')
    const again = await connectVault(made.name)
    await again.vault.unlock(PASSPHRASE, 'Ada')
    const { problems } = await again.vault.state()
    expect(problems).toMatchObject([{ store: 'journal', kind: 'missing' }])
  })

  test('with an entry taken out, moved, or added behind its end is noticed', async () => {
    const made = await createWithEntries(4)
    const { database } = made.vault
    const [, , third, , fifth] = await database.getAll('journal')
    await database.delete('journal', 2)
    await database.put('journal', { ...third!, id: 4 })
    await database.put('journal', { ...fifth!, id: 6 })
    expect((await check(made)).problems.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '2 missing',
      '3 chain',
      '4 changed',
      '5 chain',
      '6 unexpected',
    ])
    expect((await checkAll(await made.vault.requireOpen())).problems).not.toEqual([])
  })

  test('exported, is verified with nothing but SHA-256 over its lines', async () => {
    const made = await createWithEntries(3, 'sealed')
    const open = await made.vault.requireOpen()
    const { head } = await readHead(open)
    const { bytes, last } = await exportJournal(open.database, open.keys, head.journal)
    const file = new TextDecoder().decode(bytes)
    expect(last).toBe(hexOf(head.journal.hash))
    const lines = file.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    let previous = '0'.repeat(64)
    for (const line of lines) {
      expect((JSON.parse(line) as { previous: string }).previous).toBe(previous)
      previous = sha256(line).toString('hex')
    }
    expect(previous).toBe(Buffer.from(head.journal.hash).toString('hex'))
    expect(file).not.toContain(PASSPHRASE)
  })
})
