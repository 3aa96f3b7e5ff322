import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'
import { intermediate, endEntity, pem, root } from '../support/chain.ts'
import type { Page } from 'playwright'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { createVault, heading, issue, validatePasted, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// Where somebody who is here for the first time would stop: each place says what it means, and how to go on.

const next = story()
const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const VALIDITY = { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now + 60 * DAY) }

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

next(
  'where the certificate that was meant cannot be read, the page says what to do, and offers the others',
  async () => {
    const { page } = app
    const top = await root({ ...VALIDITY, subject: 'CN=Some Root' })
    const ca = await intermediate(top, { ...VALIDITY, subject: 'CN=Some CA' })
    const chain = pem(await endEntity(ca, VALIDITY), ca, top)
    await validatePasted(page, chain.replace(/(BEGIN CERTIFICATE-----\s+\S{10})\S{4}/, '$1AAAA'))
    await page.getByText(/^Could not be checked/).waitFor()
    await page.getByRole('heading', { name: 'What to do next' }).waitFor()
    expect(await page.getByText('How to fix it').count()).toBe(0)
    await screenshots(page, 'newcomer-unread')
    await page.getByRole('button', { name: 'Validate this one: CN=Some CA' }).click()
    await page.getByText(/^Not valid/).waitFor()
    expect(await page.getByRole('heading', { name: 'What to do next' }).count()).toBe(0)
  },
)

next('one certificate alone has no order', async () => {
  const { page } = app
  await validatePasted(page, pem(await root({ ...VALIDITY, subject: 'CN=Alone' })))
  await page.getByRole('button', { name: 'Save the certificate (PEM)' }).waitFor()
  expect(await page.getByText(/right order|sent with the others/).count()).toBe(0)
})

const csr = (name: string): string =>
  readFileSync(new URL(`../fixtures/requests/${name}`, import.meta.url), 'utf8')

next(
  'requests that came where certificates are wanted are said to be requests, and go on from there',
  async () => {
    const { page } = app
    await visit(page, '#/hierarchy')
    await createVault(page)
    await issue(page, { name: 'Newcomer Root' })
    await visit(page, '#/requests')
    await page.getByText('or paste it').click()
    const all = [csr('csr-good.pem'), csr('csr-rsa-512.pem'), csr('csr-secp256k1.pem')]
    await page.getByLabel('Certificates, as text').fill(`for the shop:\n${all.join('and then\n')}`)
    await page.getByRole('button', { name: 'Look at it' }).click()
    await page.getByText('There is no certificate in it. It holds 3 requests (CSR) instead.').waitFor()
    await page.getByRole('button', { name: 'Certify the 3 requests…' }).click()
    await heading(page, 'Certify requests').waitFor()
  },
)

next('a request that cannot be certified, or is weak, says so where it comes in, in words', async () => {
  const { page } = app
  const weak = page.getByRole('checkbox', { name: 'weak.example.com' })
  expect([await weak.isDisabled(), await weak.isChecked()]).toEqual([true, false])
  await page.getByText('it cannot be certified: see below').waitFor()
  await page.getByText('This request: its RSA key has 512 bits.').waitFor()
  await page
    .getByText(/ECDSA on secp256k1/)
    .first()
    .waitFor()
  expect(await page.getByRole('checkbox', { name: 'k1.example.com' }).isChecked()).toBe(false)
  expect(await page.locator('main').innerText()).not.toMatch(/1\.2\.840|1\.3\.132/)
  await screenshots(page, 'newcomer-requests')
  await visit(page, '#/issue')
  await page.getByText('The key was made elsewhere: use a request (CSR)').click()
  await page.getByLabel('or paste it').fill(csr('csr-rsa-512.pem'))
  await page.getByRole('button', { name: 'Read it', exact: true }).click()
  await page.getByText(/\(RSA 512\) cannot be certified\.$/).waitFor()
  expect(await page.getByText(/will be certified/).count()).toBe(0)
  await screenshots(page, 'newcomer-weak-request')
})

/** Whether one of the notes of what has just happened lies over something to type in or to press. */
const coverings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const notes = [...document.querySelectorAll('.toasts p')].map((each) => each.getBoundingClientRect())
    const parts = [...document.querySelectorAll('main :is(input, button, select, textarea, a[href])')]
    const shown = parts.filter((each) => each.checkVisibility())
    if (notes.length === 0) return ['nothing is said']
    return shown
      .filter((each) => {
        const box = each.getBoundingClientRect()
        return notes.some(
          (note) =>
            note.left < box.right && box.left < note.right && note.top < box.bottom && box.top < note.bottom,
        )
      })
      .map(({ textContent, tagName }) => `${tagName} ${textContent}`)
  })

next('what has just happened is said beside the page, not over it, and ends with the page', async () => {
  const { page } = app
  const said = page.locator('.toasts p')
  await visit(page, '#/journal')
  await page.getByText('Newest first; on paper, oldest first.').waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  await said.first().waitFor()
  expect(await coverings(page)).toEqual([])
  const parts = await said.first().evaluate((note) => {
    const range = document.createRange()
    range.selectNodeContents(note.querySelector('span')!)
    return { inner: range.getBoundingClientRect().right, outer: note.getBoundingClientRect().right }
  })
  expect(parts.inner).toBeLessThanOrEqual(parts.outer)
  await screenshots(page, 'newcomer-said')
  await visit(page, '#/vault')
  await heading(page, /./).waitFor()
  expect(await said.count()).toBe(0)
})

next('on a phone everything can be scrolled free of what is said', async () => {
  const { page } = app
  await page.setViewportSize({ width: 360, height: 740 })
  await visit(page, '#/journal')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.locator('.toasts p').first().waitFor()
  await page.evaluate(() => {
    scrollTo(0, document.body.scrollHeight)
  })
  expect(await coverings(page)).toEqual([])
  await page.screenshot({ path: 'test-results/screens/newcomer-said-phone.png' })
  await page.setViewportSize({ width: 1280, height: 900 })
})

/** Choices of a field whose text is longer than the field. */
const cutOff = (page: Page, label: string): Promise<string[]> =>
  page.getByLabel(label, { exact: true }).evaluate((field) => {
    const select = field as HTMLSelectElement
    const style = getComputedStyle(select)
    const pen = document.createElement('canvas').getContext('2d')!
    pen.font = style.font
    // The arrow takes some of it too.
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 18
    return [...select.options].map(({ text }) => text).filter((text) => pen.measureText(text).width > room)
  })

next('no choice is cut off on a phone; what is said of one stands below it', async () => {
  const { page } = app
  await page.setViewportSize({ width: 360, height: 740 })
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  await page.getByRole('radio', { name: 'TLS server', exact: true }).check()
  await page.getByLabel('How long').selectOption('days:825')
  await page.getByText('The longest that Apple accepts for TLS, from any root.').waitFor()
  expect(await cutOff(page, 'How long')).toEqual([])
  await page.screenshot({ path: 'test-results/screens/newcomer-how-long.png' })
  await validatePasted(page, pem(await root({ ...VALIDITY, subject: 'CN=Alone' })))
  await page.getByText('Choices that change nothing here').click()
  await page.getByText('Path validation decides; other broken rules are reported beside it.').waitFor()
  for (const label of ['Rules', 'Revocation', 'Purpose', 'Kind of name'])
    expect(await cutOff(page, label)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })
})
