import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect } from 'vitest'
import { download, startApp, temporaryFolder } from './support/app.ts'
import type { App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, fillIn, heading, issue, toReview, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

const next = story()
let app: App
const folder = temporaryFolder()

beforeAll(async () => {
  app = await startApp()
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await issue(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example Issuing CA' })
  await issue(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example List Signer' })
})
afterAll(async () => {
  expect(app.complaints).toEqual([])
  await app.close()
  folder.remove()
})

next('a certificate names another CA as the one that signs its lists', async () => {
  const { page } = app
  const name = 'api.example.com'
  await fillIn(page, { issuer: 'Example Issuing CA', purpose: 'TLS server', name, names: name })
  await page.getByText('More', { exact: true }).last().click()
  await page.getByText('Where to look for more', { exact: true }).click()
  await page.getByLabel('CRL addresses (CRL DP), one per line').fill('http://crl.example.com/indirect.crl')
  const signer = page.getByLabel('Its revocation lists are signed by')
  await signer.selectOption({ label: 'another one, by its name' })
  await page.getByLabel('Name of the one that signs the lists').waitFor()
  await screenshots(page, 'issue-list-signer')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await signer.selectOption({ label: 'CN=Example List Signer' })
  await toReview(page)
  const warnings = page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
  await page.getByText('CN=Example List Signer').first().waitFor()
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, / is issued$/).waitFor()
})

next('the list of the one that signs speaks for the other without being told', async () => {
  const { page } = app
  await openLists('Example Issuing CA')
  await page.getByRole('button', { name: 'Sign a list…' }).click()
  await page.getByText('The newest certificates of this CA say that').waitFor()
  await screenshots(page, 'sign-lists-elsewhere')
  await page.getByRole('button', { name: 'Cancel' }).click()

  await openLists('Example List Signer')
  await page.getByRole('button', { name: 'Sign a list…' }).click()
  await page.getByText('It also names what Example Issuing CA revoked.').waitFor()
  await page.getByLabel('The clock here is right').check()
  await screenshots(page, 'sign-lists-indirect')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  const path = await download(
    page,
    () => page.getByRole('button', { name: 'Sign the list' }).click(),
    folder.path,
  )
  const said = execFileSync('openssl', ['crl', '-inform', 'DER', '-in', path, '-noout', '-text']).toString()
  expect(said).toContain('Indirect CRL')
})

async function openLists(authority: string): Promise<void> {
  const { page } = app
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: authority, exact: true }).click()
  await heading(page, authority).waitFor()
  await page.getByRole('link', { name: 'Revocation lists' }).click()
  await heading(page, `Revocation lists of ${authority}`).waitFor()
}
