import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch, succeed } from '../support/run.ts'
import { startApp, type App } from './support/app.ts'
import {
  createVault,
  fillIn,
  heading,
  issue,
  openCertificate,
  ownPassphrase,
  PASSPHRASE,
  reveal,
  toReview,
  visit,
} from './support/operator.ts'
import { expectSound } from './support/sound.ts'

// Every form that takes a passphrase for a CA's key says while one types why it would be refused; for a file with the key
// of a server it is said too, and taken.

const WEAK = 'abcabcabcabcabc'
const WHY = /a few characters repeated/
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root' })
  const names = { name: 'www.example.com', names: 'www.example.com' }
  await issue(app.page, { issuer: 'Example Root', purpose: 'TLS server', ...names })
})
afterAll(() => app.close())

/** Types a weak one, and then one that is none, in the field that is called so. */
async function expectTold(label: string, page = app.page): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.fill(WEAK)
  await page.getByText(WHY).waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('four words nobody has put side by side')
  await page.getByText(WHY).waitFor({ state: 'detached' })
  expect(await field.getAttribute('aria-invalid')).toBeNull()
}

const isFocused = (field: Locator): Promise<void> =>
  expect.poll(() => field.evaluate((each) => each === document.activeElement)).toBe(true)

/** The two words that are asked for are typed, the first one wrongly at first: it is said at the field, and the vault waits. */
async function expectPaperAsked(page: Page): Promise<void> {
  const asked = page
    .getByRole('group', { name: 'Type two of its words from your paper' })
    .getByRole('textbox')
  expect(await asked.count()).toBe(2)
  await isFocused(asked.first())
  const sheet = await page
    .getByRole('region', { name: 'Recovery passphrase' })
    .getByRole('listitem')
    .allInnerTexts()
  const labels = await page.getByText(/^Word \d$/).allInnerTexts()
  const [first, second] = labels.map((label) => Number(label.slice(5)))
  if (first === undefined || second === undefined) throw new Error('no words are asked for')
  await asked.last().fill(sheet[second - 1]!)
  await asked.first().fill('zebra crossing')
  await page.getByText(`This is not word ${String(first)} of the recovery passphrase.`).waitFor()
  await expectSound(page, 'recovery-words')
  await page.getByRole('button', { name: 'Create the vault' }).click()
  await isFocused(asked.first())
  expect(await asked.first().inputValue()).toBe('zebra crossing')
  await asked.first().fill(sheet[first - 1]!)
  await page.getByRole('button', { name: 'Create the vault' }).click()
  await heading(page, 'The hierarchy').waitFor()
}

async function guarded(name: string): Promise<void> {
  const { page } = app
  await fillIn(page, { name })
  await page.getByText('Key', { exact: true }).click()
  await ownPassphrase(page).check()
  await toReview(page)
}

test('of a new vault', async () => {
  const page = await app.newVisitor()
  await page.getByRole('link', { name: 'Create a vault' }).click()
  await heading(page, 'Create a vault').waitFor()
  await expectTold('Passphrase', page)
  await page.getByLabel('Passphrase', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Create the vault' }).click()
  await page.getByText('0 characters so far; at least 12 are needed.').waitFor()
  await isFocused(page.getByLabel('Passphrase', { exact: true }))
  await page.getByLabel('Passphrase', { exact: true }).fill(WEAK)
  await page.getByText(WHY).waitFor()
  await expectSound(page, 'passphrase-new-vault')
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.getByLabel('The same passphrase again').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Create the vault' }).click()
  await isFocused(page.getByLabel('Your name, for the journal'))
  await page.getByLabel('Your name, for the journal').fill('Ada')
  await page.getByLabel('Make a recovery passphrase to print and store safely').check()
  await page.getByRole('button', { name: 'Print the recovery sheet' }).waitFor()
  await page.getByRole('button', { name: 'Create the vault' }).click()
  await expectPaperAsked(page)
  await page.context().close()
})

test('the focus is where one types, and comes back to what was pressed', async () => {
  const { page } = app
  await visit(page, '#/vault')
  await page.getByRole('button', { name: 'Change the passphrase: Passphrase' }).click()
  const current = page.getByLabel('A passphrase that opens the vault now')
  await isFocused(current)
  await current.fill('none of this vault')
  await page.getByLabel('New passphrase', { exact: true }).fill('seven horses under a bridge')
  await page.getByLabel('The new passphrase again').fill('seven horses under a bridge')
  const submit = page.getByRole('dialog').getByRole('button', { name: 'Change the passphrase' })
  await submit.click()
  await page.getByText('That is not the passphrase.').first().waitFor()
  await isFocused(submit)
  await page.keyboard.press('Escape')
})

test('of a new root', async () => {
  await guarded('Other Root')
  await expectTold('Passphrase for the new key')
})

test('of a request for a CA', async () => {
  const { page } = app
  await visit(page, '#/make-request')
  await page.getByRole('radio', { name: 'Intermediate', exact: true }).check()
  await ownPassphrase(page).check()
  await expectTold('Passphrase for the new key')
})

test('of the new key of a CA', async () => {
  const { page } = app
  await openCertificate(page, 'Example Root')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await page
    .getByRole('radio', { name: /^Replace|new key/ })
    .first()
    .check()
  await ownPassphrase(page).check()
  await toReview(page)
  await expectTold('Passphrase for the new key')
})

test('of the keys of CAs that are brought in', async () => {
  const { page } = app
  const { path } = scratch()
  await succeed('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3000'],
    ...['-subj', '/CN=Brought Root', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-keyout', join(path, 'brought.key'), '-out', join(path, 'brought.pem')],
  ])
  await visit(page, '#/import')
  const files = ['brought.key', 'brought.pem'].map((name) => join(path, name))
  await page.setInputFiles('main input[type=file]', files)
  await ownPassphrase(page).check()
  await expectTold('Passphrase for the keys of these CAs')
})

