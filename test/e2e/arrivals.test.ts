import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { endEntity, pem, root } from '../support/chain.ts'
import { download, startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { drag, drop } from './support/drag.ts'
import { createVault, heading, issue, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// What is dropped or pasted on any page goes where it belongs, after one question.

const next = story()
const YEARS = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') }
const folder = temporaryFolder()
const files = { chain: '', backup: '', note: '' }
const request = readFileSync(new URL('../fixtures/requests/csr-good.pem', import.meta.url), 'utf8')
let app: App
beforeAll(async () => {
  app = await startApp()
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const top = await root({ ...YEARS, subject: 'CN=Arrived Root' })
  files.chain = saved(
    'chain.pem',
    pem(await endEntity(top, { ...YEARS, subject: 'CN=arrived.example' }), top),
  )
  files.note = saved('note.txt', 'nothing of the kind')
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

function saved(name: string, text: string): string {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

/** Puts text on the clipboard and presses Ctrl+V, without a field in focus. */
async function paste(text: string): Promise<void> {
  await app.page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await app.page.locator('main h1').focus()
  await app.page.keyboard.press('Control+V')
}
const question = (name: string | RegExp) => app.page.getByRole('dialog', { name })

next(
  'certificates dropped on the inventory are validated after one question, answered with Enter',
  async () => {
    const { page } = app
    await createVault(page)
    await issue(page, { name: 'Arrivals Root' })
    await visit(page, '#/inventory')
    await heading(page, 'Everything issued').waitFor()
    await drop(page, files.chain)
    await question('2 certificates: validate them?').waitFor()
    await screenshots(page, 'arrivals-question')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await page.keyboard.press('Enter')
    await heading(page, 'Validate certificates').waitFor()
    await page.getByText('arrived.example').first().waitFor()
  },
)

next('a request pasted on the journal is certified', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await heading(page, 'Journal').waitFor()
  await paste(request)
  await question('1 request (CSR): certify it?').waitFor()
  await page.keyboard.press('Enter')
  await heading(page, 'Certify requests').waitFor()
  await page.getByRole('checkbox').first().waitFor()
})

next('what is nothing that can be used gets a sentence, and Escape leaves all as it was', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await drop(page, files.note)
  await question('There is nothing in it that can be used here').waitFor()
  await page.getByRole('dialog').getByText('note.txt').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await heading(page, 'The hierarchy').waitFor()
})

next('files let go in the moment in which the page under them changes are not lost', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  const letGo = await drag(page, files.note)
  await visit(page, '#/journal')
  await heading(page, 'Journal').waitFor()
  await letGo()
  await question('There is nothing in it that can be used here').waitFor()
  await page.keyboard.press('Escape')
})

next('a paste into a field stays in it', async () => {
  const { page } = app
  await visit(page, '#/inventory')
  await page.locator('input[type=search]').focus()
  await page.evaluate(() => navigator.clipboard.writeText('arrived'))
  await page.keyboard.press('Control+V')
  expect(await page.locator('input[type=search]').inputValue()).toBe('arrived')
  expect(await page.getByRole('dialog').count()).toBe(0)
})

next(
  'a backup dropped on Validate is asked about; other files there are validated without a question',
  async () => {
    const { page } = app
    await visit(page, '#/backup')
    files.backup = await download(
      page,
      () => page.getByRole('button', { name: 'Make a backup', exact: true }).click(),
      folder.path,
    )
    await visit(page, '#/validate')
    await heading(page, 'Validate certificates').waitFor()
    await page.getByRole('button', { name: 'Clear the page' }).click()
    await drop(page, files.chain)
    await page.getByText('arrived.example').first().waitFor()
    await drop(page, files.backup)
    await question('A backup of a vault: restore it?').waitFor()
    await page.keyboard.press('Enter')
    await heading(page, 'Restore a backup').waitFor()
    await page.getByText(/^Chosen: /).waitFor()
  },
)

next('with a locked vault what needs it waits until it is open, and is not lost', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByText('Locked', { exact: true }).waitFor()
  await paste(request)
  await question('1 request (CSR): certify it?').getByText('The vault is locked').waitFor()
  await page.keyboard.press('Enter')
  await heading(page, 'Unlock the vault').waitFor()
  await page.getByText('1 file to certify waits for the open vault.').waitFor()
  await unlock(page)
  await heading(page, 'Certify requests').waitFor()
  await page.getByRole('checkbox').first().waitFor()
  expect(await page.getByText('waits for the open vault').count()).toBe(0)
  expect(app.complaints).toEqual([])
})
