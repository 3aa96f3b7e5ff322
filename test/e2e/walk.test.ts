import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { NEW_P256 } from '../support/outside-ca.ts'
import { succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import {
  compareRequests,
  checkRecords,
  createVault,
  fillIn,
  heading,
  issue,
  lockAndUnlock,
  openCertificate,
  ownPassphrase,
  toReview,
  validatePasted,
  visit,
} from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// One walk through the life of a root whose key has a passphrase of its own: each step stands on those before it.

const next = story()
const OWN = 'the passphrase of the first key'
const NEXT = 'the passphrase of the second key'
const NEW_ROOT = 'Walk Root (new key)'

let app: App
const folder = temporaryFolder()
let newRootPage = ''
/** What was taken out on the way, as PEM. */
const taken = { root: '', server: '', outside: '', list: '' }

beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

async function review(): Promise<void> {
  await toReview(app.page)
  const warnings = app.page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
}

async function choosePassphrase(passphrase: string): Promise<void> {
  const fields = app.page.locator('main input[autocomplete=new-password]')
  await fields.nth(1).waitFor()
  await fields.nth(0).fill(passphrase)
  await fields.nth(1).fill(passphrase)
}

async function take(button: 'Certificate, PEM' | 'Chain, PEM'): Promise<string> {
  const { page } = app
  const save = page.getByRole('button', { name: button })
  return readFileSync(await download(page, () => save.click(), folder.path), 'utf8')
}

next('a root is made, its key under a passphrase of its own', async () => {
  const { page } = app
  await fillIn(page, { name: 'Walk Root' })
  await page.getByText('Key', { exact: true }).click()
  await ownPassphrase(page).check()
  await review()
  await choosePassphrase(OWN)
  await page.getByRole('button', { name: 'Make the root' }).click()
  await heading(page, 'Walk Root is issued').waitFor()
})

next(
  'after a lock it goes over to a new key: the old one asks for its passphrase, the new one gets its own',
  async () => {
    const { page } = app
    await lockAndUnlock(page)
    await openCertificate(page, 'Walk Root')
    await page.getByRole('link', { name: 'Renew or replace…' }).click()
    await heading(page, 'Renew Walk Root').waitFor()
    await page.getByRole('radio', { name: 'A new key: the two roots certify each other' }).check()
    await ownPassphrase(page).check()
    await review()
    await choosePassphrase(NEXT)
    const sign = page.getByRole('button', { name: 'Sign 3 certificates' })
    expect(await sign.isDisabled()).toBe(true)
    await page.getByLabel('Passphrase of the key of Walk Root').fill(OWN)
    await sign.click()
    await heading(page, 'Walk Root is renewed').waitFor()
    await page.getByRole('link', { name: 'See the new certificate' }).click()
    await heading(page, 'Walk Root').waitFor()
    newRootPage = new URL(page.url()).hash
    taken.root = await take('Certificate, PEM')
  },
)

next('an intermediate is signed by the new key, and a server below it', async () => {
  const { page } = app
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  await lockAndUnlock(page)
  await fillIn(page, { issuer: NEW_ROOT, purpose: 'Intermediate', name: 'Walk Issuing CA' })
  await review()
  await page.getByLabel(`Passphrase of the key of ${NEW_ROOT}`).fill(NEXT)
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, 'Walk Issuing CA is issued').waitFor()
  await issue(page, {
    issuer: 'Walk Issuing CA',
    purpose: 'TLS server',
    name: 'www.walk.test',
    names: 'www.walk.test',
  })
  await openCertificate(page, 'www.walk.test')
  taken.server = await take('Chain, PEM')
})

next('a CA from elsewhere asks, and the new key certifies it', async () => {
  const { page } = app
  const csr = join(folder.path, 'outside.csr')
  await succeed(
    'openssl',
    ['req', '-new', ...NEW_P256, 'outside.key', '-subj', '/CN=Outside CA', '-out', csr],
    {
      cwd: folder.path,
    },
  )
  await visit(page, '#/certify')
  await page.getByLabel('Choose files…').setInputFiles(csr)
  await page.getByRole('heading', { name: '1 request' }).waitFor()
  await page.getByLabel('Who signs it').selectOption({ label: NEW_ROOT })
  await page.getByLabel('Profile', { exact: true }).selectOption('intermediate')
  await page.getByRole('button', { name: 'Show what it would get' }).click()
  await page.getByLabel(`Passphrase of the key of ${NEW_ROOT}`).fill(NEXT)
  await screenshots(page, 'walk-certify')
  await compareRequests(page)
  await page.getByRole('button', { name: 'Sign 1 certificate' }).click()
  await page.getByText('1 certificate signed and stored').waitFor()
  await openCertificate(page, 'Outside CA')
  taken.outside = await take('Chain, PEM')
})

next('both chains end at the new root, here and with OpenSSL', async () => {
  const { page } = app
  writeFileSync(join(folder.path, 'root.pem'), taken.root)
  for (const [name, chain] of [
    ['server', taken.server],
    ['outside', taken.outside],
  ] as const) {
    writeFileSync(join(folder.path, `${name}.pem`), chain)
    const args = ['verify', '-CAfile', 'root.pem', '-untrusted', `${name}.pem`, `${name}.pem`]
    expect((await succeed('openssl', args, { cwd: folder.path })).stdout).toContain(`${name}.pem: OK`)
  }
  await validatePasted(page, taken.outside + taken.root)
  await page.getByLabel('CN=Walk Root, from what you added').check()
  await page.getByText(/^Valid\./).waitFor()
})

next('it is revoked, and the list that says so is signed with the new key', async () => {
  const { page } = app
  await openCertificate(page, 'Outside CA')
  await page.getByRole('button', { name: 'Revoke…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').selectOption('cessationOfOperation')
  await dialog.getByRole('button', { name: 'Revoke it' }).click()
  await page.getByText('Revoked on').waitFor()
  await visit(page, newRootPage)
  await heading(page, 'Walk Root').waitFor()
  await page.getByRole('link', { name: 'Revocation lists' }).click()
  await heading(page, 'Revocation lists of Walk Root').waitFor()
  await page.getByRole('button', { name: 'Sign a list…' }).click()
  await page.getByText('It names 1 certificate.').waitFor()
  await page.getByLabel('The clock here is right').check()
  await page.getByLabel(`Passphrase of the key of ${NEW_ROOT}`).fill(NEXT)
  const path = await download(
    page,
    () => page.getByRole('button', { name: 'Sign the list' }).click(),
    folder.path,
  )
  taken.list = encodePem('X509 CRL', readFileSync(path))
})

next(
  'with that list the chain is refused and it is said to be revoked; the other chain still holds',
  async () => {
    const { page } = app
    await validatePasted(page, taken.outside + taken.root + taken.list)
    await page.getByLabel('CN=Walk Root, from what you added').check()
    await page.getByText(/^Not valid/).waitFor()
    await page
      .getByText(/Outside CA was revoked on/)
      .first()
      .waitFor()
    await screenshots(page, 'walk-revoked')
    await validatePasted(page, taken.server + taken.root + taken.list)
    await page.getByLabel('CN=Walk Root, from what you added').check()
    await page.getByText(/^Valid\./).waitFor()
  },
)

next('all of it is sound, and the journal tells it', async () => {
  const { page } = app
  await checkRecords(page)
  await visit(page, '#/journal')
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/entries verified/).waitFor()
  expect(app.complaints).toEqual([])
})
