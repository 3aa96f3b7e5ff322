import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { profileById } from '../../src/ca/profiles.ts'
import { NEW_P256 } from '../support/outside-ca.ts'
import { succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { drop } from './support/drag.ts'
import { createVault, heading, issue, PASSPHRASE, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'

// Wherever files are dropped: one that is empty, one that is something else and one that may not be opened stand beside a good one.

let app: App
let folder: ReturnType<typeof temporaryFolder>
const file = (name: string): string => join(folder.path, name)
const openssl = (...args: string[]) => succeed('openssl', args, { cwd: folder.path })

beforeAll(async () => {
  folder = temporaryFolder()
  const named = ['-subj', '/CN=good.example.com', '-addext', 'subjectAltName=DNS:good.example.com']
  await openssl('req', '-new', ...NEW_P256, 'k.pem', ...named, '-out', 'good.csr')
  const asCa = ['-subj', '/CN=Other CA', '-addext', 'keyUsage=keyCertSign,cRLSign', '-days', '30']
  await openssl('req', '-x509', ...NEW_P256, 'o.pem', ...asCa, '-out', 'good.pem')
  for (const kind of ['csr', 'pem', 'csv', 'json', 'backup']) {
    writeFileSync(file(`empty.${kind}`), '')
    writeFileSync(file(`closed.${kind}`), 'nobody reads this')
    writeFileSync(file(`page.${kind}`), '<!DOCTYPE html><title>Log in</title>')
  }
  app = await startApp()
  await keepClosed(app.page)
  await createVault(app.page)
  await issue(app.page, { name: 'Some Root' })
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

/** As for a file without permission to read it, which a test that runs as root cannot have. */
const keepClosed = (page: Page): Promise<void> =>
  page.evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the Blob below
    const { arrayBuffer } = Blob.prototype
    Blob.prototype.arrayBuffer = function (this: Blob) {
      return this instanceof File && this.name.startsWith('closed.')
        ? Promise.reject(new DOMException('The requested file could not be read', 'NotReadableError'))
        : arrayBuffer.call(this)
    }
  })

const said = (name: string, sentence: RegExp): Promise<void> =>
  app.page
    .locator('main p, main li')
    .filter({ hasText: name })
    .filter({ hasText: sentence })
    .first()
    .waitFor()

/** Goes to the page, drops the bad ones of that kind around the good one, and finds each of them named. */
async function dropAround(
  address: string,
  title: string,
  good: string,
  ofPage = /This is a web page/,
): Promise<Page> {
  const { page } = app
  await visit(page, address)
  await heading(page, title).waitFor()
  const kind = good.split('.').at(-1)!
  await drop(page, file(`empty.${kind}`), file(`page.${kind}`), file(good), file(`closed.${kind}`))
  await said(`empty.${kind}`, /This file is empty/)
  await said(`closed.${kind}`, /The browser could not read this file: access was denied/)
  await said(`page.${kind}`, ofPage)
  return page
}

test('certificates to validate', async () => {
  const page = await dropAround('#/validate', 'Validate certificates', 'good.pem')
  await page.getByText('1 certificate').first().waitFor()
  await expectSound(page, 'bad-files-validate')
})

test('what is brought in', async () => {
  const page = await dropAround('#/import', 'Bring in', 'good.pem')
  await page.getByText('Other CA').first().waitFor()
})

test('requests to certify', async () => {
  const page = await dropAround('#/certify', 'Certify requests', 'good.csr')
  await page.getByRole('heading', { name: '1 request' }).waitFor()
})

test('a request for the form: it is taken, and the others are named all the same', async () => {
  const page = await dropAround('#/issue', 'Issue a certificate', 'good.csr')
  await page
    .getByText(/good\.csr/)
    .first()
    .waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('good.example.com')
  await expectSound(page, 'bad-files-issue')
})

test('another CA, to cross-certify', async () => {
  const page = await dropAround('#/cross', 'Certify another CA', 'good.pem')
  await page.getByText('Other CA').first().waitFor()
  await expectSound(page, 'bad-files-cross')
})

test('answers to requests', async () => {
  const page = await dropAround('#/elsewhere', 'Add a CA kept elsewhere', 'good.pem')
  await page.getByText('Other CA').first().waitFor()
})

test('a table: the one with rows is taken', async () => {
  writeFileSync(file('good.csv'), 'commonName,dns\nrow.example.com,row.example.com\n')
  const page = await dropAround('#/batch', 'Issue many at once', 'good.csv', /^Ignored: page\.csv\. Only one/)
  await page.getByRole('button', { name: 'Sign 1 certificate' }).waitFor()
  await expectSound(page, 'bad-files-batch')
})

test('profiles: the good one is saved', async () => {
  const profile = { ...profileById('tlsServer')!, id: 'good', name: 'Good profile' }
  writeFileSync(file('good.json'), JSON.stringify(profile))
  const page = await dropAround('#/profiles', 'Profiles', 'good.json', /This is not a readable profile/)
  await page.getByRole('heading', { name: 'Good profile' }).waitFor()
  await expectSound(page, 'bad-files-profiles')
})

test('a backup: the one that is one is taken, also behind others; one that changed since is said to be unreadable', async () => {
  const { page } = app
  await visit(page, '#/backup')
  await heading(page, 'Backup').waitFor()
  await drop(page, file('page.backup'))
  await page.getByText('This file is not a Rootcellar backup.').waitFor()
  expect(await page.getByLabel('Passphrase of the file').count()).toBe(0)
  const make = page.getByRole('button', { name: 'Make a backup' })
  const path = await download(page, () => make.click(), folder.path)
  await drop(page, file('empty.backup'), file('page.backup'), path, file('closed.backup'))
  await page.getByText('Ignored: empty.backup, page.backup, closed.backup').waitFor()
  await page.getByLabel('Passphrase of the file').fill(PASSPHRASE)
  utimesSync(path, new Date(0), new Date(0))
  await page.getByRole('button', { name: 'Check the backup' }).click()
  await page.getByText(/The browser could not read this file: access was denied/).waitFor()
  await drop(page, path)
  await page.getByLabel('Passphrase of the file').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Check the backup' }).click()
  await page.getByText('The backup opens and every record in it is sound.').waitFor()
})

test('the page complained of nothing', () => {
  expect(app.complaints).toEqual([])
})
