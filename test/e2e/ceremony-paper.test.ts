import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePlan } from '../../src/ceremony/plan-file.ts'
import { utf8Text } from '../../src/octets.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { download, startApp, temporaryFolder, type App } from './support/app.ts'
import { visit } from './support/operator.ts'

// Paper is saved before a ceremony, and of one that was aborted.

const folder = temporaryFolder()
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

test('the sheets of a plan before it, and the report of a rehearsal that was aborted', async () => {
  const { page } = app
  /** Saves by a button; its name has the ending, and the text is returned. */
  const saved = async (button: string, name: string): Promise<string> => {
    const save = (): Promise<void> => page.getByRole('button', { name: button, exact: true }).click()
    const path = await download(page, save, folder.path)
    expect(path.endsWith(`/${name}`)).toBe(true)
    return readFileSync(path, 'utf8')
  }
  await visit(page, '#/ceremony')
  await page.getByText('Or write one down, or paste it').click()
  await page.getByLabel('Plan, as JSON').fill(utf8Text(writePlan(planAt(Date.now(), null))))
  await page.getByRole('button', { name: 'Check the plan' }).click()
  expect(await saved('Save the sheets to print', 'sheets.html')).not.toContain('REHEARSAL')
  expect(await saved('Save the sheets of the rehearsal', 'REHEARSAL-sheets.html')).toContain('REHEARSAL')
  await page.getByRole('button', { name: 'Rehearse it' }).click()
  await page.getByRole('button', { name: 'Begin this step' }).waitFor()
  await page.getByRole('button', { name: 'Stop…' }).click()
  await page.getByLabel('What happened').fill('Fire alarm')
  await page.getByLabel('Who says so').selectOption('Ada Lovelace')
  await page.getByRole('button', { name: 'Abort the ceremony' }).click()
  await page.getByRole('button', { name: 'Save the report' }).waitFor()
  const report = await saved('Save the report', 'REHEARSAL-report.html')
  expect(report).toContain('Fire alarm')
  expect(report).toContain('The ceremony was aborted.')
  expect(app.complaints).toEqual([])
})
