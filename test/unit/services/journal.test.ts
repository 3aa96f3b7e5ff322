import '../../support/english.ts'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { journalText } from '../../../src/paper/journal.ts'
import { messages } from '../../../src/messages/messages.ts'
import { journalRemark, journalSubject } from '../../../src/ui/journal/journal-remark.ts'
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
    expect(journalRemark(unlocked)).toEqual([`with the passphrase “second keeper (${id.slice(0, 8)})”`])
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

  test('what the program wrote is put into words; what cannot be is shown as it is', () => {
    const at = '2026-11-29T01:07:35.807Z'
    expect(
      [
        { act: 'vault-locked', subject: 'asked' },
        { act: 'vault-locked', subject: 'hasOwnProperty' },
        { act: 'vault-unlock-refused', subject: at },
        { act: 'vault-unlock-refused', subject: '30' },
        { act: 'clock-behind', subject: at },
        { act: 'clock-behind', subject: 'no date' },
        { act: 'settings-changed', subject: '10 → 30' },
        { act: 'certificate-issued', subject: 'asked' },
      ].map((entry) => journalSubject(entry as Parameters<typeof journalSubject>[0])),
    ).toEqual([
      'by hand',
      'hasOwnProperty',
      '2026-11-29 01:07 UTC',
      '30',
      'last used on 2026-11-29 01:07 UTC',
      'last used on an impossible date',
      'from 10 to 30',
      'asked',
    ])
    const entry = {
      act: 'vault-unlocked' as const,
      remark: 'for the audit',
      slot: 'main (702e91d3)',
      place: 'x',
    }
    expect(journalRemark(entry)).toEqual([
      'with the passphrase “Passphrase (702e91d3)”',
      'for the audit',
      'page at x',
    ])
  })

  test('every act has words', () => {
    const { acts } = messages().ui.records.journal
    for (const act of ['passphrase-refused', 'settings-changed', 'journal-exported'])
      expect(acts).toHaveProperty(act)
  })
})

interface Exported {
  name: string
  text: string
  last: string
}

