import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { story } from '../support/story.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// A server behind proxies: the address that a rule is asked about, and what a client achieves by forging it.

let app: App
let page: Page
let server: Locator

beforeAll(async () => {
  app = await startApp()
  ;({ page } = app)
  server = page.getByRole('region', { name: 'Server' })
  await visit(page, '#/lab')
  await outcome('They connect')
})
afterAll(() => app.close())

const outcome = (text: string): Promise<void> => page.getByRole('heading', { name: text }).waitFor()
/** Key by key, faster than handshakes are played. */
async function type(label: string, value: string): Promise<void> {
  await server.getByLabel(label, { exact: true }).fill('')
  await page.keyboard.type(value)
  await page.keyboard.press('Tab')
}
const next = story()

next('a rule on the forwarded address lets nobody in while nothing is forwarded', async () => {
  await server.getByRole('button', { name: 'Edit the rule…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who may connect' })
  await dialog.getByLabel('What').selectOption('forwarded')
  await dialog.getByLabel('Value').fill('198.51.100.0/24')
  await dialog.getByRole('button', { name: 'Use this rule' }).click()
  await outcome('The server refuses the client')
  await page.getByText('no proxy is in front of this server').first().waitFor()
})

next('the proxy says who connects; a forged address before it counts for nothing', async () => {
  await server.getByText('Settings').click()
  await server.getByLabel('Reached').selectOption('X-Forwarded-For')
  await server.getByText('The client’s address is 192.0.2.10, the last in X-Forwarded-For').waitFor()
  await server.getByRole('button', { name: 'Let the client forge it' }).click()
  const header = server.getByLabel('X-Forwarded-For', { exact: true })
  await expect.poll(() => header.inputValue()).toBe('198.51.100.0, 192.0.2.10')
  await server.getByText('would let 198.51.100.0 in').waitFor()
  await outcome('The server refuses the client')
  await screenshots(page, 'lab-forwarded')
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('with one proxy too many it is let in', async () => {
  await server.getByLabel('Proxies that it trusts').selectOption('2')
  await outcome('They connect')
  await server.getByText('number 2 from the end in X-Forwarded-For').waitFor()
})

next('a pasted line says its form; one that is cut off is one sentence, and stays', async () => {
  await type('X-Forwarded-For', 'Forwarded: for=198.51.100.7, for="[2001:db8::1')
  const header = server.getByLabel('Forwarded', { exact: true })
  await expect.poll(() => header.inputValue()).toBe('for=198.51.100.7, for="[2001:db8::1')
  await outcome('The server refuses the client')
  await server.getByText(/ends too early: at character/).waitFor()
  await type('Forwarded', 'for=203.0.113.9')
  await server.getByText('2 proxies are trusted, and the header names 1 address').waitFor()
  expect(app.complaints).toEqual([])
})
