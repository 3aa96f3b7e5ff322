import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Site } from '../support/site.ts'
import { temporaryFolder } from './support/app.ts'
import { launchKillable } from './support/killable.ts'
import type { VaultPageGlobals } from './support/vault-page-script.ts'
import {
  batchInput,
  call,
  createWithRoot,
  issuedBy,
  openVaultPage,
  serveVaultPage,
  unlock,
} from './support/vault-page.ts'

const KILLS = 20

let site: Site
const profile = temporaryFolder()
beforeAll(async () => {
  site = await serveVaultPage()
})
afterAll(async () => {
  await site.close()
  console.log(profile.path)
})

test(
  'killed twenty times in the middle of a batch, the browser comes back with every certificate it had reported',
  { timeout: 900_000 },
  async () => {
    const reported = new Set<string>()
    let authorityId = ''
    let interrupted = 0
    for (let round = 0; round < KILLS; round++) {
      const chromium = await launchKillable(profile.path)
      const page = await openVaultPage(chromium.context, site)
      if (authorityId === '') authorityId = await createWithRoot(page)
      else expect((await unlock(page)).problems).toEqual([])
      let first: () => void = () => undefined
      const begun = new Promise<void>((resolve) => (first = resolve))
      await page.exposeFunction('committed', (ids: string[]) => {
        for (const id of ids) reported.add(id)
        if (ids.length > 0) first()
      })
      await page.evaluate(
        (input) => {
          const { client, committed } = globalThis as unknown as VaultPageGlobals
          void client.call('batch.start', input, {
            onProgress: (progress) => {
              if (progress.kind === 'batch') committed?.(progress.committed)
            },
          })
        },
        batchInput(authorityId, `round-${String(round)}`, 1000),
      )
      await begun
      // A different moment each time: some kills fall between two transactions, some into one.
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 400))
      await chromium.kill()
      if (reported.size < 1000 * (round + 1)) interrupted++
    }
    expect(interrupted).toBe(KILLS)

    const chromium = await launchKillable(profile.path)
    const page = await openVaultPage(chromium.context, site)
    expect((await unlock(page)).problems).toEqual([])
    const rows = await issuedBy(page, authorityId)
    const ids = new Set(rows.map(({ id }) => id))
    expect([...reported].filter((id) => !ids.has(id))).toEqual([])
    expect(new Set(rows.map(({ serialNumber }) => serialNumber)).size).toBe(rows.length)
    expect((await call(page, 'journal.verify', null)).problems).toEqual([])
    expect((await call(page, 'vault.check', null)).problems).toEqual([])
    expect(reported.size).toBeGreaterThanOrEqual(KILLS * 100)
    await chromium.kill()
  },
)
