/** A plan made with the form: what is typed, what is wrong with it, and the plan that comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import type { Locator } from 'playwright'
import { readPlan, writePlan } from '../../src/ceremony/plan-file.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { ceremonyForm as words } from '../../src/messages/en/ui/ceremony-form.ts'
import { ceremony as room } from '../../src/messages/en/ui/ceremony.ts'
import { pem, root } from '../support/chain.ts'
import { DIST } from '../support/dist.ts'
import { proved } from '../support/things.ts'
import type { App } from './support/app.ts'
import { startApp, temporaryFolder } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { drop } from './support/drag.ts'
import { heading, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

const PAGE = join(DIST, 'rootcellar.html')
const folder = temporaryFolder()
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const field = (label: string): Locator => app.page.getByLabel(label, { exact: true })
const make = (): Promise<void> => app.page.getByRole('button', { name: words.make }).click()
const choose = (template: keyof typeof words.templates): Promise<void> =>
  app.page.getByRole('radio', { name: words.templates[template].label, exact: true }).check()

async function fillIn(): Promise<void> {
  const { page } = app
  await field(words.name).fill('Example roots')
  await field(words.place).fill('Room 1.04')
  await field(words.purpose).fill('A new hierarchy for the devices.')
  const organization = page.getByRole('region', { name: words.authorities })
  await organization.getByLabel(words.organization).fill('Example')
  for (const [i, name] of ['Ada Lovelace', 'Ben Bauer', 'Cleo Ünal', 'Dan Smith', 'Wim de Vries'].entries())
    await page
      .getByRole('group', { name: words.person(i + 1) })
      .getByLabel(words.personName)
      .fill(name)
}

test('a root and two intermediates: from answers to a plan that nothing speaks against', async () => {
  const { page } = app
  await visit(page, '#/ceremony')
  await heading(page, room.title).waitFor()
  await choose('hierarchy')
  await make()
  // The first answer that is wrong has the focus.
  await page.getByText(/answers to correct/).waitFor()
  await expect.poll(() => field(words.name).evaluate((each) => each === document.activeElement)).toBe(true)
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'ceremony-form-faults')
  await fillIn()
  await field(words.rootName).fill('Example Root')
  await field(words.intermediateName(1)).fill('Example Devices')
  await field(words.intermediateName(2)).fill('Example People')
  await page.getByLabel(words.toolChoose).setInputFiles(PAGE)
  const sum = createHash('sha256').update(readFileSync(PAGE)).digest('hex')
  await expect.poll(() => field(words.tool).inputValue()).toBe(sum)
  expect(await page.getByText(/answers? to correct/).count()).toBe(0)
  await screenshots(page, 'ceremony-form')
  await make()
  await heading(page, 'Example roots').waitFor()
  await page.getByText(room.plan.sound).waitFor()
  expect(await page.getByRole('button', { name: room.plan.rehearse }).isEnabled()).toBe(true)
  await screenshots(page, 'ceremony-form-plan')
  // What was typed is still there.
  await page.getByRole('button', { name: words.back }).click()
  expect(await field(words.intermediateName(2)).inputValue()).toBe('Example People')
  expect(app.complaints).toEqual([])
})

test('a row that is removed by the keyboard leaves the focus in the row beside it', async () => {
  const page = await app.newTab()
  await visit(page, '#/ceremony')
  await page.getByRole('radio', { name: words.templates.hierarchy.label, exact: true }).check()
  const focused = (): Promise<string | null> =>
    page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? null)
  for (const [label, left] of [
    [words.removePerson(1), words.personName],
    [words.removePerson(4), words.personName],
    [words.removeIntermediate(1), words.intermediateName(1)],
  ] as const) {
    await page.getByRole('button', { name: label }).press('Enter')
    await expect.poll(focused).toBe(left)
  }
  expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(3)
  await page.close()
})

test('files that are dropped on the page answer what the form asks', async () => {
  const { page } = app
  await visit(page, '#/ceremony')
  await choose('sign-request')
  const ca = await root({ subject: 'CN=Old Root,O=Example', notAfter: new Date('2050-01-01T00:00:00Z') })
  const dropped = async (name: string, text: string): Promise<void> => {
    writeFileSync(join(folder.path, name), text)
    await drop(page, join(folder.path, name))
  }
  await dropped('old-root.pem', pem(ca))
  await page.getByText(words.takenFrom('CN=Old Root,O=Example', ['old-root.pem'])).waitFor()
  const request = `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(proved).toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`
  await dropped('partner.csr', request)
  await page.getByText(createHash('sha256').update(proved).digest('hex')).waitFor()
  // A request is not the certificate of a CA.
  await page
    .getByRole('group', { name: words.authority['sign-request'] })
    .getByLabel(words.choose)
    .setInputFiles({ name: 'partner.csr', mimeType: '', buffer: Buffer.from(request) })
  await page.getByText(words.notOne(0, ['partner.csr'])).waitFor()
  await screenshots(page, 'ceremony-form-files')
  expect(app.complaints).toEqual([])
})

test('holders, a note and an accepted finding are added to a plan that was made', async () => {
  // A tab of its own: the plan stays open in it.
  const page = await app.newTab()
  const own = (label: string): Locator => page.getByLabel(label, { exact: true })
  await page.goto(`file://${PAGE}#/ceremony`)
  await heading(page, room.title).waitFor()
  const plan = join(folder.path, 'plan.json')
  writeFileSync(plan, writePlan(planAt(Date.now(), null)))
  await page.reload()
  await heading(page, room.title).waitFor()
  await page.getByLabel(room.start.open).setInputFiles(plan)
  await page.getByRole('button', { name: room.plan.edit }).click()
  const { amend } = room
  await page.getByText(amend.holders, { exact: true }).click()
  await page
    .getByRole('group', { name: amend.key('root-key') })
    .getByLabel('Ada Lovelace')
    .check()
  await page.getByText(amend.notes, { exact: true }).click()
  await own(amend.step).selectOption('make-root')
  await own(amend.note).fill('Read the name twice.')
  await page.getByText(amend.accepted, { exact: true }).click()
  await page.getByRole('button', { name: amend.add }).click()
  await own(amend.code).fill('no-such')
  await own(amend.reason).fill('It is known.')
  await own(amend.by).selectOption('ada')
  await screenshots(page, 'ceremony-amend')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByRole('button', { name: amend.take }).click()
  await page.getByText(/is not the code of a finding/).waitFor()
  await own(amend.code).fill('serial-zero')
  await page.getByRole('button', { name: amend.take }).click()
  await page.getByText(/is not the code of a finding/).waitFor({ state: 'detached' })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: room.plan.save }).click(),
  ])
  const read = readPlan(new Uint8Array(readFileSync(await download.path())))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  expect(read.plan.keys[0]!.holders).toEqual(['ada', 'ben', 'cleo'])
  expect(read.plan.steps.find(({ id }) => id === 'make-root')!.note).toBe('Read the name twice.')
  expect(read.plan.accepted).toEqual([{ code: 'serial-zero', on: 'root', reason: 'It is known.', by: 'ada' }])
  await page.close()
})