test('of a file with the key of a server: it is said what a weak one means, and it is taken', async () => {
  const { page } = app
  await openCertificate(page, 'www.example.com')
  await page.getByText('Other formats and the key').click()
  await page.getByLabel('What', { exact: true }).selectOption('pkcs12')
  const field = page.getByLabel('Passphrase of the file', { exact: true })
  await page.getByText(/number of rounds that slows guessing/).waitFor()
  await field.fill('file passphrase')
  await page.getByText(/can try passphrases as long as they like/).waitFor()
  await expectSound(page, 'passphrase-weak-file')
  await page.getByLabel('The same passphrase again', { exact: true }).fill('file passphrase')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  expect((await saving).suggestedFilename()).toMatch(/\.p12$/)
})

test('of the vault before a plain key: a wrong one is said where the key was asked for', async () => {
  const { page } = app
  await openCertificate(page, 'www.example.com')
  await page.getByText('Other formats and the key').click()
  const form = page.locator('form').filter({ has: page.getByLabel('What', { exact: true }) })
  await form.getByLabel('What', { exact: true }).selectOption('private-key')
  await form.getByRole('radio', { name: 'Plain', exact: true }).check()
  await form.getByLabel('I know what a plain private key means').check()
  await form.getByLabel(/^The vault’s passphrase/).fill('not the passphrase')
  const button = form.getByRole('button', { name: 'Download', exact: true })
  await button.click()
  await form.getByRole('alert').filter({ hasText: 'not the passphrase' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(1)
  // The keyboard is where it was, below the reason.
  await expect.poll(() => button.evaluate((pressed) => document.activeElement === pressed)).toBe(true)
  await expectSound(page, 'plain-key-refused')
})

const WORTHLESS = /guessed at once: the key in the file would be as good as plain/

/** Types a worthless one: the reason is at the field, and nothing is signed under it; then one that is none. */
async function expectWorthlessTold(button: RegExp, shot: string): Promise<void> {
  const { page } = app
  const field = page.getByLabel('Passphrase for the new key', { exact: true })
  const again = page.getByLabel('The same passphrase again', { exact: true })
  for (const worthless of ['Pass1', 'p-a-s-s-w-o-r-d']) {
    await field.fill(worthless)
    await again.fill(worthless)
    await page.getByText(WORTHLESS).waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const described = (await field.getAttribute('aria-describedby'))!.split(' ')
    expect(await page.locator(`[id="${described[0]!}"]`).textContent()).toMatch(WORTHLESS)
    expect(await page.getByRole('button', { name: button }).isDisabled()).toBe(true)
  }
  await expectSound(page, shot)
  const good = 'four words nobody has put side by side'
  await field.fill(good)
  await again.fill(good)
  await page.getByText(WORTHLESS).waitFor({ state: 'detached' })
  expect(await page.getByRole('button', { name: button }).isEnabled()).toBe(true)
}

/** The choice to get the key of an end entity as a file. */
const asFile = (): Promise<void> =>
  app.page
    .getByRole('radio', { name: /PKCS#12/ })
    .first()
    .check()

test('of the files of a batch: a worthless one is refused at the field', async () => {
  const { page } = app
  await visit(page, '#/batch')
  await page.getByLabel('The table').fill('commonName,dns\nbatch.example.com,batch.example.com')
  await page.getByRole('button', { name: 'Read the table' }).click()
  await page.getByLabel('What happens to the keys').selectOption('pkcs12')
  await expectWorthlessTold(/^Sign/, 'passphrase-worthless-batch')
})

test('of the file with the key of a new server: a worthless one is refused at the field', async () => {
  const { page } = app
  await visit(page, '#/issue?profile=tlsServer')
  await fillIn(page, {
    issuer: 'Example Root',
    purpose: 'TLS server',
    name: 'new.example.com',
    names: 'new.example.com',
  })
  await reveal(page.getByRole('radio', { name: /PKCS#12/ }).first(), page.getByText('Key', { exact: true }))
  await asFile()
  await toReview(page)
  await expectWorthlessTold(/^Sign/, 'passphrase-worthless-issue')
})

test('of the file with the new key of a renewed server: a worthless one is refused at the field', async () => {
  const { page } = app
  await openCertificate(page, 'www.example.com')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await page
    .getByRole('radio', { name: /^Replace|new key/ })
    .first()
    .check()
  await asFile()
  await toReview(page)
  await expectWorthlessTold(/^Sign/, 'passphrase-worthless-renewal')
})

test('nothing was complained about', () => {
  expect(app.complaints).toEqual([])
})
