import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { story } from '../support/story.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { chooseReady } from './support/lab.ts'
import { visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// Which program an end is: what it was seen to do stands beside the standard's own answer.

let app: App
let page: Page

beforeAll(async () => {
  app = await startApp()
  ;({ page } = app)
  await visit(page, '#/lab')
  await chooseReady(page, 'client-intermediate-missing')
  await page.getByRole('heading', { name: 'The server refuses the client' }).waitFor()
})
afterAll(() => app.close())

const end = (name: 'Client' | 'Server') => page.getByRole('region', { name, exact: true })
const measured = () => page.getByRole('region', { name: /As measured/ })
const next = story()

next('the server is nginx, which answers HTTP 400 where the standard has an alert', async () => {
  expect(await measured().count()).toBe(0)
  await end('Server').getByLabel('Program', { exact: true }).selectOption({ label: 'nginx' })
  await measured().getByText('completes the handshake, answers HTTP 400').waitFor()
  await page.getByText('The server sends the alert unknown_ca (48).').waitFor()
  await end('Client').getByLabel('Program', { exact: true }).selectOption({ label: 'Go' })
  await measured().getByRole('heading', { name: 'Go as the client' }).waitFor()
  await screenshots(page, 'lab-chosen')
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('it comes first among the programs', async () => {
  await end('Server').getByText('What programs do').click()
  const first = end('Server').getByRole('rowheader').first()
  await expect.poll(() => first.innerText()).toMatch(/^nginx/)
})

next('another ready scenario keeps it; what was not measured is said to be unknown', async () => {
  await chooseReady(page, 'exactly-one-root')
  await measured().getByText('Which certificates Go sends to this server is unknown').waitFor()
  expect(await end('Server').getByLabel('Program', { exact: true }).inputValue()).toBe('nginx')
  expect(app.complaints).toEqual([])
})
