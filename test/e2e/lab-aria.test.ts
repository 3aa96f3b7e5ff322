import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from './support/app.ts'
import { chooseReady } from './support/lab.ts'
import { visit } from './support/operator.ts'

// What a screen reader has of the lab: names, states and order. Lengths, hashes and dates differ each time.

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const steady = (text: string): string =>
  text
    .replace(/[0-9a-f]{40}/g, 'HASH')
    .replace(/\d{4}-\d\d-\d\d( \d\d:\d\d)?/g, 'DATE')
    .replace(/[\d,]+ octets/g, 'N octets')

test('the lab, as a screen reader has it', async () => {
  const { page } = app
  await visit(page, '#/lab')
  await chooseReady(page, 'client-intermediate-missing')
  await page.getByRole('heading', { name: 'The server refuses the client' }).waitFor()
  const server = page.getByRole('region', { name: 'Server', exact: true })
  await server.getByLabel('Program', { exact: true }).selectOption({ label: 'nginx' })
  await page.getByRole('heading', { name: 'nginx as the server' }).waitFor()
  await server.getByText('Settings').click()
  await server.getByLabel('Reached').selectOption('X-Forwarded-For')
  await server.getByRole('button', { name: 'Let the client forge it' }).waitFor()
  const main = page.getByRole('main')
  await expect(steady(await main.ariaSnapshot())).toMatchFileSnapshot('lab-aria.txt')
})
