import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { endEntity, intermediate, pem, root } from '../support/chain.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { createVault, fillIn, heading, issue, toReview, validatePasted, visit } from './support/operator.ts'

// What a screen reader has of each page: names, states and order. What differs each time (hashes, serial numbers, dates,
// the words of a key) is left out. After a change that is meant: npx vitest run --project e2e read-aloud -u

const NOW = Date.now()
const inDays = (days: number): Date => new Date(NOW + days * 86_400_000)

let app: App
let vault: Page
let newcomer: Page
beforeAll(async () => {
  app = await startApp()
  vault = app.page
  newcomer = await app.newVisitor()
  await createVault(vault)
  await issue(vault, { name: 'Example Root' })
  await issue(vault, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example CA' })
  await issue(vault, {
    issuer: 'Example CA',
    purpose: 'TLS server',
    name: 'www.example.com',
    names: 'www.example.com\n10.0.0.1',
  })
})
afterAll(() => app.close())

const steady = (text: string): string =>
  text
    .replace(/[0-9a-f]{32,64}/g, 'ID')
    .replace(/\b[0-9A-F]{2}(:[0-9A-F]{2}){7,}/g, 'OCTETS')
    .replace(/\b[0-9a-f]{6,8}…[0-9a-f]{4,8}/g, 'SHORTENED')
    .replace(/\b([0-9a-f]{4} ){3,}[0-9a-f]{4}\b/g, 'GROUPS')
    .replace(/\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?/g, 'DATE')
    .replace(/\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}/g, 'DAY')
    .replace(/\b20\d\d\b/g, 'YEAR')
    .replace(/in \d+ (minutes|min|h)\b/g, 'in N')
    .replace(/[\d,]+ iterations/g, 'N iterations')
    .replace(/[A-Za-z0-9+/]{43}=/g, 'BASE64')
    .replace(/Key seal: [a-z ]+/g, 'Key seal: WORDS')
    .replace(/"\d{13}"/g, 'MILLISECONDS')

async function hold(page: Page, name: string): Promise<void> {
  await expect(steady(await page.locator('body').ariaSnapshot())).toMatchFileSnapshot(
    `read-aloud/${name}.txt`,
  )
}

test('the first page, and the one that makes a vault', async () => {
  await visit(newcomer, '#/')
  await heading(newcomer, /lives in this page/).waitFor()
  await hold(newcomer, 'first')
  await visit(newcomer, '#/create')
  await heading(newcomer, 'Create a vault').waitFor()
  await hold(newcomer, 'create')
})

test('an answer: the fault, the fix, the gap in the chain', async () => {
  const dates = { notBefore: inDays(-30), notAfter: inDays(3000) }
  const top = await root({ ...dates, subject: 'CN=Example Root' })
  const ca = await intermediate(top, { ...dates, subject: 'CN=Example Issuing CA' })
  await validatePasted(newcomer, pem(await endEntity(ca, { ...dates, subject: 'CN=www.example.com' }), top))
  const main = newcomer.getByRole('main')
  await main.locator('.banner').waitFor()
  await main.getByRole('heading', { name: 'Would others accept it?' }).waitFor()
  await hold(newcomer, 'answer')
})

test.each([
  ['hierarchy', '#/hierarchy', 'The hierarchy', 'Example CA'],
  ['inventory', '#/inventory', 'Everything issued', 'www.example.com'],
  ['lists', '#/lists', 'Revocation lists', 'Example CA'],
  ['requests', '#/requests', 'Requests', 'No requests yet.'],
  ['certify', '#/certify', 'Certify requests', 'Choose files…'],
  ['batch', '#/batch', 'Issue many at once', 'The table'],
  ['import', '#/import', 'Bring in', 'Choose a folder…'],
  ['backup', '#/backup', 'Backup', 'Make a backup'],
  ['root', '#/issue?profile=root', 'Make a root', 'How long'],
] as const)('%s', async (name, address, title, there) => {
  await visit(vault, address)
  await heading(vault, title).waitFor()
  await vault.getByRole('main').getByText(there).filter({ visible: true }).first().waitFor()
  await hold(vault, name)
})

test('a certificate is issued: the form, the review', async () => {
  await fillIn(vault, { issuer: 'Example CA', purpose: 'TLS client', name: 'ada' })
  await hold(vault, 'issue')
  await toReview(vault)
  await hold(vault, 'review')
  await visit(vault, '#/issue')
  // What is begun is named on every page.
  await vault.getByRole('button', { name: 'Start over' }).click()
  await vault.getByRole('list', { name: 'Not finished yet' }).waitFor({ state: 'detached' })
})

test('a certificate of the vault', async () => {
  await visit(vault, '#/inventory?search=www')
  await vault.getByRole('main').getByRole('link', { name: 'www.example.com', exact: true }).click()
  await heading(vault, 'www.example.com').waitFor()
  await vault.getByRole('heading', { name: 'Fingerprints' }).waitFor()
  await hold(vault, 'certificate')
})
