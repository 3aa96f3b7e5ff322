import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { opensslFolder } from '../bench/openssl-folder.ts'
import { opensslCa } from '../support/ca-folder.ts'
import { NEW_P256 } from '../support/outside-ca.ts'
import { succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { startApp, temporaryFolder } from './support/app.ts'
import { drop, filesBelow } from './support/drag.ts'
import { cancelAt, checkRecords, createVault, heading, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// Files and folders dragged over the window, one after the other and while something runs; and a cancel in between.

const next = story()
let app: App
const folder = temporaryFolder()
const at = (...names: string[]): string => join(folder.path, ...names)

/** Far more than one transaction takes. */
const MANY = 3000

beforeAll(async () => {
  mkdirSync(at('small'))
  const ca = await opensslCa(at('small'), { password: 'geheim 123' })
  for (const name of ['a', 'b']) await ca.issue(`${name}.example.com`)
  await ca.revoke('1000', '-crl_reason', 'keyCompromise')
  for (const { name, bytes } of await opensslFolder(MANY)) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), bytes)
  }
  const self = ['-x509', '-subj', '/CN=Late Root', '-addext', 'basicConstraints=critical,CA:TRUE']
  await succeed('openssl', ['req', ...self, ...NEW_P256, 'late.key', '-out', 'late.pem'], {
    cwd: folder.path,
  })
  app = await startApp()
  await createVault(app.page)
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

next('while files are over the window, it says what happens when they are let go', async () => {
  const { page } = app
  await visit(page, '#/import')
  await heading(page, 'Bring in').waitFor()
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: [at('late.pem')], dragOperationsMask: 1 }
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 300, y: 300, data })
  await page.getByText('Drop files or a folder to bring them in.').waitFor()
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', x: 300, y: 300, data })
  await page.getByText('Drop files or a folder to bring them in.').waitFor({ state: 'detached' })
  await page.getByLabel('Bring in Late Root').waitFor()
  await page.getByRole('button', { name: 'Start again' }).click()
})

next('a folder dropped on the page Validate is validated', async () => {
  const { page } = app
  await visit(page, '#/validate')
  await heading(page, 'Validate certificates').waitFor()
  await drop(page, at('small'))
  await page.getByRole('button', { name: 'Trust Old CA for this visit' }).click()
  await page.getByText(/^Valid\./).waitFor()
})

next(
  'the folder of an openssl ca is dropped, its key opened after a wrong password, and stored',
  async () => {
    const { page } = app
    await visit(page, '#/import')
    await drop(page, at('small'))
    await page.getByLabel('Bring in Old CA').waitFor()
    await page.getByText(`Found in ${String(filesBelow(at('small')))} files`).waitFor()
    const password = page.getByLabel(/^Password of small\/private\/cakey\.pem/)
    await password.fill('wrong')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByText('The password does not open this PKCS#8').waitFor()
    expect(await password.inputValue()).toBe('wrong')
    await password.fill('geheim 123')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByText('A new CA, with its key').waitFor()
    expect(await page.getByText('The password does not open this PKCS#8').count()).toBe(0)
    await page.getByRole('button', { name: 'Bring in 1 CA and 2 certificates' }).click()
    const told = page.getByText('Brought in: 1 CA, 2 certificates, 1 key and 1 request.')
    await told.waitFor()
    await page.getByRole('button', { name: 'Bring in more' }).click()
    // What is dropped before the desk is cleared goes with it.
    await told.waitFor({ state: 'detached' })
  },
)

next('what is dropped while a folder is still read is read after it, and both are shown', async () => {
  const { page } = app
  await drop(page, at('ca'))
  await drop(page, at('late.pem'), at('late.key'))
  await page.getByLabel('Bring in Late Root').waitFor()
  await page.getByLabel('Bring in Bench Old CA').waitFor()
  await page.getByText(`Found in ${(MANY + 7).toLocaleString('en-US')} files`).waitFor()
  await expectSound(page, 'import-two-drops')
})

next(
  'storing is cancelled in the middle: what is stored is whole, and the page says so and how to go on',
  async () => {
    const { page } = app
    await cancelAt(page, 0)
    const amount = MANY.toLocaleString('en-US')
    await page.getByRole('button', { name: `Bring in 2 CAs and ${amount} certificates` }).click()
    await page.getByText('You stopped it. What is named here is completely stored').waitFor()
    const [, stored = '0'] = / ([\d,]+) certificates?/.exec(await page.locator('main').innerText()) ?? []
    expect(Number(stored.replace(',', ''))).toBeLessThan(MANY)
    await expectSound(page, 'import-cancelled')
    await checkRecords(page)
  },
)

next('the same folder once more brings the rest, and nothing twice', async () => {
  const { page } = app
  await visit(page, '#/import')
  const more = page.getByRole('button', { name: 'Bring in more' })
  await more.click()
  await more.waitFor({ state: 'detached' })
  await drop(page, at('ca'))
  await page
    .getByRole('checkbox', { name: /Bench Old CA/ })
    .first()
    .waitFor()
  const submit = page.getByRole('button', { name: /^Bring in \d/ })
  if ((await submit.count()) > 0) {
    await submit.click()
    await page.getByText(/^Brought in:/).waitFor()
  }
  await visit(page, '#/inventory?search=host-')
  await page
    .getByRole('status')
    .filter({ hasText: `${MANY.toLocaleString('en-US')} certificates found` })
    .waitFor()
  await checkRecords(page)
})

next('files dropped where nothing takes them are asked about, and do not leave the page', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await heading(page, /journal/i).waitFor()
  const before = page.url()
  await drop(page, at('late.pem'))
  await page.getByRole('dialog', { name: '1 certificate: validate it?' }).waitFor()
  await page.keyboard.press('Escape')
  await heading(page, /journal/i).waitFor()
  expect(page.url()).toBe(before)
})

next('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
