import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { LIST } from '../support/inputs.ts'
import { openReady } from '../support/site.ts'
import { story } from '../support/story.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { workerCalls } from './support/worker-call.ts'

// A root that stays offline signs its lists for five years at once.

const COUNT = 60
const next = story()
let app: App
let page: Page
let id: string
beforeAll(async () => {
  app = await startApp()
  page = await app.context.newPage()
  const calls = await workerCalls(page)
  await openReady(page, app.site.url)
  await createVault(page)
  await issue(page, { name: 'Offline Root' })
  id = (await calls.call('authority.list', null))[0]!.id
  await calls.call('list.sign', { ...LIST, authorityId: id, count: COUNT, days: 30 })
})
afterAll(() => app.close())

next('what is in force comes first, then what is published next; the others are folded', async () => {
  await visit(page, `#/lists/${id}`)
  await page.getByText(`${String(COUNT - 1)} more lists are signed ahead`).waitFor()
  const rows = page.locator('tbody tr')
  const states = async () => (await rows.locator('.state').allInnerTexts()).map((text) => text.trim())
  expect((await states()).slice(0, 3)).toEqual(['in force', 'signed ahead', 'signed ahead'])
  const numbers = (await rows.locator('th').allTextContents()).map(Number)
  expect(numbers).toHaveLength(COUNT)
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
  expect(await rows.filter({ visible: true }).count()).toBe(12)
  await page.getByText('48 more lists', { exact: true }).click()
  expect(await rows.filter({ visible: true }).count()).toBe(COUNT)
  await page.getByText('48 more lists', { exact: true }).click()
})

next('on the axis they are one span, since no day between them is without a list', async () => {
  const axis = page.getByRole('img', { name: `${String(COUNT)} lists on an axis of time` })
  await axis.getByText('59 lists signed ahead', { exact: true }).waitFor()
  expect(await axis.locator('.bar').count()).toBe(2)
  await screenshots(page, 'lists-ahead')
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('the table of all CAs counts them, and the hierarchy says until when there are lists', async () => {
  await visit(page, '#/lists')
  await page.getByRole('row', { name: /Offline Root.*59 lists.*nothing/s }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await page.getByText(/^lists signed until \d/).waitFor()
  expect(app.complaints).toEqual([])
})
