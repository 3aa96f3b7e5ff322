import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { journalText } from '../../../src/state/journal/journal-file.ts'
import { messages } from '../../../src/messages/messages.ts'
import { journalRemark } from '../../../src/ui/journal/journal-remark.ts'
import { ADA, createVault, issue, PASSPHRASE, startWorker } from '../../support/worker.ts'

type Worker = ReturnType<typeof startWorker>
const CA_PASSPHRASE = 'the key of the root alone'

const entriesOf = async ({ client }: Worker) =>
  (await client.call('journal.list', { offset: 0, limit: 100 })).entries.toReversed()
const actsOf = async (worker: Worker) => (await entriesOf(worker)).map(({ act }) => act)

describe('what opens and closes is in the journal', () => {
  test('which passphrase opened the vault, and a wrong one at a form', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    await client.call('vault.addPassphrase', {
      current: PASSPHRASE,
      next: 'seven horses under a bridge',
      label: 'second keeper',
      actor: ADA,
    })
    const wrong = { slotId: 'x', current: 'no passphrase of this vault', actor: ADA }
    const { slots } = await client.call('vault.status', null)
    await expect(client.call('vault.removeSlot', { ...wrong, slotId: slots[0]!.id })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await client.call('vault.lock', null)
    await client.call('vault.unlock', { passphrase: 'seven horses under a bridge', actor: ADA })
    const entries = await entriesOf(worker)
    expect(entries.find(({ act }) => act === 'passphrase-refused')).toMatchObject({
      who: ADA.who,
      reason: 'passphrase-wrong',
    })
    const unlocked = entries.find(({ act }) => act === 'vault-unlocked')!
    const id = slots.find(({ label }) => label === 'second keeper')!.id
    expect(unlocked.slot).toBe(`second keeper (${id.slice(0, 8)})`)
    expect(journalRemark(unlocked)).toContain('second keeper')
    worker.close()
  })

  test("a CA's key with a passphrase of its own, and a remark is kept for the act", async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const caKey = { kind: 'own-passphrase', passphrase: CA_PASSPHRASE } as const
    const { authorityId } = await issue(worker, { profileId: 'root', commonName: 'Guarded Root', caKey })
    await client.call('vault.lock', null)
    await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    await client.call('authority.unlock', {
      authorityId: authorityId!,
      passphrase: CA_PASSPHRASE,
      actor: ADA,
    })
    await client.call('authority.close', { authorityId: authorityId!, actor: ADA })
    const [opened, closed] = (await entriesOf(worker)).slice(-2)
    expect(opened).toMatchObject({ act: 'authority-key-opened', subject: 'Guarded Root' })
    expect(opened!.slot).toMatch(/\([0-9a-f]{8}\)$/)
    expect(closed).toMatchObject({ act: 'authority-key-closed', subject: 'Guarded Root' })
    worker.close()
  })

  test('a setting that was changed', async () => {
    const worker = startWorker()
    await createVault(worker)
    await worker.client.call('vault.setIdle', { minutes: 30, actor: ADA })
    expect((await entriesOf(worker)).at(-1)).toMatchObject({ act: 'settings-changed', subject: '10 → 30' })
    worker.close()
  })

  test('every act has words', () => {
    const { acts } = messages.ui.records.journal
    for (const act of ['passphrase-refused', 'settings-changed', 'journal-exported'])
      expect(acts).toHaveProperty(act)
  })
})

describe('an exported journal', () => {
  async function exported(worker: Worker): Promise<{ name: string; text: string; last: string }> {
    const file = await worker.client.call('journal.export', { actor: ADA })
    return { name: file.name, last: file.last, text: journalText(file) }
  }

  /** The output of an outsider's shell on the file. */
  function checked(shell: string, name: string, text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'))
    try {
      writeFileSync(join(folder, name), text)
      const command = /^# (sed -n .*)$/m.exec(text)![1]!
      return execFileSync(shell, ['-c', `${command} 2>&1 || true`], { cwd: folder, encoding: 'utf8' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test.each(['sh', 'bash', 'dash'])('is checked by ten lines of %s with sha256sum', async (shell) => {
    const worker = startWorker()
    await createVault(worker)
    const hostile = `a "quoted" \\ back\\slash \n line, $(id) \u2028 ü # %s`
    await issue(worker, { profileId: 'root', commonName: 'Root' })
    await worker.client.call('vault.setIdle', { minutes: 5, actor: { ...ADA, remark: hostile } })
    const { name, text, last } = await exported(worker)
    const program = text.split('\n').filter((line) => line.startsWith('# '))
    const from = program.findIndex((line) => line.startsWith('# p='))
    expect(program.findIndex((line) => line.startsWith('# echo')) - from + 1).toBe(10)
    expect(checked(shell, name, text)).toBe(`The chain holds. Last: ${last}\n`)
    expect(text).toContain(`It must end with: ${last}`)
    const lines = text.split('\n')
    const first = lines.findIndex((line) => line.startsWith('{'))
    for (const changed of [
      text
        .replace('"act":"certificate-issued"', '"act":"certificate-noted"')
        .replace('"act":"authority-created"', '"act":"list-signed"'),
      lines.toSpliced(first + 1, 1).join('\n'),
      lines.toSpliced(first, 2, lines[first + 1]!, lines[first]!).join('\n'),
    ])
      expect(checked(shell, name, changed)).toMatch(/^The chain breaks at: /)
    // A truncated chain is still valid as a chain: only the noted hash shows it.
    const cut = checked(shell, name, `${lines.slice(0, -2).join('\n')}\n`)
    expect(cut).toMatch(/^The chain holds/)
    expect(cut).not.toContain(last)
    worker.close()
  })

  test('ends with the entry of its own export', async () => {
    const worker = startWorker()
    await createVault(worker)
    const { text } = await exported(worker)
    expect(JSON.parse(text.trimEnd().split('\n').at(-1)!)).toMatchObject({
      act: 'journal-exported',
      who: ADA.who,
    })
    expect((await actsOf(worker)).at(-1)).toBe('journal-exported')
    worker.close()
  })
})
