import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import type { Drawn } from '../support/chain.ts'
import { endEntity, intermediate, root } from '../support/chain.ts'
import { drawList } from '../support/revocation.ts'
import { proved, response, server as answered } from '../support/things.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { emptyDesk, validatePasted } from './support/operator.ts'

// Piles as people have them at hand, and whether the first thing said of them is right and of use.

const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const inDays = (from: number, to: number) => ({
  notBefore: new Date(now + from * DAY),
  notAfter: new Date(now + to * DAY),
})
const NAME = 'CN=Corp Root CA,O=Corp,C=DE'
const ADDRESS = 'http://pki.corp.example/ca3.cer'

let app: App
let top: Drawn
let twin: Drawn
let ca: Drawn
let server: Drawn
beforeAll(async () => {
  top = await root({ ...inDays(-900, 3000), subject: NAME })
  twin = await root({ ...inDays(-900, 3000), subject: NAME })
  ca = await intermediate(top, { ...inDays(-300, 900), subject: 'CN=Corp Issuing CA 3,O=Corp,C=DE' })
  const location = { kind: 'uniformResourceIdentifier', value: ADDRESS } as const
  server = await endEntity(ca, {
    ...inDays(-30, 60),
    subject: 'CN=api.corp.example',
    extensions: {
      subjectAltName: [{ kind: 'dNSName', value: 'api.corp.example' }],
      authorityInfoAccess: [{ method: '1.3.6.1.5.5.7.48.2', location }],
    },
  })
  app = await startApp()
})
afterAll(() => app.close())

const pem = (...drawn: readonly Drawn[]): string =>
  drawn.map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('\n')
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const paste = (text: string): Promise<void> => validatePasted(app.page, text)

const trust = () => app.page.getByRole('button', { name: 'Trust Corp Root CA for this visit' })
const stands = () => app.page.getByText(/^Valid\. api\.corp\.example chains to/).waitFor()

test('what s_client printed, the root left out as servers do: the root is named, and nothing is said to be trusted', async () => {
  const { page } = app
  await paste(
    `CONNECTED(00000003)\nverify error:num=20:unable to get local issuer certificate\n---\nCertificate chain\n 0 s:CN = api.corp.example\n${pem(server)} 1 s:CN = Corp Issuing CA 3\n${pem(ca)}---\nServer certificate\n${pem(server)}DONE\n`,
  )
  await page.getByText('2 certificates', { exact: true }).first().waitFor()
  await page.getByText(/^Not valid\. The certificate of Corp Root CA is missing/).waitFor()
  await page.getByLabel('Add its certificate…').waitFor({ state: 'attached' })
  expect(await page.getByText('from the trust store').count()).toBe(0)
  expect(await page.getByLabel('Name it is asked for').inputValue()).toBe('api.corp.example')
})

test('a Kubernetes Secret: its key is matched, and trusting its root is one press away, on paper too', async () => {
  const { page } = app
  const key = encodePem('PRIVATE KEY', server.key.pkcs8)
  await paste(
    `apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: ${base64(pem(server, ca))}\n  ca.crt: ${base64(pem(top))}\n  tls.key: ${base64(key)}\n`,
  )
  await page.getByText(/private key \(ECDSA P-256\), which belongs to CN=api/).waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.getByText('Trust Corp Root CA for this visit.').waitFor()
  await page.emulateMedia({ media: 'screen' })
  await trust().click()
  await stands()
})

