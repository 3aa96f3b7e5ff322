import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import {
  checkRecords,
  createVault,
  fillIn,
  heading,
  issue,
  lockAndUnlock,
  openCertificate,
  ownPassphrase,
  reveal,
  toReview,
  visit,
} from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// A CA whose key has a passphrase of its own, through renewal and a new key; and keys that are handed out.

const next = story()
const OWN = 'a passphrase for this key alone'
const NEXT = 'another one for the new key'
let app: App
const folder = temporaryFolder()
beforeAll(async () => {
  app = await startApp()
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await fillIn(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Guarded CA' })
  await page.getByText('Key', { exact: true }).click()
  await ownPassphrase(page).check()
  await toReview(page)
  await choosePassphrase(OWN)
  await acknowledge()
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, / is issued$/).waitFor()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

async function choosePassphrase(passphrase: string): Promise<void> {
  const fields = app.page.locator('main input[type=password]')
  await fields.nth(1).waitFor()
  await fields.nth(0).fill(passphrase)
  await fields.nth(1).fill(passphrase)
}

async function acknowledge(): Promise<void> {
  const warnings = app.page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
}

/** The passphrase is asked for before one signs; a wrong one costs nothing that was prepared. */
async function signWithKey(button: string, name: string, passphrase: string, picture: string): Promise<void> {
  const { page } = app
  const sign = page.getByRole('button', { name: button })
  const field = page.getByLabel(`Passphrase of the key of ${name}`, { exact: true })
  await field.waitFor()
  expect(await sign.isDisabled()).toBe(true)
  await expectSound(page, picture)
  await page.getByLabel('Remark for the journal').fill('read aloud')
  await field.fill('wrong')
  await sign.click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Remark for the journal').inputValue()).toBe('read aloud')
  await field.fill(passphrase)
  await sign.click()
}

next(
  'a key with a passphrase of its own is closed after a lock; who wants to sign opens it right there',
  async () => {
    const { page } = app
    await lockAndUnlock(page)
    await fillIn(page, {
      issuer: 'Guarded CA',
      purpose: 'TLS server',
      name: 'api.example.com',
      names: 'api.example.com',
    })
    await toReview(page)
    await signWithKey('Sign the certificate', 'Guarded CA', OWN, 'own-passphrase-closed')
    await heading(page, 'api.example.com is issued').waitFor()
  },
)

next('the journal has the key opened and closed, and the remark with what was signed', async () => {
  const { page } = app
  await visit(page, '#/journal')
  const rows = page.locator('tbody tr')
  await rows.filter({ hasText: 'Key of a CA closed' }).first().waitFor()
  const said = (await rows.allInnerTexts()).slice(0, 4).map((text) => text.replace(/\s+/g, ' ').trim())
  expect(said[0]).toMatch(/Key of a CA closed Guarded CA$/)
  expect(said[1]).toMatch(/Certificate issued api\.example\.com · \S+ read aloud$/)
  expect(said[2]).toMatch(/Key of a CA opened Guarded CA with the passphrase “.*\([0-9a-f]{8}\)”$/)
  expect(said[3]).toMatch(/Passphrase of a CA key refused Guarded CA wrong passphrase$/)
  await expectSound(page, 'journal-keys')
})

next('a renewal that keeps the key leaves it under its own passphrase', async () => {
  const { page } = app
  await openCertificate(page, 'Guarded CA')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await heading(page, 'Renew Guarded CA').waitFor()
  await toReview(page)
  await acknowledge()
  await page.getByRole('button', { name: 'Sign the new certificate' }).click()
  await heading(page, 'Guarded CA is renewed').waitFor()
  await lockAndUnlock(page)
  await openCertificate(page, 'api.example.com')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await toReview(page)
  await acknowledge()
  await signWithKey('Sign the new certificate', 'Guarded CA', OWN, 'own-passphrase-renewal')
  await heading(page, 'api.example.com is renewed').waitFor()
})

next('many are replaced with a key that was closed until then', async () => {
  const { page } = app
  await lockAndUnlock(page)
  await visit(page, '#/inventory?search=api.example.com')
  await page.getByLabel('Select api.example.com').first().check()
  await page.getByRole('button', { name: 'Replace…' }).click()
  await heading(page, 'Replace many certificates').waitFor()
  await page.getByText('1 certificate will be replaced.').waitFor()
  const replace = page.getByRole('button', { name: 'Replace 1 certificate' })
  expect(await replace.isDisabled()).toBe(true)
  await expectSound(page, 'own-passphrase-bulk')
  await page.getByLabel('Passphrase of the key of Guarded CA').fill(OWN)
  await replace.click()
  await heading(page, '1 certificate replaced').waitFor()
})

next('a key that was opened for longer stays open until it is closed', async () => {
  const { page } = app
  await openCertificate(page, 'Guarded CA')
  await page.getByRole('button', { name: 'Open its key…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Passphrase of this key').fill(OWN)
  await dialog.getByRole('button', { name: 'Open the key' }).click()
  await page.getByRole('button', { name: 'Close its key' }).click()
  await page.getByRole('button', { name: 'Open its key…' }).waitFor()
})

next('a new key gets a passphrase of its own, and the old one still opens the old key', async () => {
  const { page } = app
  await openCertificate(page, 'Guarded CA')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await heading(page, 'Renew Guarded CA').waitFor()
  await page.getByRole('radio', { name: 'A new key: another CA of the same name' }).check()
  await ownPassphrase(page).check()
  await toReview(page)
  await acknowledge()
  const sign = page.getByRole('button', { name: 'Sign the new certificate' })
  expect(await sign.isDisabled()).toBe(true)
  await choosePassphrase(NEXT)
  await sign.click()
  await heading(page, 'Guarded CA is renewed').waitFor()
  await lockAndUnlock(page)
  await fillIn(page, {
    issuer: 'Guarded CA (new key)',
    purpose: 'TLS server',
    name: 'new.example.com',
    names: 'new.example.com',
  })
  await toReview(page)
  const field = page.getByLabel('Passphrase of the key of Guarded CA (new key)')
  await field.fill(OWN)
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await page.getByRole('alert').waitFor()
  await field.fill(NEXT)
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, 'new.example.com is issued').waitFor()
  await checkRecords(page)
})

next(
  'the new key of a replaced certificate is handed out once, under its passphrase, and OpenSSL opens it',
  async () => {
    const { page } = app
    await openCertificate(page, 'new.example.com')
    await page.getByRole('link', { name: 'Renew or replace…' }).click()
    await page.getByRole('radio', { name: 'Replace: a new key is made here' }).check()
    await page.getByRole('radio', { name: /PKCS#12/ }).check()
    await toReview(page)
    await acknowledge()
    await page.getByLabel('Passphrase of the key of Guarded CA (new key)').fill(NEXT)
    await choosePassphrase('for the file')
    await page.getByRole('button', { name: 'Sign the new certificate' }).click()
    await heading(page, 'new.example.com is renewed').waitFor()
    await expectSound(page, 'handed-out')
    const save = page.getByRole('button', { name: /^Save the key/ })
    const path = await download(page, () => save.click(), folder.path)
    await expectPair(path, 'for the file')
  },
)

next('right after a replacement the sealed key is handed out with its certificate', async () => {
  const { page } = app
  await openCertificate(page, 'api.example.com')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await page.getByRole('radio', { name: 'Replace: a new key is made here' }).check()
  await toReview(page)
  await acknowledge()
  await page.getByLabel('Passphrase of the key of Guarded CA (new key)').fill(NEXT)
  await page.getByRole('button', { name: 'Sign the new certificate' }).click()
  await heading(page, 'api.example.com is renewed').waitFor()
  const what = page.getByLabel('What', { exact: true })
  await reveal(what, page.getByText('Other formats and the key'))
  await what.selectOption('pkcs12')
  await choosePassphrase('for the file')
  const path = await download(
    page,
    () => page.getByRole('button', { name: 'Download', exact: true }).click(),
    folder.path,
  )
  await expectPair(path, 'for the file')
})

/** The key in the PKCS#12 is that of the certificate in it. */
async function expectPair(path: string, password: string): Promise<void> {
  const open = ['pkcs12', '-in', path, '-passin', `pass:${password}`]
  const { stdout: certificate } = await succeed('openssl', [...open, '-clcerts', '-nokeys'])
  const { stdout: key } = await succeed('openssl', [...open, '-nocerts', '-noenc'])
  writeFileSync(join(folder.path, 'out.pem'), certificate)
  writeFileSync(join(folder.path, 'out.key'), key)
  const named = await succeed('openssl', ['x509', '-in', join(folder.path, 'out.pem'), '-noout', '-pubkey'])
  const given = await succeed('openssl', ['pkey', '-in', join(folder.path, 'out.key'), '-pubout'])
  expect(given.stdout).toBe(named.stdout)
}

next('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
