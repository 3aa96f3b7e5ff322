import type { Locator } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillingAuthority } from '../support/inventory.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { fillHierarchy } from './support/filling.ts'
import { createVault, heading, issue, PASSPHRASE, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// A hierarchy of 500 CAs, and 20,000 certificates below one of them, on the axis of time.

const AUTHORITIES = 500
const CERTIFICATES = 20_000
const next = story()
let app: App
const tree = (): Locator => app.page.getByRole('list', { name: 'Certificate authorities' })

beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Wide Root' })
  await fillHierarchy(app, PASSPHRASE, AUTHORITIES, CERTIFICATES)
})
afterAll(() => app.close())

next('many CAs are counted by when they end; those that end within 30 days are shown', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await tree().getByRole('link', { name: 'Wide Root' }).waitFor()
  for (const number of [0, 100, 200, 300, 400])
    await tree()
      .getByRole('link', { name: fillingAuthority(number) })
      .waitFor()
  expect(
    await tree()
      .getByRole('link', { name: fillingAuthority(1) })
      .count(),
  ).toBe(0)
  const groups = tree().getByRole('button', { name: /^\d+ CAs that end in/ })
  const counts = (await groups.allInnerTexts()).map((text) => Number(/\d+/.exec(text)![0]))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(AUTHORITIES - 5)
  await screenshots(page, 'hierarchy-wide')
})

next('what is counted can be opened and walked by keyboard', async () => {
  const { page } = app
  const group = tree()
    .getByRole('button', { name: /^\d+ CAs that end in/ })
    .first()
  await group.focus()
  await page.keyboard.press('Enter')
  const inside = tree().getByRole('link', { name: fillingAuthority(1) })
  await inside.waitFor()
  await page.keyboard.press('Tab')
  expect(await inside.evaluate((link) => link === document.activeElement)).toBe(true)
  await group.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => inside.count()).toBe(0)
})

next('the axis is zoomed by key, and its mark is moved by key', async () => {
  const { page } = app
  const zoom = page.getByLabel('Show', { exact: true })
  await heading(page, 'The hierarchy').click()
  await page.keyboard.press('+')
  expect(await zoom.inputValue()).toBe('30y')
  await page.keyboard.press('-')
  expect(await zoom.inputValue()).toBe('all')
  await zoom.selectOption('30 days')
  await page.getByRole('slider', { name: 'The day' }).focus()
  await page.keyboard.press('PageUp')
  await page.getByText(/^As of /).waitFor()
  await page.getByRole('button', { name: 'Back to today' }).click()
  await page.getByText(/^today, /).waitFor()
  await zoom.selectOption('all')
})

next('what ends in each month is a table that leads to the inventory', async () => {
  const { page } = app
  await tree().getByRole('button', { name: 'Show what Wide Root issued' }).click()
  await page.getByText('When they end').click()
  const month = tree().getByRole('table').getByRole('row').filter({ hasText: 'Dec 2026' })
  const counted = Number((await month.getByRole('cell').innerText()).replace(',', ''))
  expect(counted).toBeGreaterThan(19_000)
  await month.getByRole('link').click()
  await page
    .getByRole('status')
    .filter({ hasText: `${counted.toLocaleString('en-GB')} certificates found` })
    .waitFor()
})

next('above it is what is due, and each leads to its act', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  const due = page.getByRole('region', { name: 'What is due' })
  await due.getByText(/certificates$/).waitFor()
  await due.getByText('No backup').waitFor()
  await due.getByRole('link', { name: 'Back up…' }).click()
  await page.waitForURL(/#\/backup/)
  await visit(page, '#/hierarchy')
  await due.getByRole('link', { name: 'See which' }).click()
  await heading(page, 'Everything issued').waitFor()
  expect(page.url()).toContain('within=30')
  await visit(page, '#/hierarchy')
  await tree().waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  expect(app.complaints).toEqual([])
})

test('on a phone too, no end of a CA is cut off', async () => {
  const page = await app.newVisitor()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: 'Try with a sample hierarchy' }).click()
  await page.getByText(/^another certificate: until/).waitFor()
  const texts = page.locator('.track .text')
  expect(await texts.count()).toBeGreaterThan(5)
  const cut = await texts.evaluateAll((all) =>
    all
      .filter(({ clientWidth, scrollWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => textContent),
  )
  expect(cut).toEqual([])
})
