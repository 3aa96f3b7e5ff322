import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { story } from '../support/story.ts'
import { startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { drop } from './support/drag.ts'
import { visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// A scenario that was changed here is not replaced without a question: by a file, by a ready one, or by itself.

let app: App
let page: Page
let path: string
const folder = temporaryFolder()
const next = story()

beforeAll(async () => {
  app = await startApp()
  ;({ page } = app)
  path = join(folder.path, 'ticket.json')
  await visit(page, '#/lab')
  await page.getByLabel('Scenario', { exact: true }).selectOption('client-expired')
  await outcome('The server refuses the client')
  await save(path)
})
afterAll(async () => {
  folder.remove()
  await app.close()
})

const outcome = (text: string): Promise<void> => page.getByRole('heading', { name: text }).waitFor()
const question = () => page.getByRole('dialog', { name: 'Replace the scenario that you changed?' })
async function save(to: string): Promise<void> {
  await page.getByRole('button', { name: 'Save the scenario…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save the scenario' })
  await dialog.getByLabel('Name').fill('Ticket')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save the scenario…' }).click(),
  ])
  writeFileSync(to, readFileSync(await download.path()))
}
async function distrust(): Promise<void> {
  const server = page.getByRole('region', { name: 'Server', exact: true })
  await server.getByRole('button', { name: 'No longer trust Example Root' }).click()
  await server.getByText('Nothing', { exact: true }).waitFor()
}

next('one that was not changed is replaced at once', async () => {
  await drop(page, path)
  await page.getByText('Opened from a file:').waitFor()
  expect(await question().count()).toBe(0)
})

next('one that was changed stays until the question is answered, from another page too', async () => {
  await distrust()
  await visit(page, '#/validate')
  await drop(page, path)
  await question().waitFor()
  await screenshots(page, 'lab-replace')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.keyboard.press('Escape')
  await question().waitFor({ state: 'detached' })
  const server = page.getByRole('region', { name: 'Server', exact: true })
  expect(await server.getByText('Nothing', { exact: true }).count()).toBe(1)
  await drop(page, path)
  await question().getByRole('button', { name: 'Replace it' }).click()
  await server.getByRole('button', { name: 'No longer trust Example Root' }).waitFor()
})

next('saved, it is replaced without a question', async () => {
  await distrust()
  await save(join(folder.path, 'kept.json'))
  await drop(page, path)
  await page
    .getByRole('region', { name: 'Server', exact: true })
    .getByRole('button', { name: 'No longer trust Example Root' })
    .waitFor()
  expect(await question().count()).toBe(0)
})

const scenario = () => page.getByLabel('Scenario', { exact: true })
const chosen = (): Promise<string> => scenario().locator('option:checked').innerText()
const keep = (): Promise<void> => question().getByRole('button', { name: 'Keep it' }).click()
const replace = (): Promise<void> => question().getByRole('button', { name: 'Replace it' }).click()

next('another ready one waits for the answer, and what is played stays chosen', async () => {
  await distrust()
  await scenario().selectOption('connects')
  await question().waitFor()
  await keep()
  expect(await chosen()).toBe('From a file: Ticket')
  await outcome('The server refuses the client')
  await scenario().selectOption('connects')
  await replace()
  await outcome('They connect')
  expect(await chosen()).toBe('Both sides accept each other')
})

next('so does the same one, begun again', async () => {
  const again = page.getByRole('button', { name: 'Start over' })
  await again.click()
  await outcome('They connect')
  await distrust()
  await again.click()
  await keep()
  await outcome('The server refuses the client')
  await again.click()
  await replace()
  await outcome('They connect')
  expect(app.complaints).toEqual([])
})
