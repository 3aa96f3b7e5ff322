import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { createVault, heading, issue, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// A page that throws says so, and every other page still works.

let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root' })
})
afterAll(() => app.close())

/** Makes what the journal's table is drawn with throw, until it is taken back. */
async function breakJournal(broken: boolean): Promise<void> {
  await app.page.evaluate((on) => {
    const kept = globalThis as unknown as { entries?: typeof Object.entries }
    kept.entries ??= Object.entries
    const { entries } = kept
    Object.entries = on
      ? (((value: object) => {
          if ('remark' in value) throw new Error('provoked <script>')
          return entries(value)
        }) as typeof Object.entries)
      : entries
  }, broken)
}

test.each([
  ['certificate', 'This certificate cannot be shown'],
  ['renew', 'This certificate cannot be shown'],
  ['request', 'This request cannot be shown'],
  ['rollover', 'This plan cannot be shown'],
])('an address of a %s that is not here says so, and leaves every way on', async (name, title) => {
  const { page } = app
  await visit(page, `#/${name}/0123456789abcdef`)
  await heading(page, title).waitFor()
  const alert = page.getByRole('alert')
  await alert.getByText('Nothing in this vault has the number 0123456789abcdef.').waitFor()
  await alert.getByText('check every record on the page of the vault').waitFor()
  await expectSound(page, `not-here-${name}`)
  await page.locator('main').getByRole('link', { name: 'Make a backup…' }).waitFor()
  await page.getByRole('link', { name: 'Go to the page of the vault' }).click()
  await page.getByRole('button', { name: 'Check every record' }).waitFor()
})

const next = story()

next('a page that throws says what happened, and leaves every way on', async () => {
  const { page } = app
  await breakJournal(true)
  await visit(page, '#/journal')
  await heading(page, 'This page could not be shown').waitFor()
  await page.getByText('For a report').click()
  await page.getByText('Error: provoked <script>').waitFor()
  await expectSound(page, 'page-failed')
  await page.getByRole('button', { name: 'Lock now' }).waitFor()
  await page.locator('main').getByRole('link', { name: 'Make a backup…' }).click()
  await heading(page, 'This page could not be shown').waitFor({ state: 'detached' })
  await heading(page, /backup/i).waitFor()
})

next('it is shown again when it is asked for and what was wrong has gone', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await heading(page, 'This page could not be shown').waitFor()
  await breakJournal(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await heading(page, 'The journal').waitFor()
  await page.getByRole('cell', { name: 'Example Root' }).first().waitFor()
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  expect(app.complaints.filter((text) => !text.includes('provoked'))).toEqual([])
})
