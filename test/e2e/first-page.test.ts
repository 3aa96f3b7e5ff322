import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endEntity, pem, root } from '../support/chain.ts'
import { startApp, temporaryFolder, type App } from './support/app.ts'
import { drop } from './support/drag.ts'
import { heading } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// Three doors: a CA, a chain, a backup; each opens from where it is.

const next = story()
const YEARS = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') }
const folder = temporaryFolder()
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const field = () => app.page.getByLabel('Certificates, as text')

next('the first page has three doors, and is sound on every screen', async () => {
  const { page } = app
  for (const name of ['Make a CA', 'Validate a chain', 'Open a backup'])
    await page.getByRole('heading', { name, exact: true }).waitFor()
  await expectSound(page, 'first-page')
})

test('below the doors it has something to learn from', async () => {
  const page = await app.newVisitor()
  for (const [link, title] of [
    ['The rules', 'The rules'],
    ['The mTLS lab', /./],
    ['A key ceremony', /./],
  ] as const) {
    await page.getByRole('main').getByRole('link', { name: link }).click()
    await heading(page, /lives in this page/).waitFor({ state: 'detached' })
    await heading(page, title).waitFor()
    await page.goBack()
    await heading(page, /lives in this page/).waitFor()
  }
  await page.context().close()
})

test('on a phone, what has no room in the bar is behind More', async () => {
  const page = await app.newVisitor()
  await page.setViewportSize({ width: 360, height: 740 })
  const bar = page.getByRole('navigation', { name: 'Pages' })
  expect(await bar.getByRole('link').allInnerTexts()).toEqual([
    'Hierarchy',
    'Requests',
    'Validate',
    'Inventory',
  ])
  const more = bar.getByText('More')
  await more.click()
  await expectSound(page, 'phone-more')
  await page.setViewportSize({ width: 360, height: 740 })
  await more.click()
  await page.keyboard.press('Escape')
  expect(await bar.getByRole('link', { name: 'Ceremony' }).count()).toBe(0)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await heading(page, 'Ceremony').waitFor()
  expect(await bar.getByRole('link', { name: 'Ceremony' }).count()).toBe(0)
  await page.context().close()
})

next('text without a certificate stays in the field, and the page says so there', async () => {
  const { page } = app
  await field().fill('nothing of the kind')
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByText('pasted text').waitFor()
  expect(await field().inputValue()).toBe('nothing of the kind')
  await heading(page, /lives in this page/).waitFor()
})

next('a chain pasted there is validated, by keys alone', async () => {
  const { page } = app
  const top = await root({ ...YEARS, subject: 'CN=First Root' })
  const chain = pem(await endEntity(top, { ...YEARS, subject: 'CN=first.example' }), top)
  await field().fill(chain)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await heading(page, 'Validate certificates').waitFor()
  await page.getByText('first.example').first().waitFor()
})

next('a chain dropped on the first page is validated', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Clear the page' }).click()
  await page.getByRole('link', { name: 'Hierarchy' }).click()
  const path = join(folder.path, 'dropped.pem')
  writeFileSync(path, pem(await root({ ...YEARS, subject: 'CN=Dropped Root' })))
  await heading(page, /lives in this page/).waitFor()
  await drop(page, path)
  await heading(page, 'Validate certificates').waitFor()
  await page.getByText('Dropped Root').first().waitFor()
})

next(
  'a file chosen as a backup leads to the page that restores, which says what is wrong with it',
  async () => {
    const { page } = app
    await page.getByRole('link', { name: 'Hierarchy' }).click()
    await page
      .getByLabel('Choose a backup file…')
      .setInputFiles({ name: 'not-one.txt', mimeType: 'text/plain', buffer: Buffer.from('no backup') })
    await heading(page, 'Restore a backup').waitFor()
    await page.getByText('not-one.txt').waitFor()
    expect(app.complaints).toEqual([])
  },
)
