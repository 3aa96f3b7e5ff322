import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { createVault, heading, issue, openCertificate, reveal, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

/** What is printed, and small things that a page says of itself. */

const next = story()
let app: App
const folder = temporaryFolder()

beforeAll(async () => {
  app = await startApp()
})

afterAll(async () => {
  await app.close()
  folder.remove()
})

next('the recovery sheet names the vault, numbers its words, and says where and when', async () => {
  const { page } = app
  await visit(page, '#/create')
  await page.getByLabel('Make a recovery passphrase').check()
  const sheet = page.getByRole('region', { name: 'Recovery passphrase' })
  await sheet.getByText('Type your name first').waitFor()
  expect(await sheet.getByRole('button', { name: 'Print the recovery sheet' }).count()).toBe(0)
  await page.getByLabel('Your name, for the journal').fill('Ada Lovelace')
  await sheet.getByRole('button', { name: 'Print the recovery sheet' }).waitFor()
  expect(await sheet.getByRole('listitem').count()).toBe(8)
  await screenshots(page, 'recovery-sheet')
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  const text = await page.locator('.paper').innerText()
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  expect(text).toContain('These words open the Rootcellar vault of Ada Lovelace.')
  expect(text).toContain(new URL(page.url()).origin)
  expect(text).toMatch(/Made on\s+\d{4}-\d\d-\d\d/)
  await page.getByLabel('Make a recovery passphrase').uncheck()
  await page.getByLabel('Your name, for the journal').fill('')
  await visit(page, '#/')
})

next('the ring of a passphrase field lies above the button beside it', async () => {
  const { page } = app
  await visit(page, '#/create')
  const field = page.getByLabel('Passphrase', { exact: true })
  await field.focus()
  expect(await field.evaluate((input) => getComputedStyle(input).zIndex)).toBe('1')
  await visit(page, '#/')
})

next(
  'a printed journal has whole rows in columns, oldest first, no buttons, and the head of the records',
  async () => {
    const { page } = app
    await createVault(page)
    await issue(page, { name: 'Paper Root' })
    await visit(page, '#/journal')
    await heading(page, 'The journal').waitFor()
    await page.setViewportSize({ width: 700, height: 900 })
    await page.emulateMedia({ media: 'print' })
    await page.locator('main thead').waitFor()
    const row = page.locator('main tbody tr').first()
    await row.getByText('Vault created').waitFor()
    expect(
      await row.evaluate((tr) => [getComputedStyle(tr).display, getComputedStyle(tr).breakInside]),
    ).toEqual(['table-row', 'avoid-page'])
    expect(await page.locator('main :is(button, a.button):visible').count()).toBe(0)
    const head = await page.locator('footer .mono').innerText()
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 1280, height: 900 })
    await screenshots(page, 'journal')
    await visit(page, '#/vault')
    expect(head).toMatch(/^[0-9a-f]{64}$/)
    await page.getByText(head, { exact: true }).first().waitFor()
  },
)

next('after a lock the focus is in the page, and nothing offers what only an open vault does', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await page.getByRole('button', { name: 'Export' }).waitFor()
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByText('Locked', { exact: true }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  expect(await page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true)
  await visit(page, '#/lists')
  await page.getByRole('button', { name: 'Reminders (ICS)' }).waitFor()
  expect(await page.getByRole('button', { name: 'Reminders (ICS)' }).isDisabled()).toBe(true)
  await visit(page, '#/unlock')
  await unlock(page)
  await heading(page, 'The hierarchy').waitFor()
})

next('links that look like buttons are not printed', async () => {
  const { page } = app
  await openCertificate(page, 'Paper Root')
  await page.locator('main a.button').first().waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('main :is(button, a.button):visible').count()).toBe(0)
  await page.emulateMedia({ media: 'screen' })
})

next('how many entries were verified is said only of all there are', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await page.getByRole('button', { name: 'Verify', exact: false }).first().click()
  const banner = page.getByText(/entries verified/)
  await banner.waitFor()
  await issue(page, { issuer: 'Paper Root', purpose: 'TLS server', name: 'a.example', names: 'a.example' })
  await visit(page, '#/journal')
  await page.getByRole('cell', { name: 'a.example' }).first().waitFor()
  expect(await banner.count()).toBe(0)
})