test('another root of the same name: it is said to have another key, and not that the path is a circle', async () => {
  const { page } = app
  await paste(pem(server, ca, twin))
  await page.getByLabel(`${NAME}, from what you added`).check()
  await page
    .getByText(/1 certificate of that name is here, but with another key\./)
    .first()
    .waitFor()
  expect(await page.getByText(/leads back to itself/).count()).toBe(0)
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

test('JSON with escaped lines in the wrong order: it is validated, and the order is said', async () => {
  const { page } = app
  await paste(JSON.stringify({ issuing_ca: pem(top), ca_chain: [pem(ca)], certificate: pem(server) }))
  await trust().click()
  await page.getByText(/^Valid\. Sent in the wrong order/).waitFor()
  await page.getByText(/The certificates were not sent in order/).waitFor()
})

test('a quoted mail in three scripts with a block that is broken: what can be read is, the rest is named with its line', async () => {
  const { page } = app
  const quoted = pem(server).replace(/^/gm, '> ')
  await paste(
    `Sehr geehrte Damen und Herren, 证书如下：\n${quoted}\n-----BEGIN CERTIFICATE-----\nMIIBroken!!!\n-----END CERTIFICATE-----\nمع أطيب التحيات\n`,
  )
  await page.getByText(/^Not valid\. The certificate of Corp Issuing CA 3 is missing/).waitFor()
  await page.getByText(ADDRESS).first().waitFor()
  await page.getByText(/is not base64\. Copy the block again, whole\./).waitFor()
})

test('a ZIP as a CA delivers it: its entries are validated, one that is no such thing is named, and the desk goes on', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Clear the page' }).click()
  const zip = zipSync({
    'README.txt': Buffer.from('Install the certificates in this order.'),
    'api.crt': Buffer.from(pem(server)),
    'chain/ca.crt': Buffer.from(pem(ca)),
    'chain/root.crt': Buffer.from(pem(top)),
    'chain/huge.crt': new Uint8Array(200_000_000),
  })
  const buffer = Buffer.from(zip)
  await page
    .getByLabel('Choose files…')
    .setInputFiles([{ name: 'delivery.zip', mimeType: 'application/zip', buffer }])
  await trust().click()
  await stands()
  const named = page.locator('p').filter({ hasText: 'delivery.zip/chain/huge.crt' })
  await named.getByText(/more than 100 times as large as it is/).waitFor()
  await page.getByText('delivery.zip has parts that were skipped.').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

test('by keyboard alone: pasted, validated, and fixed', async () => {
  const { page } = app
  await emptyDesk(page)
  const box = page.getByLabel('Certificates, as text')
  await box.focus()
  await page.keyboard.insertText(pem(server, ca, top))
  await pressWhenReached('Validate them')
  await trust().waitFor()
  await pressWhenReached('Trust Corp Root CA for this visit')
  await stands()
  expect(app.complaints).toEqual([])
})

/** Goes on with Tab until the button has the focus, and presses Enter. */
async function pressWhenReached(name: string): Promise<void> {
  const { page } = app
  for (let tabs = 0; tabs < 40; tabs++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.textContent.trim() ?? '')
    if (focused !== name) continue
    await page.keyboard.press('Enter')
    return
  }
  throw new Error(`no Tab leads to ${name}`)
}

test('what is no certificate is looked into in place, and so is each certificate in the list', async () => {
  const { page } = app
  const serials = Array.from({ length: 45 }, (_, i) => ({ serialNumber: Uint8Array.of(1, i) }))
  const list = await drawList(ca, { number: 4660, revoked: serials, nextUpdate: new Date(now + DAY) })
  await paste(
    [
      pem(answered, ca),
      encodePem('X509 CRL', list.der),
      `-----BEGIN OCSP RESPONSE-----\n${Buffer.from(response.der).toString('base64')}\n-----END OCSP RESPONSE-----`,
      encodePem('CERTIFICATE REQUEST', proved),
      encodePem('PRIVATE KEY', answered.key.pkcs8),
    ].join('\n'),
  )
  await page
    .getByText('Look into 1 revocation list, 1 OCSP response, 1 request and 1 private key', { exact: true })
    .click()
  await page.getByText('Revocation list of CN=Corp Issuing CA 3,O=Corp,C=DE', { exact: true }).click()
  await page.getByText('4660', { exact: true }).waitFor()
  await page.getByRole('heading', { name: 'Entries: 45' }).waitFor()
  await expect.poll(() => page.getByText(/^revoked on /).count()).toBe(20)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByText('01:14', { exact: true }).waitFor()
  await page.getByRole('searchbox', { name: 'Serial number' }).fill('01:2c')
  await page.getByText('01:2C', { exact: true }).waitFor()
  await expect.poll(() => page.getByText(/^revoked on /).count()).toBe(1)
  await page.getByText('OCSP response', { exact: true }).click()
  await page.getByText(/^revoked on .*\(superseded\)$/).waitFor()
  await page.getByText('Request for CN=example.com', { exact: true }).click()
  await page.getByText('Its signature proves that its maker has the private key.').waitFor()
  await page.getByText('between us', { exact: true }).waitFor()
  await page.getByText('Private key, ECDSA P-256', { exact: true }).click()
  await page.getByText('Only the public part is shown. The private part is not kept.').waitFor()
  await page.locator('summary', { hasText: '2 certificates' }).click()
  await page.getByText('All fields of CN=Corp Issuing CA 3,O=Corp,C=DE', { exact: true }).click()
  await page.getByText('2.5.29.19', { exact: true }).first().waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  expect(app.complaints).toEqual([])
})

test('what is typed while the last pile is still being cleared away stays in its field', async () => {
  const { page } = app
  await paste(pem(server, ca, top))
  await trust().waitFor()
  const typed = await page.evaluate(() => {
    const clear = [...document.querySelectorAll('button')].find(
      (button) => button.textContent.trim() === 'Clear the page',
    )!
    clear.click()
    // Before the worker has answered, in the field that is gone after it.
    const field = document.querySelector('textarea')!
    field.value = 'typed at once'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return field.isConnected
  })
  expect(typed).toBe(true)
  await page.getByRole('button', { name: 'Clear the page' }).waitFor({ state: 'detached' })
  expect(await page.locator('textarea').first().inputValue()).toBe('typed at once')
  await page.locator('textarea').first().fill('')
})
