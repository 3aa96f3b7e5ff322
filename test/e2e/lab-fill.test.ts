import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { drop } from './support/drag.ts'
import { chooseReady } from './support/lab.ts'
import { createVault, heading, issue, openCertificate, visit } from './support/operator.ts'
import { story } from '../support/story.ts'

// The lab's ends come from the vault, and from what a client printed of a server.

const next = story()
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Orbis Root' })
  const issuer = 'Orbis Root'
  await issue(app.page, {
    issuer,
    purpose: 'TLS server',
    name: 'api.orbis.example',
    names: 'api.orbis.example',
  })
  await issue(app.page, { issuer, purpose: 'TLS client', name: 'client.orbis.example' })
})
afterAll(() => app.close())

const outcome = (text: string): Promise<void> => app.page.getByRole('heading', { name: text }).waitFor()
const end = (name: 'Client' | 'Server') => app.page.getByRole('region', { name, exact: true })
const output = (name: string): string =>
  readFileSync(new URL(`../fixtures/mtls/output/${name}`, import.meta.url), 'utf8')

next('a CA is tried: the newest certificates below it are both ends, and trust its root', async () => {
  const { page } = app
  await openCertificate(page, 'Orbis Root')
  await page.getByRole('button', { name: 'Try it in the mTLS lab' }).click()
  await outcome('They connect')
  expect(new URL(page.url()).hash).toBe('#/lab')
  await end('Server').getByText('api.orbis.example').first().waitFor()
  await end('Client').getByText('client.orbis.example').first().waitFor()
  for (const name of ['Client', 'Server'] as const)
    expect(await end(name).locator('ol.trusts li').allInnerTexts()).toEqual(['Orbis Root'])
  expect(await page.getByLabel('Scenario', { exact: true }).locator('option:checked').innerText()).toBe(
    'From this vault: Orbis Root',
  )
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('a certificate of the vault is chosen for an end', async () => {
  const { page } = app
  await chooseReady(page, 'connects')
  await end('Client').locator('ol.sends').getByText('client.example.com').waitFor()
  await end('Client').getByRole('button', { name: 'From this vault…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Search').fill('client.orbis')
  await dialog.getByRole('button', { name: /api\.orbis/ }).waitFor({ state: 'hidden' })
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await dialog.getByRole('button', { name: /^client\.orbis\.example/ }).click()
  await end('Client').locator('ol.sends').getByText('client.orbis.example').waitFor()
  await end('Server').locator('ol.trusts').getByText('Orbis Root').waitFor()
  await outcome('They connect')
})

next('so is a root to trust', async () => {
  const { page } = app
  await end('Client').getByRole('button', { name: 'From this vault…' }).last().click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Orbis Root/ })
    .click()
  await end('Client').locator('ol.trusts').getByText('Orbis Root').waitFor()
})

next('output that is cut off is not read, and stays', async () => {
  const { page } = app
  const text = output('showcerts.txt')
  const cut = text.slice(0, text.indexOf('-----END'))
  await page.getByText('Fill the server from what a client printed').click()
  const field = page.getByLabel('Output of openssl s_client -showcerts')
  await field.fill(cut)
  await page.getByRole('button', { name: 'Fill the server' }).click()
  await page.getByText('The certificate that begins in line 14 has no end').waitFor()
  expect(await field.inputValue()).toBe(cut)
  await field.fill(output('curl.txt'))
  await page.getByRole('button', { name: 'Fill the server' }).click()
  await page.getByText('This is what curl prints: names, and no certificate.').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('output of openssl s_client becomes the server', async () => {
  const { page } = app
  await page.getByLabel('Output of openssl s_client -showcerts').fill(output('showcerts.txt'))
  await page.getByRole('button', { name: 'Fill the server' }).click()
  await page.getByText('The server sends 2 certificates, in the order of the text.').waitFor()
  await page.getByText(/lists 2 CAs/).waitFor()
  await page.getByText(/No certificate is here of/).waitFor()
  expect(await end('Server').locator('ol.sends li').allInnerTexts()).toEqual([
    expect.stringMatching(/^api\.example\.com, issued by/),
    expect.stringMatching(/^Example Server CA, issued by/),
  ])
  await outcome('The client refuses the server')
  await end('Client').getByText('Not proved: the key is not here.').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('a certificate is tried at the end that it is for', async () => {
  const { page } = app
  await openCertificate(page, 'api.orbis.example')
  await page.getByRole('button', { name: 'Try it in the mTLS lab' }).click()
  // The server that was filled is in no file.
  await page.getByRole('dialog').getByRole('button', { name: 'Replace it' }).click()
  await end('Server').locator('ol.sends').getByText('api.orbis.example').waitFor()
  await end('Client').locator('ol.sends').getByText('client.example.com').waitFor()
  await heading(page, 'mTLS lab').waitFor()
})

next('a key of the vault signs one handshake, after a question', async () => {
  const { page } = app
  await end('Client').getByText('Not proved: the key is not here.').waitFor()
  await end('Client').getByRole('button', { name: 'Prove it with the key in the vault…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign this handshake?' })
  await dialog.getByText(/whose random values and key shares it drew itself/).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Sign it' }).click()
  await end('Client').getByText('The key is proved by a signature over this handshake.').waitFor()
  await visit(page, '#/journal')
  await page.getByText('Handshake of the lab signed').first().waitFor()
})

next('a certificate that would not be refused is issued from there', async () => {
  const { page } = app
  await visit(page, '#/lab')
  await chooseReady(page, 'client-for-servers-only')
  await page
    .getByRole('button', { name: 'Issue a certificate with clientAuth for client.example.com…' })
    .click()
  const names = page.getByLabel('Names and addresses it is valid for')
  await names.waitFor()
  expect(await names.inputValue()).toBe('client.example.com')
  expect(new URL(page.url()).hash).toContain('profile=tlsClient')
})

next('a dropped key waits for its password, and goes with the lock', async () => {
  const { page } = app
  await visit(page, '#/lab')
  await heading(page, 'mTLS lab').waitFor()
  await drop(page, fileURLToPath(new URL('../fixtures/mtls/closed/server.p12', import.meta.url)))
  const field = page.getByLabel(/server\.p12/)
  await field.fill('another')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page
    .getByText(/password/i)
    .filter({ hasText: /wrong|does not|not/ })
    .first()
    .waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await field.fill('lab-password')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await field.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByText(/keys that you had added to the lab were dropped with it/).waitFor()
})
