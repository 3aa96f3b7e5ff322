import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReadyId } from '../../src/mtls/ready-ids.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { chooseReady } from './support/lab.ts'
import { visit } from './support/operator.ts'

// Both ends of a handshake, in the file from disk and without a vault.

let app: App
let page: Page

beforeAll(async () => {
  app = await startApp('file')
  ;({ page } = app)
})
afterAll(() => app.close())

const outcome = (text: string): Promise<void> => page.getByRole('heading', { name: text }).waitFor()
async function choose(id: ReadyId): Promise<void> {
  await visit(page, '#/lab')
  await chooseReady(page, id)
}

test('a missing intermediate is named, and the act that is offered mends it', async () => {
  await choose('client-intermediate-missing')
  await outcome('The server refuses the client')
  await page.getByText('The client leaves out Example Client CA', { exact: true }).waitFor()
  await page.getByText('The server sends the alert unknown_ca (48).').waitFor()
  await page.getByRole('button', { name: 'Let the client send Example Client CA along' }).click()
  await outcome('They connect')
})

test('a setting plays the handshake again', async () => {
  await choose('no-client-certificate')
  await outcome('The server refuses the client')
  const server = page.getByRole('region', { name: 'Server' })
  await server.getByText('Settings').click()
  await server.getByLabel('Asks for a certificate').selectOption('optional')
  await outcome('They connect')
  await server.getByText('Lets in without a certificate').waitFor()
})

test('it says what a browser would offer, and why not the rest', async () => {
  await choose('list-names-the-root-alone')
  await outcome('The server refuses the client')
  await page.getByText('What a browser would offer').click()
  await page.getByText('A browser shows no prompt').waitFor()
  await page.getByText(/client\.example\.com is not offered: no CA that the server lists/).waitFor()
  await choose('connects')
  await outcome('They connect')
  await page.getByText('A browser shows 1 certificate to choose from.').waitFor()
})

test('who may connect is chosen by certificate', async () => {
  await choose('connects')
  await outcome('They connect')
  const rule = page.getByRole('region', { name: 'Server' }).getByLabel('Who may connect')
  await rule.selectOption({ label: 'Lets in only certificates issued by Example Server CA.' })
  await outcome('The server refuses the client')
  const own = 'Lets in only certificates issued by Example Client CA.'
  await rule.selectOption({ label: own })
  await outcome('They connect')
  expect(await rule.locator('option:checked').textContent()).toBe(own)
})

test('each message opens as octets with the names of its fields', async () => {
  await choose('connects')
  await outcome('They connect')
  await page.getByRole('button', { name: /^CertificateRequest/ }).click()
  await page.getByText('certificate_authorities').first().waitFor()
})

test('what programs did in the place of the server stands beside the answer', async () => {
  await choose('client-intermediate-missing')
  await outcome('The server refuses the client')
  const server = page.getByRole('region', { name: 'Server' })
  await server.getByText('What programs do').click()
  const rows = server.getByRole('row')
  await rows.filter({ hasText: 'nginx' }).getByText('answers HTTP 400').waitFor()
  await rows.filter({ hasText: 'unable to get local issuer certificate' }).first().waitFor()
})

test('an error text is explained, and one that nobody knows is not', async () => {
  await visit(page, '#/lab/explain')
  const field = page.getByLabel('Error text')
  await field.fill('curl: (35) error: tlsv1 alert unknown ca')
  await page.getByRole('button', { name: 'Explain it' }).click()
  await page.getByText('It is unknown_ca (48).').waitFor()
  await field.fill('it does not work')
  await page.getByRole('button', { name: 'Explain it' }).click()
  await page.getByText('Nothing in this text is known here').waitFor()
  expect(await field.inputValue()).toBe('it does not work')
})

test('a header that a proxy writes is read back and judged; one cut off says where', async () => {
  await choose('connects')
  await outcome('They connect')
  await visit(page, '#/lab/proxy')
  await page.getByLabel('Proxy', { exact: true }).selectOption('envoy')
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: /X-Forwarded-Client-Cert/ }).click()
  const header = await page.evaluate(() => navigator.clipboard.readText())
  const field = page.getByLabel('Header', { exact: true })
  await field.fill(`X-Forwarded-Client-Cert: ${header}`)
  await page.getByRole('button', { name: 'Read it' }).click()
  await page.getByText('Form: Envoy, Istio').waitFor()
  await field.fill('Client-Cert: :MIIB')
  await page.getByRole('button', { name: 'Read it' }).click()
  await page.getByText('the colon that ends the certificate is missing').waitFor()
})

test('a token that is bound to another certificate is told apart', async () => {
  await choose('connects')
  await outcome('They connect')
  await visit(page, '#/lab/proxy')
  await page
    .getByLabel('Text', { exact: true })
    .fill(`{"active":true,"cnf":{"x5t#S256":"${'A'.repeat(43)}"}}`)
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText('The token is bound to another certificate.').waitFor()
})

test('settings are taken away without the key, and with it only after a question', async () => {
  await choose('connects')
  await outcome('They connect')
  await visit(page, '#/lab/settings')
  const names = async (act: () => Promise<void>): Promise<string[]> => {
    const [file] = await Promise.all([page.waitForEvent('download'), act()])
    return execFileSync('unzip', ['-Z1', await file.path()])
      .toString()
      .trim()
      .split('\n')
  }
  const plain = await names(() => page.getByRole('button', { name: 'Download these files' }).click())
  expect(plain).toEqual(['server.pem', 'client-cas.pem', 'mtls.conf', 'nginx.conf', 'README.txt'])
  const withKey = await names(async () => {
    await page.getByRole('button', { name: 'Download with the private key…' }).click()
    await page.getByRole('button', { name: 'Download with the key' }).click()
  })
  expect(withKey).toContain('server-key.pem')
  const kit = await names(() => page.getByRole('button', { name: 'Download the refusal kit' }).click())
  expect(kit).toContain('ask.sh')
  expect(kit).toContain('revoked-crls.pem')
})

test('a program that is never that end says so', async () => {
  await visit(page, '#/lab/settings')
  await page.getByLabel('Program', { exact: true }).selectOption('curl')
  await page.getByText('This program is never that end.').waitFor()
  await page.getByLabel('As the').selectOption('client')
  await page.getByText('client.pem', { exact: true }).waitFor()
})

test.each(['#/lab', '#/lab/matrix', '#/lab/settings', '#/lab/proxy', '#/lab/explain'])(
  '%s is usable for everyone, and fits',
  async (address) => {
    await visit(page, address)
    expect(await axeFindingsEverywhere(page)).toEqual([])
  },
)
