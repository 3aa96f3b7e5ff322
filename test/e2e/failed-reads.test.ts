import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Method } from '../../src/border/protocol.ts'
import { endEntity, pem, root } from '../support/chain.ts'
import { ready } from '../support/site.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { failing, holding, preparedToFail, PROVOKED } from './support/failing.ts'
import {
  createVault,
  heading,
  issue,
  openCertificate,
  PASSPHRASE,
  unlock,
  validatePasted,
  visit,
} from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// What a page reads may fail, as any disk does: the page says so, keeps what was there, and reads it again when asked.

let app: App
let page: Page
/** Addresses by the names used below. */
const at = new Map<string, string>()
beforeAll(async () => {
  app = await startApp()
  page = await app.context.newPage()
  await preparedToFail(page)
  await page.goto(app.site.url)
  await ready(page)
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await issue(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example CA' })
  await issue(page, {
    issuer: 'Example CA',
    purpose: 'TLS server',
    name: 'api.example.com',
    names: 'api.example.com',
  })
  await openCertificate(page, 'Example CA')
  at.set('the CA', new URL(page.url()).hash)
  const lists = await page.locator('main a[href^="#/lists/"]').first().getAttribute('href')
  at.set('its lists', lists!).set('its responses', lists!.replace('lists', 'ocsp'))
  await openCertificate(page, 'api.example.com')
  const server = new URL(page.url()).hash
  at.set('the server', server).set('its renewal', server.replace('certificate', 'renew'))
  at.set('beside the inventory', server.replace('certificate', 'inventory'))
  at.set('as issued', server.replace('certificate', 'issued'))
  await visit(page, '#/make-request')
  await page.getByLabel('Name', { exact: true }).fill('asked.example.com')
  await page.getByLabel('Names and addresses it is valid for').fill('asked.example.com')
  await page.getByRole('button', { name: 'Make the request' }).click()
  await heading(page, /^Request for/).waitFor()
  at.set('the request', new URL(page.url()).hash)
})
afterAll(() => app.close())

/** Opens the vault afresh, so that nothing has been read yet, on a page that reads nothing. */
async function afresh(failed: readonly Method[]): Promise<void> {
  await visit(page, '#/recipe')
  await page.reload()
  await ready(page)
  await failing(page, failed)
  await visit(page, '#/backup')
  await unlock(page)
  await heading(page, 'Backup').waitFor()
}

const alert = () => page.getByRole('main').getByRole('alert').filter({ hasText: PROVOKED })

/** Answers again, and asks in the same moment: whatever is read anew by itself would take the button away first. */
const again = (): Promise<void> =>
  alert()
    .first()
    .getByRole('button', { name: 'Try again' })
    .evaluate((button: HTMLButtonElement) => {
      ;(globalThis as { failing?: readonly string[] }).failing = []
      button.click()
    })

test.each([
  ['authority.tree', '#/hierarchy', 'Example CA'],
  ['hierarchy.ends', '#/hierarchy', 'Example CA'],
  ['list.overview', '#/hierarchy', 'Example CA'],
  ['certificate.list', '#/inventory', 'api.example.com'],
  ['inventory.facets', '#/inventory', 'api.example.com'],
  ['certificate.detail', 'beside the inventory', 'Open the page of this certificate'],
  ['certificate.detail', 'the server', 'Download'],
  ['certificate.read', 'the server', 'Download'],
  ['authority.dependents', 'the CA', '1 valid certificate is below it.'],
  ['certificate.detail', 'as issued', 'Key and chain'],
  ['certificate.detail', 'its renewal', 'Renew: the key stays'],
  ['algorithms.supported', 'its renewal', 'Renew: the key stays'],
  ['journal.list', '#/journal', 'Vault created'],
  ['list.overview', '#/lists', 'Example CA'],
  ['list.all', 'its lists', 'No list has been signed here yet.'],
  ['response.plan', 'its responses', 'Who signs them'],
  ['profile.list', '#/profiles', 'Time stamping'],
  ['profile.list', '#/issue', 'Time stamping'],
  ['algorithms.supported', '#/issue', 'Time stamping'],
  ['profile.list', '#/make-request', 'Time stamping'],
  ['profile.list', '#/batch', 'The table'],
  ['request.list', '#/requests', 'asked.example.com'],
  ['request.detail', 'the request', 'Waiting for its certificate'],
] as const)('%s fails on %s: it is said, and read again when asked', async (method, place, there) => {
  await afresh([method])
  await visit(page, at.get(place) ?? place)
  await alert().first().waitFor()
  await again()
  await alert().first().waitFor({ state: 'detached' })
  await page.getByRole('main').getByText(there).filter({ visible: true }).first().waitFor()
})

test.each([
  ['certificate.list', '#/inventory', 'Reading the inventory'],
  ['journal.list', '#/journal', 'Reading the journal'],
  ['request.list', '#/requests', 'Reading the requests'],
  ['list.overview', '#/lists', 'Reading the lists'],
] as const)('while %s is not answered, %s says what is being done', async (method, address, said) => {
  await afresh([])
  await holding(page, [method])
  await visit(page, address)
  await page.getByRole('main').getByRole('status').filter({ hasText: said }).waitFor()
  await holding(page, [])
})

test('without the hierarchy every other page still shows what it has, and says what is missing', async () => {
  await afresh(['authority.tree'])
  for (const [address, there] of [
    ['#/inventory', 'api.example.com'],
    ['#/journal', 'Vault created'],
    ['#/requests', 'asked.example.com'],
  ] as const) {
    await visit(page, address)
    await page.getByRole('main').getByText(there).first().waitFor()
  }
})

test('a vault that is opened without its hierarchy says so on every page, and goes on once it can be read', async () => {
  const hidden = await app.browser.newContext({ locale: 'en' })
  const fresh = await hidden.newPage()
  await preparedToFail(fresh)
  await fresh.goto(app.site.url)
  await ready(fresh)
  await visit(fresh, '#/create')
  await fresh.getByRole('radio', { name: 'Nothing' }).check()
  await fresh.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await fresh.getByLabel('The same passphrase again').fill(PASSPHRASE)
  await fresh.getByLabel('Your name, for the journal').fill('Ada')
  await fresh.getByRole('button', { name: 'Create the vault' }).click()
  await heading(fresh, 'The hierarchy').waitFor()
  await issue(fresh, { name: 'Hidden Root' })
  await fresh.reload()
  await ready(fresh)
  await failing(fresh, ['authority.tree'])
  await visit(fresh, '#/inventory')
  await unlock(fresh)
  const said = fresh.getByRole('main').getByRole('alert').filter({ hasText: PROVOKED })
  await said.getByText('The certificate authorities could not be read').waitFor()
  await fresh.getByRole('cell', { name: 'Hidden Root' }).first().waitFor()
  await screenshots(fresh, 'failed-tree')
  await failing(fresh, [])
  await said.getByRole('button', { name: 'Try again' }).click()
  await said.waitFor({ state: 'detached' })
  await hidden.close()
})

test('what was there stays where it cannot be read again, and what is typed too', async () => {
  await afresh([])
  await visit(page, at.get('the server')!)
  await page.locator('main summary').filter({ hasText: 'Notes' }).click()
  await page.getByLabel('Notes', { exact: true }).fill('in rack 7')
  await failing(page, ['certificate.detail'])
  await page.getByRole('button', { name: 'Save the notes' }).click()
  await alert().getByText('What is shown here was read before').waitFor()
  await heading(page, 'api.example.com').waitFor()
  expect(await page.getByLabel('Notes', { exact: true }).inputValue()).toBe('in rack 7')
  await screenshots(page, 'failed-again')
})

test('what a CA has issued says in place that it could not be read', async () => {
  await afresh([])
  await visit(page, '#/hierarchy')
  await failing(page, ['certificate.list'])
  await page.getByRole('button', { name: 'Show what Example CA issued' }).click()
  await alert().waitFor()
  await screenshots(page, 'failed-below')
  await failing(page, [])
  await alert().getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('main').getByText('api.example.com').first().waitFor()
})

test('an answer to another question does not stay when this one cannot be answered', async () => {
  await visit(page, '#/recipe')
  await failing(page, [])
  const top = await root({ subject: 'CN=Some Root' })
  await validatePasted(page, pem(await endEntity(top, { subject: 'CN=www.example.com' }), top))
  const verdict = page.locator('main .banner')
  await verdict.waitFor()
  await failing(page, ['validate.run'])
  await page.getByLabel('Name it is asked for').fill('other.example.com')
  await alert().waitFor()
  expect(await verdict.count()).toBe(0)
  await failing(page, [])
  await alert().getByRole('button', { name: 'Try again' }).click()
  await verdict.waitFor()
  expect(await page.getByLabel('Name it is asked for').inputValue()).toBe('other.example.com')
})
