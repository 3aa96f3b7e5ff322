import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { life as words } from '../../src/messages/en/ui/renewal.ts'
import { scratch, succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { createVault, heading, issue, toReview, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// Renewal, replacement, going over to a new root, as a person does it.

const next = story()
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root' })
  await issue(app.page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example Issuing CA' })
  await issue(app.page, {
    issuer: 'Example Issuing CA',
    purpose: 'TLS server',
    name: 'api.example.com',
    names: 'api.example.com',
  })
})
afterAll(() => app.close())

const sound = (name: string): Promise<void> => expectSound(app.page, name)

async function openCertificate(name: string): Promise<void> {
  const { page } = app
  await visit(page, '#/inventory')
  await page.getByRole('link', { name, exact: true }).first().click()
  await heading(page, name).waitFor()
}

async function sign(button: RegExp | string): Promise<void> {
  const { page } = app
  await toReview(page)
  const warnings = page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
  await page.getByRole('button', { name: button }).click()
}

next('a server certificate is replaced, the old one revoked, and each leads to the other', async () => {
  const { page } = app
  await openCertificate('api.example.com')
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await heading(page, 'Renew api.example.com').waitFor()
  await page.getByRole('radio', { name: 'Replace: a new key is made here' }).check()
  await page.getByLabel('Revoke the old one when the new one is signed').check()
  await sound('renew-form')
  await page.getByRole('button', { name: 'Review it…' }).click()
  await page.getByRole('heading', { name: 'The new certificate' }).waitFor()
  await sound('renew-review')
  await page.getByRole('button', { name: 'Sign the new certificate' }).click()
  await heading(page, 'api.example.com is renewed').waitFor()
  await page.getByText('It is revoked. Sign a revocation list').waitFor()
  await sound('renewed')
  await page.getByRole('link', { name: 'See the new certificate' }).click()
  await page.getByRole('link', { name: 'See the one before' }).click()
  await page.getByText('another certificate has taken its place').waitFor()
  await page.getByRole('link', { name: 'See the one after it' }).waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'Renew or replace…' }).count()).toBe(0)
})

next('a root goes over to a new key, and the plan says what to install where and when', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await page.getByRole('link', { name: 'Example Root', exact: true }).click()
  await page.getByRole('link', { name: 'Renew or replace…' }).click()
  await heading(page, 'Renew Example Root').waitFor()
  await page.getByRole('radio', { name: 'A new key: the two roots certify each other' }).check()
  await page.getByLabel('How long').selectOption('years:20')
  await sign('Sign 3 certificates')
  await heading(page, 'Example Root is renewed').waitFor()
  await page.getByText('Do not revoke it: the plan says when it can be retired.').waitFor()
  await page.getByRole('link', { name: 'See what to install where and when' }).click()
  await heading(page, 'Rollover to a new key: Example Root').waitFor()
  await page.getByRole('heading', { name: 'Old with new' }).waitFor()
  // What is to be done today is not past.
  expect(await page.locator('main li.past').count()).toBe(0)
  await sound('rollover-plan')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as HTML' }).click()
  const html = readFileSync(await (await saving).path(), 'utf8')
  expect(html.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(4)
  expect(html).toContain('Give the new root to the clients')
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'Example Root', exact: true }).count()).toBe(2)
})

next('all that a search finds is replaced after a preview that says what is left out', async () => {
  const { page } = app
  await visit(page, '#/batch')
  await page
    .getByLabel('The table')
    .fill('commonName,dns\na.fleet.test,a.fleet.test\nb.fleet.test,b.fleet.test')
  await page.getByRole('button', { name: 'Read the table' }).click()
  await page.getByLabel('What happens to the keys').selectOption({ label: 'Keep it sealed in the vault' })
  await page.getByLabel('Who signs it').selectOption({ label: 'Example Issuing CA' })
  await page.getByRole('button', { name: 'Sign 2 certificates' }).click()
  await page.getByText('2 certificates issued and stored.').waitFor()
  await visit(page, '#/inventory?search=e')
  await page.getByText('Renew, replace or revoke everything found').click()
  await page.getByRole('button', { name: 'Replace…' }).click()
  await heading(page, 'Replace many certificates').waitFor()
  await page.getByText('3 certificates will be replaced.').waitFor()
  await page.getByText('Example Issuing CA is a CA.').first().waitFor()
  await page.getByText('was renewed before').first().waitFor()
  await sound('bulk-preview')
  await page.getByLabel('Revoke the old ones in the same step').check()
  await page.getByRole('button', { name: 'Replace 3 certificates' }).click()
  await heading(page, '3 certificates replaced').waitFor()
  await sound('bulk-done')
  await visit(page, '#/bulk')
  await heading(page, '3 certificates replaced').waitFor()
})

next('before a CA is revoked, the dialog says what becomes invalid with it', async () => {
  const { page } = app
  await openCertificate('Example Issuing CA')
  await page.getByRole('heading', { name: 'What depends on this CA' }).waitFor()
  await page.getByText(words.dependents.below(3, 0)).waitFor()
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('dialog').getByText(words.dependents.fall(3, 0)).waitFor()
  await page.getByRole('dialog').getByText('Which ones').click()
  await sound('dependents')
  await page.getByRole('button', { name: 'Cancel' }).click()
})

