import type { Dialog } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// What is begun is named on every page, leads back, and keeps the browser from closing the tab unasked.

const next = story()
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const line = () => app.page.getByRole('link', { name: 'Not signed yet: a certificate' })

/** Reloads, and answers whether the browser asked before it; it stays, then. */
async function asksOnLeaving(): Promise<boolean> {
  const { page } = app
  const asked: string[] = []
  const answer = (dialog: Dialog): void => {
    asked.push(dialog.type())
    void dialog.dismiss()
  }
  page.on('dialog', answer)
  await page.evaluate(() => {
    location.reload()
  })
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  page.off('dialog', answer)
  return asked.includes('beforeunload')
}

next('a form that is begun is named on other pages, and leads back with all that was typed', async () => {
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Unsaved Root' })
  expect(await line().count()).toBe(0)
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('half typed')
  await visit(page, '#/journal')
  await line().waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await line().click()
  await heading(page, 'Issue a certificate').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('half typed')
})

next('the browser asks before the tab is closed, and what was typed is still there', async () => {
  const { page } = app
  expect(await asksOnLeaving()).toBe(true)
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('half typed')
})

next('once it is signed nothing is left to say', async () => {
  const { page } = app
  await issue(page, {
    issuer: 'Unsaved Root',
    purpose: 'TLS client',
    name: 'done',
    names: 'done@example.com',
  })
  await line().waitFor({ state: 'detached' })
  expect(app.complaints).toEqual([])
})

test('a vault that is begun is asked about before its page is left: staying keeps it, leaving goes on', async () => {
  const page = await app.newVisitor()
  await page.getByRole('link', { name: 'Create a vault' }).click()
  const field = page.getByLabel('Passphrase', { exact: true })
  await field.fill('half typed')
  const toValidate = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Validate' })
  await toValidate.click()
  await page.getByRole('dialog', { name: 'Leave without creating the vault?' }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByRole('button', { name: 'Stay here' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect([await field.inputValue(), new URL(page.url()).hash]).toEqual(['half typed', '#/create'])
  // Having stayed adds no page to the history, and takes none away: Back is asked about too, and then goes back at once.
  await page.goBack()
  await page.getByRole('button', { name: 'Stay here' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect([await field.inputValue(), new URL(page.url()).hash]).toEqual(['half typed', '#/create'])
  await page.goBack()
  await page.getByRole('button', { name: 'Leave and lose it' }).click()
  await heading(page, 'A certificate authority that lives in this page').waitFor()
  await page.getByRole('link', { name: 'Create a vault' }).click()
  await field.fill('half typed')
  await toValidate.click()
  await page.getByRole('button', { name: 'Leave and lose it' }).click()
  await heading(page, 'Validate certificates').waitFor()
  await page.context().close()
})

test('the sample is made while one looks elsewhere, and does not pull one back', async () => {
  const page = await app.newVisitor()
  await page.getByRole('button', { name: 'Try with a sample hierarchy' }).click()
  await visit(page, '#/validate')
  await page.getByText('Sample: nothing is kept').first().waitFor()
  expect(new URL(page.url()).hash).toBe('#/validate')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: /^Find/ }).click()
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.press('Escape')
  await screenshots(page, 'phone-bar')
  await page.context().close()
})
