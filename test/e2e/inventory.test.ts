import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillingName } from '../support/inventory.ts'
import { download, reloadReady, startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { fillVault } from './support/filling.ts'
import { recordMessages } from './support/storage.ts'
import { longestTask } from './support/tasks.ts'
import { createVault, heading, issue, PASSPHRASE, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

const folder = temporaryFolder()
const rowsOf = (page: Page) => page.locator('tbody tr')
const names = (page: Page) => page.locator('tbody td.name a').allInnerTexts()
const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })

/** How wide the page is on a screen of that width. */
async function widthAt(page: Page, width: number): Promise<number> {
  const before = page.viewportSize()!
  await page.setViewportSize({ width, height: 740 })
  const found = await page.evaluate(() => document.documentElement.scrollWidth)
  await page.setViewportSize(before)
  return found
}

/** Unlocks, and goes back to the inventory. */
async function openAgain(page: Page): Promise<void> {
  await visit(page, '#/unlock')
  await unlock(page)
  await heading(page, 'The hierarchy').waitFor()
  await visit(page, '#/inventory')
  await heading(page, 'Everything issued').waitFor()
}

async function waitForCount(rows: Locator, wanted: number): Promise<void> {
  await rows.nth(wanted - 1).waitFor()
  expect(await rows.count()).toBe(wanted)
}

async function startFilled(count: number): Promise<App> {
  const app = await startApp()
  await createVault(app.page)
  await fillVault(app, PASSPHRASE, count, 'nobody')
  await visit(app.page, '#/inventory')
  await heading(app.page, 'Everything issued').waitFor()
  return app
}

afterAll(folder.remove)

describe('with a few hundred certificates', () => {
  const next = story()
  let app: App
  beforeAll(async () => (app = await startFilled(250)))
  afterAll(() => app.close())

  next('filters stand in the address and are taken back by one press', async () => {
    const { page } = app
    await status(page, '250 certificates').waitFor()
    await page.getByText('Filter', { exact: true }).click()
    await page.getByRole('combobox', { name: 'State' }).selectOption({ label: 'revoked' })
    await status(page, '5 certificates found').waitFor()
    await page.getByRole('combobox', { name: 'Tag' }).selectOption({ label: 'tenth' })
    await page.getByLabel('Search').fill('host-00001')
    await status(page, '2 certificates found').waitFor()
    expect(page.url()).toContain('state=revoked')
    await screenshots(page, 'inventory-found')
    expect(await widthAt(page, 360)).toBeLessThanOrEqual(360)
    await reloadReady(page)
    await status(page, '2 certificates found').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await status(page, '250 certificates').waitFor()
    await openAgain(page)
    await expect.poll(() => rowsOf(page).count()).toBe(50)
  })

  next('columns are chosen, and sort', async () => {
    const { page } = app
    await page.getByText('Columns', { exact: true }).click()
    await page.getByLabel('Profile', { exact: true }).last().check()
    await page.getByLabel('Issuer', { exact: true }).uncheck()
    const heads = (await page.locator('thead th').allInnerTexts()).map((text) => text.trim())
    expect(heads).toContain('Profile')
    expect(heads).not.toContain('Issuer')
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await page
      .getByRole('columnheader', { name: 'Name' })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor()
    await page.locator('tbody a', { hasText: fillingName(0) }).waitFor()
    expect((await names(page)).slice(0, 2)).toEqual([fillingName(0), fillingName(1)])
    await page.getByRole('button', { name: 'Name ↑' }).click()
    await page.locator('tbody a', { hasText: fillingName(249) }).waitFor()
    expect(page.url()).toContain('sort=-commonName')
    await screenshots(page, 'inventory-columns')
  })

  next('chosen ones get a tag, which is then found, and are taken out as a table', async () => {
    const { page } = app
    await page.getByLabel('Search').fill('host-000010')
    await status(page, '10 certificates found').waitFor()
    await page.getByLabel(`Select ${fillingName(100)}`).check()
    await page.getByLabel(`Select ${fillingName(101)}`).check()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Tags…' }).click()
    await page.getByLabel('Add tags').fill('spring, to renew')
    await page.getByLabel('tenth').check()
    await screenshots(page, 'inventory-tags')
    await page.getByRole('button', { name: 'Change the tags' }).click()
    await page.getByText('Tags changed on 2 certificates.').waitFor()
    await page.getByLabel('Search').fill('to renew')
    await status(page, '2 certificates found').waitFor()
    const path = await download(
      page,
      () =>
        page
          .getByRole('group', { name: 'With the selected' })
          .getByRole('button', { name: 'Table (CSV)' })
          .click(),
      folder.path,
    )
    const table = readFileSync(path, 'utf8')
    expect(table.trim().split('\r\n')).toHaveLength(3)
    expect(table).toContain('spring; to renew')
    expect(table).not.toContain('tenth')
    await page.getByRole('button', { name: 'Select none' }).click()
    await page.getByLabel('Search').fill('')
    await status(page, '250 certificates').waitFor()
  })

  next('all of a page, and all that match on every page, are chosen', async () => {
    const { page } = app
    await page.getByLabel('Select all on this page').check()
    await page.getByText('50 selected').waitFor()
    await page.getByRole('button', { name: 'Select all 250 that match' }).click()
    await page.getByText('250 selected').waitFor()
    await page.getByLabel(`Select ${fillingName(249)}`).uncheck()
    await page.getByText('249 selected').waitFor()
    await screenshots(page, 'inventory')
    expect(await widthAt(page, 360)).toBeLessThanOrEqual(360)
    expect(await axeFindingsEverywhere(page)).toEqual([])
    expect(app.complaints).toEqual([])
  })

  next('on a wide screen a certificate opens beside its list, which stays where it was', async () => {
    const { page } = app
    const before = page.viewportSize()!
    await page.setViewportSize({ width: 1480, height: 900 })
    await visit(page, '#/inventory')
    await status(page, '250 certificates').waitFor()
    await page.getByRole('button', { name: 'Older' }).click()
    const name = fillingName(250 - 51)
    const first = page.locator('tbody td.name a', { hasText: name })
    await first.click()
    const sheet = page.getByRole('complementary', { name, exact: true })
    await sheet.getByText(name).first().waitFor()
    expect(await first.getAttribute('aria-current')).toBe('true')
    const [list, aside] = [await page.locator('main table').boundingBox(), await sheet.boundingBox()]
    expect(list!.x + list!.width).toBeLessThanOrEqual(aside!.x)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1480)
    await screenshots(page, 'inventory-beside')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await sheet.getByRole('link', { name: 'Close the sheet' }).click()
    await sheet.waitFor({ state: 'detached' })
    // Still on the second page of the list.
    await first.waitFor()
    // Where there is no room for both, it is a page.
    await page.setViewportSize(before)
    await first.click()
    await heading(page, name).waitFor()
  })
})