next('a CA from outside is certified below ours within limits', async () => {
  const { page } = app
  const { path, file } = scratch()
  await succeed('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3000'],
    ...['-subj', '/O=Partner GmbH/CN=Partner Root', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-keyout', join(path, 'partner.key'), '-out', join(path, 'partner.pem')],
  ])
  await visit(page, '#/cross')
  await heading(page, 'Certify another CA').waitFor()
  await page.getByLabel('Or paste it as text').fill('nothing of the kind')
  await page.getByRole('button', { name: 'Read it' }).click()
  await page.getByText('It contains no certificate and no request.').waitFor()
  await sound('cross-empty')
  await page.setInputFiles('input[type=file]', file('ca.pem', readFileSync(join(path, 'partner.pem'))))
  await page.getByText('Its own signature verifies with the key in it.').waitFor()
  await page.getByLabel('Only these names may be issued below it').fill('partner.example')
  await sound('cross-form')
  await toReview(page)
  const warnings = page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
  await sound('cross-review')
  await page.getByRole('button', { name: 'Sign the cross-certificate' }).click()
  await heading(page, 'Partner Root').waitFor()
  await visit(page, '#/hierarchy')
  await page.getByRole('link', { name: 'Partner Root' }).waitFor()
})

next('a review that cannot be signed has one next step: back, to change what is named', async () => {
  const { page } = app
  const { path, file } = scratch()
  await succeed('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:512', '-nodes', '-subj', '/CN=Weak Root'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-keyout', join(path, 'weak.key'), '-out', join(path, 'weak.pem')],
  ])
  await visit(page, '#/cross')
  await page.setInputFiles('input[type=file]', file('weak.pem', readFileSync(join(path, 'weak.pem'))))
  await page.getByRole('button', { name: 'Review it…' }).click()
  await page.getByText('This cannot be signed').waitFor()
  await sound('cross-refused')
  expect(await page.locator('main .button.primary').allInnerTexts()).toEqual(['Change something'])
  await page.getByRole('button', { name: 'Change something' }).click()
  await page.getByRole('button', { name: 'Review it…' }).waitFor()
})

next('the hierarchy can be looked at on another day, and a revoked CA is shown as such', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  const tree = page.getByRole('list', { name: 'Certificate authorities' })
  const card = tree.getByRole('listitem').filter({ hasText: 'Example Issuing CA' }).last()
  await page.getByLabel('See another day').fill('2037-01-01')
  await page.getByText('As of 2037-01-01 00:00 UTC').waitFor()
  await card.getByText('Expired').waitFor()
  await page.getByText(/certificates expired/).waitFor()
  await sound('as-of')
  await page.getByLabel('See another day').fill('2026-01-01')
  await card.getByText('Not valid yet').waitFor()
  await page.getByRole('button', { name: 'To the next change of a CA' }).click()
  await page.getByRole('button', { name: 'Back to today' }).click()
  await card.getByText('Valid', { exact: true }).waitFor()
  await openCertificate('Example Issuing CA')
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke it' }).click()
  await visit(page, '#/hierarchy')
  await card.getByText('Revoked', { exact: true }).waitFor()
  await openCertificate('a.fleet.test')
  const main = page.locator('main')
  await main.getByText('Its CA is revoked').first().waitFor()
  expect(await main.getByRole('article').first().getByText('Valid', { exact: true }).count()).toBe(0)
  await visit(page, '#/inventory?search=fleet.test&state=broken')
  await main.getByRole('cell', { name: 'Its CA is revoked' }).first().waitFor()
})

next(
  'what a revoked CA issued is left out of many until that is accepted, and the page says so',
  async () => {
    const { page } = app
    await issue(page, { name: 'Other Root' })
    await issue(page, {
      ...{ issuer: 'Other Root', purpose: 'TLS server', name: 'd.fleet.test', names: 'd.fleet.test' },
    })
    await visit(page, '#/inventory?search=fleet.test')
    await page.getByText('Renew, replace or revoke everything found').click()
    await page.getByRole('button', { name: 'Replace…' }).click()
    await page.getByText('1 certificate will be replaced.').waitFor()
    await page.getByText(/certificates are left out until you accept this/).waitFor()
    await page.getByText('Left out, until you accept the warning.').first().waitFor()
    await sound('bulk-below-revoked')
    const accept = page.getByLabel('I have read it and want to sign')
    await accept.check()
    expect(await page.getByText('Left out, until you accept the warning.').count()).toBe(0)
    await accept.uncheck()
    await page.getByRole('button', { name: 'Replace 1 certificate', exact: true }).click()
    await heading(page, '1 certificate replaced').waitFor()
    await page.getByText(/left out: the warning about them was not accepted/).waitFor()
    await sound('bulk-done-below-revoked')
  },
)

next('nothing was complained about', () => {
  expect(app.complaints).toEqual([])
})
