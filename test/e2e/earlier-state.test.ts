import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { createVault, lockAndUnlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

let app: App
beforeAll(async () => {
  app = await startApp('site')
})
afterAll(() => app.close())

/** Another revision was seen than there is, as when the database alone is set back. */
const see = (revision: number): Promise<unknown> =>
  app.page.evaluate((seen) => {
    const key = 'rootcellar.vault'
    const marker = JSON.parse(localStorage.getItem(key)!) as Record<string, unknown>
    localStorage.setItem(key, JSON.stringify({ ...marker, revision: seen }))
    return marker['revision']
  }, revision)

test('a vault of an earlier state is told of until somebody says that it is meant', async () => {
  const { page } = app
  await createVault(page)
  await visit(page, '#/backup')
  const notice = page.getByText('in an earlier state than the one last seen')
  await lockAndUnlock(page)
  expect(await notice.count()).toBe(0)
  expect(await see(1000)).toBeGreaterThan(0)
  await lockAndUnlock(page)
  await notice.waitFor()
  await screenshots(page, 'earlier-state')
  // Locked and opened again it still is.
  await lockAndUnlock(page)
  await notice.waitFor()
  await page.getByRole('button', { name: 'This is intended: continue from this state' }).click()
  await notice.waitFor({ state: 'detached' })
  await lockAndUnlock(page)
  expect(await notice.count()).toBe(0)
})