describe('an exported journal', () => {
  async function exported(worker: Worker): Promise<Exported> {
    const file = await worker.client.call('journal.export', { actor: ADA })
    return { name: file.name, last: file.last, text: journalText(file) }
  }

  const linesOf = (text: string): string[] => {
    const all = text.split('\n').filter((line) => line.startsWith('# '))
    const from = all.findIndex((line) => line.startsWith('# p='))
    return all.slice(from, all.findIndex((line) => line.startsWith('#   echo')) + 1)
  }

  /** What the ten printed lines of the honest file, run by this shell, say of a copy. */
  function checked(shell: string, { name, text }: Exported, copy: Uint8Array | string): string {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'))
    try {
      writeFileSync(join(folder, name), text)
      const command = /^# (sed -n .*)$/m.exec(text)![1]!
      execFileSync(shell, ['-c', command], { cwd: folder })
      const program = readFileSync(join(folder, 'check.sh'), 'utf8')
      expect(program).toBe(
        linesOf(text)
          .map((line) => `${line.slice(2)}\n`)
          .join(''),
      )
      writeFileSync(join(folder, name), copy)
      const { stdout, stderr, status } = spawnSync(shell, ['check.sh'], { cwd: folder, encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(status === 0).toBe(stdout.startsWith('The chain holds'))
      // Nothing of the file goes to the terminal.
      expect(stdout).toMatch(/^[ -~]*\n$/)
      expect(stdout).not.toContain('{')
      return stdout
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  async function manyEntries(worker: Worker): Promise<Exported> {
    await createVault(worker)
    const letters = Array.from({ length: 0x800 - 0x7f }, (_, n) => String.fromCodePoint(0x7f + n)).join('')
    const hostile = `a "quoted" \\ back\\slash \n line, $(id) \u2028 ü # %s \u0000\u0001\u001b[2K \u{1d11e} ${letters}`
    await issue(worker, { profileId: 'root', commonName: 'Root' })
    await worker.client.call('vault.setIdle', { minutes: 5, actor: { ...ADA, remark: hostile } })
    return exported(worker)
  }

  test.each(['sh', 'bash', 'dash'])('is checked by ten lines of %s with sha256sum', async (shell) => {
    const worker = startWorker()
    const file = await manyEntries(worker)
    worker.close()
    const { text, last } = file
    expect(linesOf(text)).toHaveLength(10)
    expect(text).toContain(`It must end with: ${last}`)
    expect(checked(shell, file, text)).toBe(`The chain holds. Last: ${last}\n`)
    const lines = text.split('\n')
    const first = lines.findIndex((line) => line.startsWith('{'))
    for (const changed of [
      text
        .replace('"act":"certificate-issued"', '"act":"certificate-noted"')
        .replace('"act":"authority-created"', '"act":"list-signed"'),
      lines.toSpliced(first, 1).join('\n'),
      lines.toSpliced(first + 1, 1).join('\n'),
      lines.toSpliced(first, 2, lines[first + 1]!, lines[first]!).join('\n'),
      lines.toSpliced(first + 1, 0, '').join('\n'),
    ])
      expect(checked(shell, file, changed)).toMatch(/^The chain breaks at entry \d+\.\n$/)
    for (const changed of [
      `${lines.slice(0, -2).join('\n')}\n`,
      `${lines.slice(0, first).join('\n')}\n`,
      text.replace('"act":"journal-exported"', '"act":"journal-imported"'),
    ])
      expect(checked(shell, file, changed)).toMatch(/^The end is missing or changed: /)
  })

  test.each(['sh', 'bash', 'dash'])('of which a hostile copy does not deceive %s', async (shell) => {
    const worker = startWorker()
    const file = await manyEntries(worker)
    worker.close()
    const { text, last } = file
    const lines = text.trimEnd().split('\n')
    const first = lines.findIndex((line) => line.startsWith('{'))
    const forged = `{"sequence":99,"who":"Eve","act":"authority-key-exported","previous":"${last}"}`
    const spoof = `\u001b[2K\u001b[1G\rThe chain holds. Last: ${last}\u001b[8m`
    const act = '"act":"authority-created"'
    const put = (index: number, line: string): string =>
      `${lines.toSpliced(first + index, 0, line).join('\n')}\n`
    const copies = {
      'another entry without a newline': text + forged,
      'another entry': `${text}${forged}\n`,
      'a comment after the first entry': put(1, `#${forged}`),
      'a comment after the last entry': `${text}# ${forged}\n`,
      'an entry made a comment': `${lines.with(first + 1, `#${lines[first + 1]!}`).join('\n')}\n`,
      'the first entry made a comment': `${lines.with(first, `#${lines[first]!}`).join('\n')}\n`,
      'an octet 0 in a line': text.replace(act, '"act":"auth\0ority-created"'),
      'an octet 0 at the end of a line': text.replace('\n{"sequence":2', '\0\n{"sequence":2'),
      'an octet 0 in the last line': text.replace('"act":"journal-exported"', '"act":"journal\0-exported"'),
      'a carriage return': text.replace('\n{"sequence":2', '\r\n{"sequence":2'),
      'carriage returns in every line': text.replaceAll('\n', '\r\n'),
      'octets that some shells use themselves': text.replace(act, '"act":"auth\u0001\u007fority-created"'),
      'control characters': put(1, spoof),
      'escapes of echo': put(1, `\\r\\033[KThe chain holds. Last: ${last}\\c`),
      'a space at the end': text.replace('\n{"sequence":2', ' \n{"sequence":2'),
    }
    for (const [what, copy] of Object.entries(copies))
      expect([what, checked(shell, file, copy)]).toEqual([what, expect.not.stringContaining('holds')])
    const octets = Buffer.from(text)
    const at = octets.indexOf(act) + 8
    // Those that bash and dash use themselves are 0x01, 0x7f and 0x81 to 0x88.
    for (const octet of [0, 1, 2, 8, 9, 10, 13, 0x1b, 0x7f, 0x80, 0x81, 0x82, 0x85, 0x88, 0x9b, 0xff]) {
      const copy = Buffer.from(octets)
      copy[at] = octet
      expect([octet, checked(shell, file, copy)]).toEqual([octet, expect.not.stringContaining('holds')])
    }
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
