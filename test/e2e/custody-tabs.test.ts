import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, PASSPHRASE, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// One visit after the other in the same browser: each test begins where the one before it ended.

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const openNotes = (page: Page): Promise<void> => page.locator('summary').filter({ hasText: 'Notes' }).click()

test('notes that another tab saved meanwhile are not written over', async () => {
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: 'Example Root' }).first().click()
  await openNotes(page)
  await page.getByLabel('Notes', { exact: true }).fill('by the first')
  const other = await app.newTab()
  await other.goto(page.url())
  await visit(other, '#/unlock')
  await unlock(other)
  await other.getByRole('button', { name: 'Lock now' }).waitFor()
  await visit(other, new URL(page.url()).hash)
  await openNotes(other)
  await other.getByLabel('Notes', { exact: true }).fill('by the second')
  await other.getByRole('button', { name: 'Save the notes' }).click()
  await other.getByText('The notes are saved.').waitFor()
  await page.bringToFront()
  await page.getByRole('button', { name: 'Save the notes' }).click()
  await page.getByText(/The notes or tags were changed in the meantime/).waitFor()
  // What was typed is still there, to be copied.
  expect(await page.getByLabel('Notes', { exact: true }).inputValue()).toBe('by the first')
  await page.getByText(/The notes or tags were changed in the meantime/).scrollIntoViewIfNeeded()
  await screenshots(page, 'notes-changed')
  await other.close()
})

test('a request that waits with the key of a CA is named before that key is destroyed', async () => {
  const { page } = app
  await issue(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example Issuing CA' })
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: 'Example Issuing CA' }).first().click()
  await page.getByRole('link', { name: 'Request a certificate for its key elsewhere…' }).click()
  await page.getByRole('button', { name: 'Make the request' }).click()
  await heading(page, 'Request for Example Issuing CA').waitFor()
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: 'Example Issuing CA' }).first().click()
  await page.getByRole('button', { name: 'Destroy its key…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/These requests wait for a certificate for this key/).waitFor()
  await dialog.getByRole('listitem').filter({ hasText: 'Example Issuing CA' }).waitFor()
  await screenshots(page, 'destroy-key')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await dialog.getByLabel(/Type the CA/).fill('Example Issuing CA')
  // Another's guess at the passphrase leaves the key.
  const again = dialog.getByLabel('The vault’s passphrase, once more')
  await again.fill('not the passphrase')
  await dialog.getByRole('button', { name: 'Destroy the key' }).click()
  await dialog
    .getByText(/passphrase/i)
    .filter({ hasText: /wrong|does not open|not the/i })
    .first()
    .waitFor()
  await again.fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Destroy the key' }).click()
  await page.getByText('The key is destroyed. The record is kept.').waitFor()
  // The button that led here is gone.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
})