/** What a person does in a large inventory, one thing after the other. */
async function walkAbout(page: Page, count: number): Promise<void> {
  const all = `${count.toLocaleString('en-US')} certificates`
  await page.getByLabel('Search').fill('host-000123')
  await status(page, '10 certificates found').waitFor()
  await page.getByLabel('Search').fill('host-0001234')
  await status(page, '1 certificate found').waitFor()
  await page.getByLabel('Search').fill('')
  await status(page, all).waitFor()
  await page.getByRole('button', { name: 'Older' }).click()
  await page.locator('tbody a', { hasText: fillingName(count - 51) }).waitFor()
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await page.locator('tbody a', { hasText: fillingName(0) }).waitFor()
  await expect.poll(() => rowsOf(page).count()).toBe(50)
  await page.getByLabel('Select all on this page').check()
  await page.getByRole('button', { name: `Select all ${count.toLocaleString('en-US')} that match` }).click()
  await page.getByText(`${count.toLocaleString('en-US')} selected`).waitFor()
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await visit(page, '#/inventory')
  await heading(page, 'Everything issued').waitFor()
}

describe('below one CA', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp()
    await createVault(app.page)
    await issue(app.page, { name: 'Busy Root' })
    await fillVault(app, PASSPHRASE, 120, 'its CA')
  })
  afterAll(() => app.close())

  test('the hierarchy shows the newest, more when asked, and leads to all of them', async () => {
    const { page } = app
    await visit(page, '#/hierarchy')
    await page.getByRole('button', { name: 'Show what Busy Root issued' }).click()
    const newest = page.getByText(fillingName(119), { exact: true }).first()
    await newest.waitFor()
    const shown = page.getByText(/^host-\d+\.example\.com$/)
    await waitForCount(shown, 50)
    await page.getByRole('button', { name: 'Show more' }).click()
    await waitForCount(shown, 100)
    await screenshots(page, 'hierarchy-below')
    await page.getByRole('link', { name: 'All 120, in the inventory' }).click()
    await status(page, '120 certificates found').waitFor()
    expect(page.url()).toContain('authority=')
  })
})

describe('with 100,000 certificates', () => {
  const COUNT = 100_000
  /** Characters: 5,000 ids, the most that one message brings. */
  const AT_ONCE = 200_000
  let app: App
  beforeAll(async () => (app = await startFilled(COUNT)), 240_000)
  afterAll(() => app.close())

  test('the page holds no more than it shows, and is told no more than it asked for', async () => {
    const { page } = app
    await reloadReady(page)
    await openAgain(page)
    await status(page, '100,000 certificates').waitFor()
    const longest = await longestTask(app, () => walkAbout(page, COUNT))
    // A time belongs to the machine it was measured on: it is printed, and what makes it grow is held.
    console.log(`the longest task took ${longest.toFixed(0)} ms`)
    const traffic = await recordMessages(page)
    await reloadReady(page)
    await openAgain(page)
    await walkAbout(page, COUNT)
    const sizes = (await traffic.messages()).map((message) => JSON.stringify(message).length)
    expect(sizes.length).toBeGreaterThan(30)
    expect(Math.max(...sizes)).toBeLessThan(AT_ONCE)
    expect(await page.locator('*').count()).toBeLessThan(2500)
  })

  test('the palette finds one of them, and is told of no more than it shows, however fast it is typed', async () => {
    const { page } = app
    await reloadReady(page)
    await openAgain(page)
    const traffic = await recordMessages(page)
    await reloadReady(page)
    await openAgain(page)
    const before = (await traffic.messages()).length
    const palette = page.getByRole('dialog', { name: 'Find' })
    const name = fillingName(67_890)
    const longest = await longestTask(app, async () => {
      await page.keyboard.press('Control+K')
      await palette.waitFor()
      await page.keyboard.type(name)
      await palette.getByRole('option', { name }).waitFor()
    })
    console.log(`the longest task took ${longest.toFixed(0)} ms`)
    const messages = (await traffic.messages()).slice(before)
    // One search runs at a time, and each is told of eight certificates, their octets written out.
    expect(messages.length).toBeGreaterThan(0)
    expect(messages.length).toBeLessThanOrEqual(2 * name.length)
    expect(Math.max(...messages.map((message) => JSON.stringify(message).length))).toBeLessThan(60_000)
    await page.keyboard.press('Enter')
    await heading(page, name).waitFor()
    expect(app.complaints).toEqual([])
  })
})
