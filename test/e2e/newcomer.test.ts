import { afterAll, beforeAll, expect, test } from 'vitest'
import { intermediate, endEntity, pem, root } from '../support/chain.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { judgePasted } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// Where somebody who is here for the first time would stop: each place says what it means, and how to go on.

const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const VALIDITY = { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now + 60 * DAY) }

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

test('where the certificate that was meant cannot be read, the page says what to do, and offers the others', async () => {
  const { page } = app
  const top = await root({ ...VALIDITY, subject: 'CN=Some Root' })
  const ca = await intermediate(top, { ...VALIDITY, subject: 'CN=Some CA' })
  const chain = pem(await endEntity(ca, VALIDITY), ca, top)
  await judgePasted(page, chain.replace(/(BEGIN CERTIFICATE-----\s+\S{10})\S{4}/, '$1AAAA'))
  await page.getByText(/^Could not be checked/).waitFor()
  await page.getByRole('heading', { name: 'What to do next' }).waitFor()
  expect(await page.getByText('What would fix it').count()).toBe(0)
  await screenshots(page, 'newcomer-unread')
  await page.getByRole('button', { name: 'Validate this one: CN=Some CA' }).click()
  await page.getByText(/^Not valid/).waitFor()
  expect(await page.getByRole('heading', { name: 'What to do next' }).count()).toBe(0)
})

test('one certificate alone has no order', async () => {
  const { page } = app
  await judgePasted(page, pem(await root({ ...VALIDITY, subject: 'CN=Alone' })))
  await page.getByRole('button', { name: 'Save the certificate (PEM)' }).waitFor()
  expect(await page.getByText(/right order|sent with the others/).count()).toBe(0)
})
