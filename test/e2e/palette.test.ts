import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// Without a mouse: everything is found by typing, fields are left with Esc, lists and the tree are walked with keys.

const next = story()
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Find' })
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement?.textContent ?? '').replace(/\s+/g, ' ').trim())

/** Opens the palette, types, and takes what comes first once that is `name`. */
async function find(text: string, name: string | RegExp): Promise<void> {
  const { page } = app
  await page.keyboard.press('Control+K')
  await dialog(page).waitFor()
  await page.keyboard.type(text)
  await dialog(page).getByRole('option', { name, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await dialog(page).waitFor({ state: 'detached' })
}

next('before there is a vault, the palette offers what can be done without one', async () => {
  const { page } = app
  await page.keyboard.press('Control+K')
  await dialog(page).getByRole('option', { name: 'Create a vault' }).waitFor()
  expect(await dialog(page).getByRole('option', { name: 'Make a root' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Find…' }).click()
  await dialog(page).waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await find('expired cert', 'Expired certificate')
  await heading(page, 'Expired certificate').waitFor()
  await visit(page, '#/')
})

next('acts, CAs, certificates and rules are found and reached by keys alone', async () => {
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Palette Root' })
  await issue(page, {
    issuer: 'Palette Root',
    purpose: 'TLS server',
    name: 'shop.example.com',
    names: 'shop.example.com',
  })
  await page.keyboard.press('Control+K')
  await page.keyboard.type('pal')
  await dialog(page).getByRole('option', { name: 'Palette Root' }).first().waitFor()
  await screenshots(page, 'palette')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.keyboard.press('Escape')
  await find('shop', 'shop.example.com')
  await heading(page, 'shop.example.com').waitFor()
  await find('below palette', 'Issue a certificate below Palette Root')
  await heading(page, 'Issue a certificate').waitFor()
  await find('backup', /^Make a backup/)
  await heading(page, 'Backup').waitFor()
})

next('Esc leaves a field, so that single keys work again; what was typed stays', async () => {
  const { page } = app
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('half typed')
  await name.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('v')
  await heading(page, 'Validate certificates').waitFor()
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  expect(await name.inputValue()).toBe('half typed')
})

next('Ctrl+Enter in the field of Validate validates what is typed', async () => {
  const { page } = app
  await visit(page, '#/validate')
  await page.getByLabel('Certificates, as text').fill('no certificate')
  await page.keyboard.press('Control+Enter')
  await page.getByText('pasted text').first().waitFor()
})

next('rows of the inventory are walked with j and k, and selected with x', async () => {
  const { page } = app
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: 'shop.example.com' }).waitFor()
  const rows = await page.locator('tbody tr a').allTextContents()
  for (const row of [0, 1, 1]) {
    await page.keyboard.press('j')
    expect(await focused(page)).toBe(rows[row]!.trim())
  }
  await page.keyboard.press('k')
  expect(await focused(page)).toBe(rows[0]!.trim())
  await page.keyboard.press('x')
  await page.getByText('1 selected').waitFor()
})

next('the tree is walked with arrows: right opens what a CA has issued, left closes it', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await page.getByRole('link', { name: 'Palette Root' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.locator('main').getByRole('link', { name: 'shop.example.com' }).waitFor()
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toContain('shop.example.com')
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page)).toBe('Palette Root')
  await page.keyboard.press('ArrowLeft')
  await page.locator('main').getByRole('link', { name: 'shop.example.com' }).waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Ctrl K').waitFor()
  await page.keyboard.press('Escape')
  expect(app.complaints).toEqual([])
})
