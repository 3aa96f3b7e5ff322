import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { startApp, temporaryFolder } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { drop } from './support/drag.ts'
import { chooseReady } from './support/lab.ts'
import { visit } from './support/operator.ts'
import { story } from '../support/story.ts'

// A scenario for a ticket: saved, dropped on another page, and refused when it is from a newer version.

const next = story()
let app: App
let saved: string
const folder = temporaryFolder()
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  folder.remove()
  await app.close()
})

async function dropText(name: string, text: string): Promise<void> {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  await drop(app.page, path)
}

const dialog = () => app.page.getByRole('dialog')
async function savedBy(act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([app.page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

next('a scenario is saved with a name and a note, without keys', async () => {
  const { page } = app
  await visit(page, '#/lab')
  await chooseReady(page, 'client-for-servers-only')
  await page.getByRole('heading', { name: /The server refuses the client/ }).waitFor()
  await page.getByRole('button', { name: 'Save the scenario…' }).click()
  await dialog().getByLabel('Name').fill('Ticket 12: refused')
  await dialog().getByLabel('Note').fill('Since the renewal.')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  const { name, text } = await savedBy(() =>
    dialog().getByRole('button', { name: 'Save the scenario…' }).click(),
  )
  expect(name).toBe('ticket-12-refused.lab.json')
  expect(JSON.parse(text)).toMatchObject({ name: 'Ticket 12: refused', note: 'Since the renewal.' })
  expect(text).not.toContain('PRIVATE KEY')
})

next('keys are written only after it was said what that means', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Save the scenario…' }).click()
  await dialog().getByLabel('With the private keys of both ends').check()
  await dialog().getByRole('button', { name: 'Continue…' }).click()
  await dialog()
    .getByText(/The keys are not encrypted in the file/)
    .waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  const { text } = await savedBy(() => dialog().getByRole('button', { name: 'Save with the keys' }).click())
  expect(text.match(/BEGIN PRIVATE KEY/g)).toHaveLength(2)
  saved = text
})

next('a scenario dropped on another page is opened in the lab', async () => {
  const { page } = app
  await visit(page, '#/validate')
  await dropText('ticket.json', saved)
  await page.getByText('Opened from a file:').waitFor()
  expect(new URL(page.url()).hash).toBe('#/lab')
  await page.getByText('Ticket 12: refused', { exact: true }).waitFor()
  await page.getByText('Since the renewal.').waitFor()
  await page.getByRole('heading', { name: /The server refuses the client/ }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('one of a newer version says so, and changes nothing', async () => {
  const { page } = app
  const text = saved.replace('"version": 1', '"version": 2')
  await dropText('newer.json', text)
  await page.getByText(/version 2 of the format/).waitFor()
  await page.getByText('Ticket 12: refused', { exact: true }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
})
