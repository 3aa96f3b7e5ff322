import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oid, seq } from '../../src/der/writer.ts'
import { encodePem } from '../../src/x509/pem.ts'
import type { Drawing, Drawn } from '../support/chain.ts'
import { endEntity, intermediate, root, pem } from '../support/chain.ts'
import { drawList } from '../support/revocation.ts'
import { run } from '../support/run.ts'
import type { App } from './support/app.ts'
import { startApp, temporaryFolder } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { emptyDesk, validatePasted, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// What would fix a chain, done in the page: each time the verdict turns.

const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const inDays = (from: number, to: number) => ({
  notBefore: new Date(now + from * DAY),
  notAfter: new Date(now + to * DAY),
})
const ECDSA_SHA1 = {
  algorithm: seq(oid('1.2.840.10045.4.1')),
  scheme: { kind: 'ecdsa', hash: 'SHA-1' },
} as const
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'

const folder = temporaryFolder()
let app: App
let top: Drawn
beforeAll(async () => {
  top = await root({ ...inDays(-90, 900), subject: 'CN=Some Root' })
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

async function chain(ca: Drawing = {}, target: Drawing = {}): Promise<[Drawn, Drawn, Drawn]> {
  const middle = await intermediate(top, { ...inDays(-60, 600), subject: 'CN=Some CA', ...ca })
  return [await endEntity(middle, { ...inDays(-30, 60), ...target }), middle, top]
}

/** Validates the pile with its root trusted. */
async function examine(text: string): Promise<void> {
  const { page } = app
  await validatePasted(page, text)
  await page.getByLabel('CN=Some Root, from what you added').check()
}

const stands = () => app.page.getByText(/^Valid\./).waitFor()
/** Valid as it was asked, and programs that were seen to refuse it are named. */
const standsHere = () => app.page.getByText(/^Valid with faults\. .* refuses? it\./).waitFor()
const falls = () => app.page.getByText(/^Not valid/).waitFor()

async function drop(name: string, content: Uint8Array | string): Promise<void> {
  const base64 = Buffer.from(content).toString('base64')
  const dataTransfer = await app.page.evaluateHandle(
    ([file, octets]) => {
      const transfer = new DataTransfer()
      const bytes = Uint8Array.from(atob(octets), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], file))
      return transfer
    },
    [name, base64] as const,
  )
  await app.page.dispatchEvent('body', 'drop', { dataTransfer })
}

test('the slider moves the date by keyboard, and the verdict with it', async () => {
  const { page } = app
  await examine(pem(...(await chain())))
  await stands()
  const slider = page.getByRole('slider', { name: 'Move the mark to validate the chain as of another date.' })
  const asOf = page.getByLabel('As of (UTC)')
  const today = await asOf.inputValue()
  await slider.focus()
  await page.keyboard.press('End')
  await falls()
  await page
    .getByText(/example\.com.*expired/)
    .first()
    .waitFor()
  expect((await asOf.inputValue()) > today).toBe(true)
  // The card speaks of the same date.
  await page.getByText('Expired', { exact: true }).first().waitFor()
  await page.keyboard.press('Home')
  await page
    .getByText(/is not valid before/)
    .first()
    .waitFor()
  expect((await asOf.inputValue()) < today).toBe(true)
  await page.getByRole('button', { name: 'Now', exact: true }).click()
  await stands()
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await stands()
  await page
    .getByText(/: not valid \(Expired certificate\)/)
    .first()
    .waitFor()
})

test('the date can be typed, too; what is no date is said at the field, and changes nothing', async () => {
  const { page } = app
  await examine(pem(...(await chain())))
  await stands()
  const asOf = page.getByLabel('As of (UTC)')
  await asOf.fill('2099-01-01')
  await falls()
  await asOf.fill('2099-01-32')
  await page.getByText('Not a date. Write it like').waitFor()
  await falls()
  expect(await asOf.inputValue()).toBe('2099-01-32')
  await page.getByRole('button', { name: 'Now', exact: true }).click()
  await stands()
})

test('the chain that works beside the one that does not: two verdicts, and what differs', async () => {
  const { page } = app
  const [target, ca, root] = await chain()
  await examine(pem(target, ca, root))
  await stands()
  await page.getByRole('button', { name: 'Compare with another…' }).click()
  await page.getByText('Now add the second chain. This answer stays beside it.').waitFor()
  await page.getByLabel('Certificates, as text').fill(pem(target))
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByText('The second leaves out Some CA, which is above example.com.').waitFor()
  const chains = page.getByRole('list', { name: /^The chain of the / })
  expect(await chains.evaluateAll((lists) => lists.map((list) => list.children.length))).toEqual([3, 1])
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-compared')
  await page.getByRole('button', { name: 'Stop comparing' }).click()
  await chains.first().waitFor({ state: 'detached' })
  await falls()
})

test('purposes that an authority narrows: asked without nesting, the chain stands', async () => {
  await examine(pem(...(await chain({ extensions: { extKeyUsage: [CLIENT_AUTH] } }))))
  await falls()
  await app.page
    .getByRole('button', { name: 'Do not let an authority’s purposes narrow what is below it' })
    .click()
  await standsHere()
})

test('a signature with SHA-1: accepted, the chain stands', async () => {
  await examine(pem(...(await chain({}, { oddSignature: ECDSA_SHA1 }))))
  await falls()
  await app.page.getByRole('button', { name: 'Accept SHA-1' }).click()
  await standsHere()
})

test('another certificate than expected: without the fingerprint, the chain stands', async () => {
  const { page } = app
  await examine(pem(...(await chain())))
  await stands()
  await page.getByText('Choices that change nothing here').click()
  await page.getByLabel('Expected SHA-256 of the certificate').fill('00'.repeat(32))
  await falls()
  await page.getByRole('button', { name: 'Ask without the fingerprint' }).click()
  await stands()
})

test('revocation unknown: with the lists that are missing, the chain stands', async () => {
  const { page } = app
  const [target, ca] = await chain()
  await examine(pem(target, ca, top))
  await page.getByLabel('Revocation', { exact: true }).selectOption('require')
  await falls()
  await page.getByText('Add the current revocation list for Some CA.').waitFor()
  await page.getByText('Add the current revocation list for example.com.').waitFor()
  const current = { thisUpdate: new Date(now - DAY), nextUpdate: new Date(now + 6 * DAY) }
  const lists = await Promise.all([drawList(top, current), drawList(ca, current)])
  await drop('lists.pem', lists.map(({ der }) => encodePem('X509 CRL', der)).join(''))
  await page.getByText('3 certificates, 2 revocation lists').waitFor()
  await page.getByLabel('CN=Some Root, from what you added').check()
  await stands()
})

test('revocation unknown: asked only what the lists here say, the chain stands', async () => {
  const { page } = app
  await examine(pem(...(await chain())))
  await page.getByLabel('Revocation', { exact: true }).selectOption('require')
  await falls()
  await page.getByText('1 other way').click()
  await page.getByRole('button', { name: 'Use only the lists that were added' }).click()
  await stands()
  expect(await page.getByLabel('Revocation', { exact: true }).inputValue()).toBe('given')
})

test('a PKCS#12 from OpenSSL asks for its password; a wrong one is said, the right one opens it', async () => {
  const { page } = app
  const [target, ca] = await chain()
  const at = (name: string): string => join(folder.path, name)
  writeFileSync(at('key.pem'), encodePem('PRIVATE KEY', target.key.pkcs8))
  writeFileSync(at('target.pem'), pem(target))
  writeFileSync(at('others.pem'), pem(ca, top))
  const made = await run('openssl', [
    ...['pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('target.pem')],
    ...['-certfile', at('others.pem'), '-passout', 'pass:open sesame', '-out', at('server.p12')],
  ])
  expect(made.code).toBe(0)
  await visit(page, '#/validate')
  await page.getByRole('button', { name: 'Clear the page' }).click()
  await page.getByLabel('Certificates, as text').waitFor()
  await drop('server.p12', readFileSync(at('server.p12')))
  await page.getByText('server.p12 is protected with a password.').waitFor()
  await page.getByLabel('Password of the file').fill('nonsense')
  await page.getByRole('button', { name: 'Open with this password' }).click()
  await page.getByText('This password does not open it.').waitFor()
  await page.getByLabel('Password of the file').fill('open sesame')
  await page.getByRole('button', { name: 'Open with this password' }).click()
  await page.getByText(/private key \(ECDSA P-256\), which belongs to CN=example.com/).waitFor()
  await page.getByLabel('CN=Some Root, from what you added').check()
  await stands()
  // What is added after it leaves it open.
  const current = { thisUpdate: new Date(now - DAY), nextUpdate: new Date(now + 6 * DAY) }
  await drop('list.crl', (await drawList(ca, current)).der)
  await page.getByText('3 certificates, 1 revocation list').waitFor()
  expect(await page.getByText('server.p12 is protected with a password.').count()).toBe(0)
  expect(app.complaints).toEqual([])
})

test('what a trusted root says of itself counts as its rules have it, or as it is said', async () => {
  const { page } = app
  const old = await root({ ...inDays(-900, -10), subject: 'CN=Some Root' })
  const ca = await intermediate(old, { ...inDays(-60, 600), subject: 'CN=Some CA' })
  await examine(pem(await endEntity(ca, inDays(-30, 60)), ca, old))
  await falls()
  const counts = page.getByLabel('Limits in a trusted root’s own certificate count too')
  expect(await counts.isChecked()).toBe(true)
  await screenshots(page, 'validate-anchor-constraints')
  await counts.uncheck()
  await page.getByText(/^Valid[.,]/).waitFor()
  await counts.check()
  await falls()
  await page.getByLabel('Rules').selectOption({ label: 'RFC 5280 §6 alone' })
  await page.getByText(/^Valid[.,]/).waitFor()
  expect(await counts.isChecked()).toBe(false)
})

test('what is dropped while the desk is busy is read after it', async () => {
  const { page } = app
  await emptyDesk(page)
  const drawn = await chain()
  await page.evaluate(
    (texts) => {
      for (const [i, text] of texts.entries()) {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([text], `${i}.pem`))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
      }
    },
    drawn.map((each) => pem(each)),
  )
  await page.getByText('3 certificates', { exact: true }).first().waitFor()
  expect(app.complaints).toEqual([])
})
