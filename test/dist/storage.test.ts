import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ENGINES, type Engine, type Lasting } from '../support/browser/lasting.ts'
import { READY, SINGLE_FILE } from '../support/dist.ts'

const engines = Object.keys(ENGINES) as Engine[]
const profiles: string[] = []
afterEach(() => {
  for (const folder of profiles.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test.each(engines)('in %s a profile outlives the browser', async (engine) => {
  const profile = mkdtempSync(join(tmpdir(), 'rootcellar-profile-'))
  profiles.push(profile)
  const visit = async (body: string): Promise<unknown> => {
    const browser: Lasting = await ENGINES[engine](profile)
    try {
      const tab = await browser.tab()
      await tab.open(SINGLE_FILE)
      await tab.waitFor(READY)
      return await tab.evaluate(body)
    } finally {
      await browser.close()
    }
  }
  await visit(`localStorage.setItem('kept', 'yes'); return null`)
  expect(await visit(`return localStorage.getItem('kept')`)).toBe('yes')
})
