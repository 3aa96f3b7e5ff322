import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { opensslCa, type OpensslCa } from '../support/ca-folder.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// A CA of openssl comes in through the page, and issuing goes on.

const next = story()
let app: App
let ca: OpensslCa
const cwd = mkdtempSync(join(tmpdir(), 'rootcellar-import-'))
beforeAll(async () => {
  ca = await opensslCa(cwd, { password: 'geheim 123' })
  for (const name of ['a', 'b', 'c']) await ca.issue(`${name}.example.com`)
  await ca.revoke('1001', '-crl_reason', 'superseded')
  rmSync(join(cwd, 'newcerts', '1001.pem'))
  await ca.openssl('genpkey', '-algorithm', 'ed25519', '-out', join(cwd, 'lone.pem'))
  writeFileSync(join(cwd, 'broken.crt'), '-----BEGIN CERTIFICATE-----\nMII!\n-----END CERTIFICATE-----\n')
  app = await startApp()
  await createVault(app.page)
})
afterAll(async () => {
  await app.close()
  rmSync(cwd, { recursive: true, force: true })
})

next('before anything is read, the page says what to do', async () => {
  const { page } = app
  await page.getByRole('link', { name: 'Bring in…' }).click()
  await heading(page, 'Bring in').waitFor()
  await page.getByText('How to get everything out of another tool').click()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'import-empty')
})

next('a folder is read, its closed key opened, and what it holds shown before it is stored', async () => {
  const { page } = app
  await page.getByLabel('Choose a folder…').setInputFiles(cwd)
  await page.getByLabel('Bring in Old CA').waitFor()
  await page.getByText('its key is not here, or in a closed file').waitFor()
  await page.getByText('Protected with a password').waitFor()
  const password = page.getByLabel(/^Password of .*cakey\.pem/)
  await password.fill('wrong')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('The password does not open this PKCS#8').waitFor()
  await screenshots(page, 'import-locked')
  await password.fill('geheim 123')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('A new CA, with its key').waitFor()
  await page.getByText('1 entry in the database without its certificate').click()
  await page.getByText('Show them').click()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'import-plan')
})

next('it is stored, and says what comes next', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Bring in 1 CA and 2 certificates' }).click()
  await page.getByText('Brought in: 1 CA, 2 certificates, 1 key and 1 request.').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'import-done')
  await page.getByRole('link', { name: 'Look at the hierarchy' }).click()
  await heading(page, 'The hierarchy').waitFor()
  await page.getByText('Old CA').first().waitFor()
})

next('the CA that came issues', async () => {
  const { page } = app
  await issue(page, {
    issuer: 'Old CA',
    purpose: 'TLS server',
    name: 'new.example.com',
    names: 'new.example.com',
  })
  expect(app.complaints).toEqual([])
})

next('a lock forgets what was read, and says so', async () => {
  const { page } = app
  await visit(page, '#/import')
  await page.getByRole('button', { name: 'Bring in more' }).click()
  await page.locator('summary', { hasText: 'Or as text' }).click()
  await page
    .getByRole('textbox', { name: 'Or as text' })
    .fill(await ca.openssl('genpkey', '-algorithm', 'ed25519'))
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.getByText('1 private key that belongs to nothing here').waitFor()
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horses eat lemon bread')
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await page.getByText('everything read was discarded').waitFor()
})
