import type { Page } from 'playwright'
import { compareRequests, fillIn, issue, openCertificate, toReview } from '../../test/e2e/support/operator.ts'
import { HOSTILE, REQUEST } from './newcomer.ts'
import type { Scene } from './scene.ts'
import { at, atRest, go, scene } from './scene.ts'

const SERVERS = 'Sample Servers CA'
/** As long as X.509 lets a common name be. */
const LONG_NAME = 'A subsidiary whose whole legal name had to be written out in ful'
const MANY_NAMES = Array.from(
  { length: 100 },
  (_, i) => `host-${i}.some-quite-long-department-name.example.com`,
).join('\n')

/** Goes on from the page of a certificate by the address it links to. */
async function from(page: Page, name: string, address: string): Promise<void> {
  await openCertificate(page, name)
  const link = page.locator(`main a[href^="#/${address}"]`).first()
  await go(page, (await link.getAttribute('href'))!.slice(2))
}

/** What a button opens over the page. */
const dialog = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name })
    .first()
    .click()
    .then(() => page.getByRole('dialog').waitFor())

async function read(page: Page, label: string, text: string, button: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  if (!(await field.first().isVisible())) await page.getByText('or paste it').first().click()
  await field.fill(text)
  await page.getByRole('button', { name: button, exact: true }).click()
  await atRest(page)
}

/** From the form of a renewal to what was renewed. */
async function signReviewed(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review it…' }).click()
  await page.getByRole('button', { name: /^Sign / }).waitFor()
  const warnings = page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
  await page.getByRole('button', { name: /^Sign / }).click()
  await page.getByRole('heading', { level: 1, name: / is renewed$/ }).waitFor()
}

const RECORDS: readonly Scene[] = [
  at('hierarchy', 'sample'),
  scene('hierarchy', 'sheet', async (page) => {
    await page.locator('main').getByRole('link', { name: SERVERS, exact: true }).first().click()
    await page.getByRole('complementary').getByText('Download').first().waitFor()
  }),
  at('inventory', 'sample'),
  scene('inventory', 'selected', async (page) => {
    for (const box of (await page.locator('tbody input[type=checkbox]').all()).slice(0, 3)) await box.check()
  }),
  scene('bulk', 'renew', async (page) => {
    const link = page.locator('main a[href^="#/bulk"]').first()
    if (await link.isVisible()) await link.click()
    else
      await page
        .getByRole('button', { name: /^Renew/ })
        .first()
        .click()
  }),
  scene('certificate', 'of a server', (page) => openCertificate(page, 'www.example.com')),
  scene('certificate', 'of a CA', (page) => openCertificate(page, SERVERS)),
  scene('certificate', 'revoked', (page) => openCertificate(page, 'lost.example.com')),
  scene('certificate', 'to be revoked', async (page) => {
    await openCertificate(page, 'shop.example.com')
    await dialog(page, 'Revoke…')
  }),
  at('lists', 'overview'),
  scene('lists', 'of a CA', (page) => from(page, SERVERS, 'lists/')),
  scene('lists', 'to be signed', (page) => dialog(page, 'Sign a list…')),
  scene('ocsp', '', async (page) => {
    await from(page, SERVERS, 'lists/')
    await page.locator('main a[href^="#/ocsp/"]').first().click()
  }),
  at('journal', ''),
]

const ISSUING: readonly Scene[] = [
  at('issue?profile=root', 'a root'),
  scene('issue', 'a server', (page) =>
    fillIn(page, {
      issuer: SERVERS,
      purpose: 'TLS server',
      name: 'new.example.com',
      names: 'new.example.com',
    }),
  ),
  scene('review', '', (page) => toReview(page)),
  scene('issued', '', (page) =>
    issue(page, {
      issuer: SERVERS,
      purpose: 'TLS server',
      name: 'new.example.com',
      names: 'new.example.com',
    }),
  ),
  scene('review', 'long names', async (page) => {
    await fillIn(page, { issuer: SERVERS, purpose: 'TLS server', name: LONG_NAME, names: MANY_NAMES })
    await toReview(page)
  }),
  scene('issued', 'long names', (page) =>
    issue(page, { issuer: SERVERS, purpose: 'TLS server', name: LONG_NAME, names: MANY_NAMES }),
  ),
  scene('certificate', 'long names', (page) => openCertificate(page, LONG_NAME)),
  at('batch', 'empty'),
  scene('batch', 'planned', (page) =>
    read(
      page,
      'The table',
      'commonName,dns\na.example.com,a.example.com\nb.example.com,not a name',
      'Read the table',
    ),
  ),
  scene('renew', 'a server', (page) => from(page, 'shop.example.com', 'renew/')),
  scene('renew', 'a root', (page) => from(page, 'Sample Root', 'renew/')),
  scene('renewed', 'a server', async (page) => {
    await from(page, 'shop.example.com', 'renew/')
    await signReviewed(page)
  }),
  scene('renewed', 'a root', async (page) => {
    await from(page, 'Sample Old Root', 'renew/')
    await page.getByRole('radio', { name: 'A new key: the two roots certify each other' }).check()
    await signReviewed(page)
  }),
  scene('rollover', '', async (page) => {
    await page.getByRole('link', { name: 'See what to install where and when' }).click()
    await page.getByRole('heading', { level: 1, name: /^Rollover to a new key/ }).waitFor()
  }),
  scene('cross', '', (page) => from(page, 'Sample Root', 'cross')),
  at('profiles', ''),
]

const REQUESTS: readonly Scene[] = [
  at('make-request', 'empty'),
  scene('request', 'made', async (page) => {
    await page.getByLabel('Name', { exact: true }).fill('asked.example.com')
    await page.getByLabel('Names and addresses it is valid for').fill('asked.example.com')
    await page.getByRole('button', { name: 'Make the request' }).click()
    await page.getByRole('heading', { level: 1, name: /^Request for/ }).waitFor()
  }),
  at('requests', 'one waits'),
  scene('answer', 'other certificates', (page) => read(page, 'Certificates, as text', HOSTILE, 'Look at it')),
  at('elsewhere', 'empty'),
  at('certify', 'empty'),
  scene('certify', 'planned', async (page) => {
    const buffer = Buffer.from(REQUEST)
    const file = { name: 'shop.csr', mimeType: 'application/pkcs10', buffer }
    await page.getByLabel('Choose files…').setInputFiles(file)
    await page.getByLabel('Who signs it').selectOption({ label: SERVERS })
    await page.getByRole('button', { name: 'Show what it would get' }).click()
    await compareRequests(page)
  }),
]

const VAULT: readonly Scene[] = [
  at('import', 'empty'),
  scene('import', 'planned', async (page) => {
    const file = { name: 'chain.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(HOSTILE) }
    await page.getByLabel('Choose files…').setInputFiles(file)
    await atRest(page)
  }),
  at('backup', ''),
  at('vault', 'settings'),
  scene('palette', 'names', async (page) => {
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog', { name: 'Find' }).waitFor()
    await page.keyboard.type('example')
    await atRest(page)
  }),
]

/** The vault of the page's own sample, and what is made in it on the way. */
export const SAMPLE: readonly Scene[] = [...RECORDS, ...ISSUING, ...REQUESTS, ...VAULT]
