import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { focused, tabTo } from './support/keys.ts'
import { createVault, heading, issue } from './support/operator.ts'
import { story } from '../support/story.ts'

// A certificate's life without a mouse: found, renewed, revoked; and where the focus goes.

const next = story()

let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root' })
  await issue(app.page, {
    issuer: 'Example Root',
    purpose: 'TLS server',
    name: 'api.example.com',
    names: 'api.example.com',
  })
})
afterAll(() => app.close())

next('a certificate is found, chosen and renewed with the others that are chosen', async () => {
  const { page } = app
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await heading(page, 'Everything issued').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('api')
  await page.getByRole('status').filter({ hasText: '1 certificate found' }).waitFor()
  await tabTo(page, 'Select api.example.com')
  await page.keyboard.press('Space')
  await page.getByText('1 selected').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  // What is done with them stands before the list.
  for (let n = 0; n < 12 && !(await focused(page)).startsWith('Renew…'); n++)
    await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await heading(page, 'Renew many certificates').waitFor()
  await page.getByText('1 certificate will be renewed.').waitFor()
  await tabTo(page, 'Renew 1 certificate')
  await page.keyboard.press('Enter')
  await heading(page, '1 certificate renewed').waitFor()
  await tabTo(page, 'Show it in the inventory')
  await page.keyboard.press('Enter')
  await heading(page, 'Everything issued').waitFor()
})

next('/ leads from any page into the search field of the inventory', async () => {
  const { page } = app
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await heading(page, 'The hierarchy').waitFor()
  await page.keyboard.press('/')
  await heading(page, 'Everything issued').waitFor()
  await page.locator('input[type=search]:focus').waitFor()
  await page.keyboard.type('api')
  await page.getByRole('status').filter({ hasText: /found/ }).waitFor()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
})

next('a dialog takes the focus, Escape gives it back, and what it asks is answered by keys', async () => {
  const { page } = app
  await page.keyboard.press('/')
  await page.keyboard.type('api')
  await page.getByRole('status').filter({ hasText: '2 certificates found' }).waitFor()
  await tabTo(page, /^api\.example\.com$/)
  await page.keyboard.press('Enter')
  await heading(page, 'api.example.com').waitFor()
  await tabTo(page, 'Revoke…')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('Revoke…')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await tabTo(page, /^Reason/)
  await page.keyboard.press('ArrowDown')
  await tabTo(page, 'Revoke it')
  await page.keyboard.press('Enter')
  await page.getByText('Revoked on').waitFor()
  expect(app.complaints).toEqual([])
})
