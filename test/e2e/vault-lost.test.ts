import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

/** As the browser does it: the database alone, and not what lies elsewhere. */
const loseDatabase = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('rootcellar')
        deleting.onsuccess = () => resolve()
        deleting.onerror = () => reject(new Error('not deleted'))
      }),
  )

describe.each(['site', 'file'] as const)('a page whose database the browser deleted (%s)', (form) => {
  const next = story()
  let app: App
  let address: string
  beforeAll(async () => {
    app = await startApp(form)
    address = app.page.url().replace(/#.*/, '')
  })
  afterAll(() => app.close())

  next('says nothing of the kind on a first visit', async () => {
    await heading(app.page, /lives in this page/).waitFor()
    expect(await app.page.getByText('The vault that was here is gone').count()).toBe(0)
  })

  next('says that there was a vault, and since when, until somebody knows', async () => {
    const { page } = app
    await createVault(page)
    await loseDatabase(page)
    await page.goto('about:blank')
    await page.goto(address)
    await page.getByText('The vault that was here is gone').waitFor()
    await page.getByText(/A vault was made in this browser on \d/).waitFor()
    await page.getByText('No backup of it is known here.').waitFor()
    if (form === 'site') await screenshots(page, 'vault-lost')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await page.getByRole('link', { name: 'Restore a backup…' }).first().click()
    await heading(page, /backup/i).waitFor()
    await page.goto(address)
    await page.getByRole('button', { name: 'I know: do not show this again' }).click()
    await page.getByText('The vault that was here is gone').waitFor({ state: 'detached' })
    await page.goto('about:blank')
    await page.goto(address)
    await heading(page, /lives in this page/).waitFor()
    expect(await page.getByText('The vault that was here is gone').count()).toBe(0)
  })
})