next('a certificate that was opened from the inventory belongs to it in the rail', async () => {
  const { page } = app
  const current = page.getByRole('navigation').locator('[aria-current="page"]')
  await openCertificate(page, 'a.example')
  expect(await current.innerText()).toBe('Inventory')
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  expect(await current.innerText()).toBe('Hierarchy')
})

next('the file of a root has its name once', async () => {
  const { page } = app
  await openCertificate(page, 'Paper Root')
  const path = await download(
    page,
    () => page.getByRole('button', { name: 'PEM', exact: false }).first().click(),
    folder.path,
  )
  expect(path).toMatch(/\/Paper-Root_[0-9a-f]{16}\.cert\.pem$/)
})

next('behind a dialog all of the window is dark, the gutter too', async () => {
  const { page } = app
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const before = await background()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  expect(await background()).not.toBe(before)
  await page.keyboard.press('Escape')
  expect(await background()).toBe(before)
})

next('what is no name of its kind is said while it is typed, and not counted in a table', async () => {
  const { page } = app
  await visit(page, '#/issue')
  await page.getByRole('radio', { name: 'TLS server', exact: true }).check()
  await page.getByLabel('Names and addresses it is valid for').fill('www.example.com\nfoo bar\n10.0.0.999')
  const read = page.getByRole('list', { name: 'Read as' })
  await read.getByText('is not a DNS name').waitFor()
  await read.getByText('is not an IP address').waitFor()
  expect(await read.getByRole('listitem').count()).toBe(3)
  await screenshots(page, 'issue-names')
  await visit(page, '#/batch')
  await page
    .getByLabel('Table', { exact: false })
    .first()
    .fill(
      'CN,DNS,IP\nweb.example,web.example,\nbad_host!!,exa mple..test,999.1.1.1\nweb.example,web.example,\nmail,mail.example,\n',
    )
  await page.getByRole('button', { name: 'Read the table' }).click()
  await page.getByText('2 lines can be issued; 1 line cannot.').waitFor()
  await page.getByText('mple..test').waitFor()
  await page.getByText('1 more line has a warning.').waitFor()
  await page.getByText('the common name "mail" is not among the names').waitFor()
  await page.getByRole('button', { name: 'Sign 2 certificates' }).waitFor()
  await screenshots(page, 'batch-plan')
  await page.getByLabel('I have read it and want to sign').check()
  await page.getByRole('button', { name: 'Sign 3 certificates' }).waitFor()
})

next('what was pasted and cannot be read stays in its field', async () => {
  const { page } = app
  const rubbish = 'no certificate, no request'
  const paste = async (address: string, label: string, button: string): Promise<void> => {
    await visit(page, address)
    const field = page.getByLabel(label, { exact: true })
    await reveal(field, page.locator('summary', { hasText: /^or (paste it|as text)$/i }))
    await field.fill(rubbish)
    await page.getByRole('button', { name: button, exact: true }).click()
  }
  await paste('#/validate', 'Certificates, as text', 'Validate them')
  await page.getByText('There is no certificate in what you added.').waitFor()
  expect(await page.getByLabel('Certificates, as text').inputValue()).toBe(rubbish)
  await paste('#/certify', 'Requests, as text', 'Read them')
  await page.getByText('There is no request in it.').waitFor()
  expect(await page.getByLabel('Requests, as text').inputValue()).toBe(rubbish)
  await screenshots(page, 'paste-nothing-requests')
  await paste('#/elsewhere', 'Certificates, as text', 'Look at it')
  await page.getByText('There is no certificate in it.').waitFor()
  expect(await page.getByLabel('Certificates, as text').inputValue()).toBe(rubbish)
  await paste('#/import', 'Or as text', 'Look at it')
  await page.locator('summary', { hasText: 'Add more files' }).click()
  await page.locator('summary', { hasText: 'Or as text' }).click()
  const field = page.getByRole('textbox', { name: 'Or as text' })
  expect(await field.inputValue()).toBe(rubbish)
})

next('nothing was complained about', () => {
  expect(app.complaints).toEqual([])
})
