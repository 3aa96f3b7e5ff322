import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ENGINES, type Engine } from '../support/browser/lasting.ts'
import { VAULT_HANDS } from '../support/browser/vault-hands.ts'
import { READY, SINGLE_FILE } from '../support/dist.ts'

/** The profile lies on a file system that is really full: not a quota, and not an error that was made up. */
const MEBIBYTE = 1024 * 1024
const LEFT = 1.5 * MEBIBYTE
const ROWS = 3000

const disks: string[] = []
afterEach(() => {
  for (const disk of disks.splice(0)) {
    spawnSync('umount', ['--lazy', disk])
    rmdirSync(disk)
  }
})

function smallDisk(): string {
  const disk = mkdtempSync(join(tmpdir(), 'rootcellar-disk-'))
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk], {
    encoding: 'utf8',
  })
  if (status !== 0) {
    rmdirSync(disk)
    throw new Error(`a full disk needs the right to mount one, as root has it: ${stderr}`)
  }
  disks.push(disk)
  return disk
}

/** Takes all room but a little; returns what gives it back. */
function fill(disk: string): () => void {
  const ballast = join(disk, 'ballast')
  try {
    for (const piece = Buffer.alloc(MEBIBYTE, 1); ;) appendFileSync(ballast, piece)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
  truncateSync(ballast, statSync(ballast).size - LEFT)
  return () => rmSync(ballast)
}

const TABLE = ['dns', ...Array.from({ length: ROWS }, (_, n) => `f${String(n)}.fleet.test`)].join('\n')

/** Counted, as the page says it. */
const numberBefore = (words: RegExp, said: string): number =>
  Number(words.exec(said)?.[1]?.replaceAll(',', ''))

test.each(Object.keys(ENGINES) as Engine[])(
  '%s: a full disk is named and counted, and with room the page goes on without a reload',
  async (engine) => {
    const disk = smallDisk()
    const browser = await ENGINES[engine](join(disk, 'profile'))
    try {
      const tab = await browser.tab()
      await tab.open(SINGLE_FILE)
      await tab.waitFor(READY)
      const act = (body: string): Promise<string> => tab.evaluate(`${VAULT_HANDS}${body}`)
      await act(`await create(); await issue('Full Root'); return ''`)
      const giveBack = fill(disk)
      const full = await act(`
        go('batch')
        await fill('The table', ${JSON.stringify(TABLE)})
        await press('Read the table')
        await choose('What happens to the keys', 'Keep it sealed')
        await press('Sign ${ROWS.toLocaleString('en')} certificates')
        await until(() => /issued and stored|disk is full|Something went wrong/.test(said()))
        return said()
      `)
      // With room for nothing at all there is nothing to count, and the form stays as it was.
      if (full.includes('issued and stored')) {
        const stored = numberBefore(/([\d,]+) certificates? issued and stored/, full)
        expect(stored).toBeLessThan(ROWS)
        expect(numberBefore(/([\d,]+) rows are left/, full)).toBe(ROWS - stored)
      } else expect(full).toContain(`Sign ${ROWS.toLocaleString('en')} certificates`)
      // WebKitGTK ends the write and tells nothing.
      const named = engine === 'WebKitGTK' ? 'a full disk is the most likely one' : 'The disk is full'
      expect(full).toContain(named)
      expect(full).not.toMatch(/storage-|Cancelled|failed|Something went wrong|You stopped/)
      giveBack()
      const after = await act(`
        go('vault')
        await press('Check every record')
        await until(() => /every one is as this vault left it|Something went wrong/.test(said()))
        const checked = said()
        await issue('after.example', 'Full Root')
        return checked + said()
      `)
      expect(after).toContain('every one is as this vault left it')
      expect(after).toContain('after.example is issued')
    } finally {
      await browser.close()
    }
  },
)
