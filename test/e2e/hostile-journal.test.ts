import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { scratch } from '../support/run.ts'
import { openReady } from '../support/site.ts'
import { download, reloadReady, startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, issue, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { tamper } from './support/storage.ts'
import { story } from '../support/story.ts'
import { workerCalls, type WorkerCalls } from './support/worker-call.ts'

// Journal lines that are meant to harm: typed by somebody who may write, and put on the disk by somebody who may not.

const next = story()
const HTML = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>{@html 1}'
const MARKS = 'paid \u202E005 \u0007\u0000\u001B[2Jto\r\n# p=evil\u2028Mallory'
const LONG = `begins ${'x'.repeat(100_000)}`
let app: App
let page: Page
let calls: WorkerCalls
beforeAll(async () => {
  app = await startApp()
  page = await app.context.newPage()
  calls = await workerCalls(page)
  await openReady(page, app.site.url)
  await createVault(page)
  await issue(page, { name: 'Example Root' })
})
afterAll(() => app.close())

/** It is read as text, fits a phone, and nothing of it has run. */
async function expectHarmless(shot: string): Promise<void> {
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
  expect(await page.locator('main img[src="x"], main script').count()).toBe(0)
  // eslint-disable-next-line no-control-regex -- These are the ones looked for.
  expect(await page.locator('main').innerText()).not.toMatch(/[\u0000-\u0008\u001B\u202E\u2028]/)
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1280, height: 900 })
  await screenshots(page, shot)
}

next('typed as a name and a remark: shown as what they are, and cut off', async () => {
  for (const [who, remark] of [
    [HTML, MARKS],
    [MARKS, HTML],
    ['Mallory', LONG],
  ] as const)
    await calls.call('journal.export', { actor: { who, remark } })
  await visit(page, '#/journal')
  await page
    .getByText(/‹U\+202E›005/)
    .first()
    .waitFor()
  await page.getByText(/^begins x+/).waitFor()
  await expectHarmless('journal-hostile-typed')
})

next('the chain verifies, and its export holds each of them in one line that nothing can break', async () => {
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/entries verified; the last has the hash/).waitFor()
  const { path } = scratch()
  const start = () => page.getByRole('button', { name: 'Export' }).click()
  const text = readFileSync(await download(page, start, path), 'utf8')
  // eslint-disable-next-line no-control-regex -- These are the ones looked for.
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/)
  const entries = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const remarks = entries.map((line) => (JSON.parse(line) as { remark: string }).remark)
  expect(remarks).toEqual(expect.arrayContaining([HTML, MARKS, LONG]))
})

next('put on the disk while it is locked: shown as text that nobody has checked', async () => {
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByText('Not checked.').first().waitFor()
  const entry = { recordId: null, subject: MARKS, previous: '00' }
  await forge(2, { ...entry, at: '1999-12-31T00:00:00.000Z', who: HTML, act: MARKS, remark: LONG })
  await forge(3, { ...entry, at: '+275760-09-13T00:00:00.000Z', who: LONG, act: 'constructor', remark: HTML })
  await forge(4, { ...entry, at: 'never', who: '', act: 'vault-created', remark: '' })
  await reloadReady(page)
  await visit(page, '#/journal')
  await page.getByText('1999-12-31').first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain('native code')
  await expectHarmless('journal-hostile-locked')
})

next('unlocked: none of them is shown, and the check says which lines were changed', async () => {
  await page.getByRole('link', { name: 'Unlock' }).first().click()
  await unlock(page)
  await page.getByRole('button', { name: 'Lock now' }).waitFor()
  await visit(page, '#/journal')
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/^The journal does not verify/).waitFor()
  for (const line of [2, 3, 4])
    await page
      .getByText(`${String(line)} was changed`)
      .first()
      .waitFor()
  expect(await page.getByText('1999-12-31').count()).toBe(0)
  await expectHarmless('journal-hostile-open')
})

next('nothing was complained about', () => {
  expect(app.complaints).toEqual([])
})

/** Writes over a row as somebody does who has the disk and no key: a first octet of zero is text in the clear. */
async function forge(sequence: number, entry: Record<string, unknown>): Promise<void> {
  const text = Buffer.from(JSON.stringify({ sequence, ...entry })).toString('base64')
  const change = `(row) => ({ ...row, body: Uint8Array.from('\\0' + atob('${text}'), (one) => one.charCodeAt(0)) })`
  const at = { database: 'rootcellar', store: 'journal', key: sequence }
  await tamper(page, at, { toString: () => change } as never)
}
