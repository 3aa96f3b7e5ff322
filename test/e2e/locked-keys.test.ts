import { afterAll, beforeAll, expect, test } from 'vitest'
import { controls } from '../../src/messages/en/ui/frame.ts'
import { issue as words } from '../../src/messages/en/ui/issue.ts'
import { startApp, type App } from './support/app.ts'
import {
  createVault,
  fillIn,
  heading,
  issue,
  lockAndUnlock,
  reveal,
  toReview,
  visit,
} from './support/operator.ts'
import { expectSound } from './support/sound.ts'

// Keys that are handed out once do not outlast a lock, and the page says what was lost and what to do.

const FILE_PASSPHRASE = 'four words nobody has put side by side'
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root' })
})
afterAll(() => app.close())

async function setPassphrase(): Promise<void> {
  const { page } = app
  await page.getByLabel('Passphrase for the new key', { exact: true }).fill(FILE_PASSPHRASE)
  await page.getByLabel('The same passphrase again', { exact: true }).fill(FILE_PASSPHRASE)
}

async function issueHandedOut(name: string): Promise<void> {
  const { page } = app
  await fillIn(page, { issuer: 'Example Root', purpose: 'TLS server', name, names: name })
  const choice = page.getByRole('radio', { name: /PKCS#8/ }).first()
  await reveal(choice, page.getByText('Key', { exact: true }))
  await choice.check()
  await toReview(page)
  await setPassphrase()
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, `${name} is issued`).waitFor()
  await page.getByText(words.keyOnce).waitFor()
}

test('one that was not saved is gone, and so is the question before the tab is closed', async () => {
  const { page } = app
  await issueHandedOut('lost.example.com')
  await lockAndUnlock(page)
  await page.getByText(words.keyGone).waitFor()
  expect(await page.getByRole('button', { name: words.saveKey }).count()).toBe(0)
  expect(await page.getByText(/Not saved yet/).count()).toBe(0)
  await expectSound(page, 'key-gone')
})

test('of one that was saved it is said that the file is the only copy', async () => {
  const { page } = app
  await issueHandedOut('saved.example.com')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: words.saveKey }).click()
  await saving
  await lockAndUnlock(page)
  await page.getByText(words.keyWasSaved).waitFor()
  await expectSound(page, 'key-was-saved')
})

async function fillTable(rows: number): Promise<void> {
  const { page } = app
  await visit(page, '#/batch')
  const names = Array.from({ length: rows }, (_, n) => `n${String(n)}.of${String(rows)}.test`)
  await page
    .getByLabel('The table')
    .fill(['commonName,dns', ...names.map((name) => `${name},${name}`)].join('\n'))
  await page.getByRole('button', { name: 'Read the table' }).click()
  await setPassphrase()
}

test('the ZIP of a batch that has ended is in the downloads, and no longer in the page', async () => {
  const { page } = app
  await fillTable(2)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Sign 2 certificates' }).click()
  await saving
  await page.getByRole('button', { name: words.saveZip }).waitFor()
  await lockAndUnlock(page)
  await page.getByText(words.zipWasSaved(true)).waitFor()
  expect(await page.getByRole('button', { name: words.saveZip }).count()).toBe(0)
  await expectSound(page, 'zip-was-saved')
})

test('a batch that is locked on its way hands nothing over, and says how many certificates are without a key', async () => {
  const { page } = app
  const downloads: string[] = []
  page.on('download', (file) => downloads.push(file.suggestedFilename()))
  await fillTable(900)
  await page.getByRole('button', { name: 'Sign 900 certificates' }).click()
  // More than two transactions have: the first is stored.
  const made = page.locator('main progress').first()
  await expect.poll(() => made.evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(300)
  await lockAndUnlock(page)
  await page.getByText(words.zipGone(true)).waitFor()
  await page.getByText(controls.stoppedByLock).waitFor()
  expect(downloads).toEqual([])
  await expectSound(page, 'zip-gone')
})

test('nothing was complained about', () => {
  expect(app.complaints).toEqual([])
})
