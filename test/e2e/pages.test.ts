import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { axeFindings, axeFindingsEverywhere } from './support/axe.ts'
import { createVault, fillIn, heading, issue, visit } from './support/operator.ts'
import { story } from '../support/story.ts'

// Every page, filled, with long and hostile names: nothing for axe to find in light, in dark and 360 pixels wide,
// nothing wider than the window, nothing obeyed.

const next = story()
const HOSTILE = '<img src=x onerror=document.title="owned">\u202egpj.\u0430pple.com'
const LONG = 'A subsidiary whose full legal designation had to be written out, to the last letter'.slice(
  0,
  64,
)
const MANY = Array.from(
  { length: 100 },
  (_, i) => `host-${i}.some-quite-long-department-name.example.com`,
).join('\n')

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

async function expectSound(name: string | RegExp): Promise<void> {
  const { page } = app
  await heading(page, name).first().waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1280, height: 900 })
}

next('first visit, creation and opening a backup are sound', async () => {
  const { page } = app
  await expectSound('A certificate authority that lives in this page')
  await visit(page, '#/create')
  await expectSound('Create a vault')
  await page.getByLabel('Make a recovery passphrase').check()
  await page.getByRole('button', { name: 'Suggest random words' }).click()
  await page.getByRole('heading', { name: 'Recovery passphrase' }).waitFor()
  await expectSound('Create a vault')
  await visit(page, '#/restore')
  await page.getByRole('button', { name: 'Leave and lose it' }).click()
  await expectSound('Restore a backup')
  await visit(page, '#/')
})

next('an empty hierarchy, inventory and batch say what will be there and offer the way', async () => {
  const { page } = app
  await createVault(page)
  await expectSound('The hierarchy')
  await page.getByText('Your certificate authorities (CAs) will be shown here').waitFor()
  await visit(page, '#/inventory')
  await expectSound('Everything issued')
  await visit(page, '#/batch')
  await expectSound('Issue many at once')
  await page.getByRole('link', { name: 'Make a root' }).click()
  await expectSound('Make a root')
})

next('the form, the review and what was issued are sound with a hundred names', async () => {
  const { page } = app
  await issue(page, { name: LONG })
  await expectSound(/ is issued$/)
  await fillIn(page, { issuer: LONG, purpose: 'TLS server', name: '', names: MANY })
  await page.getByText('Key', { exact: true }).click()
  await page.getByText('More', { exact: true }).first().click()
  await expectSound('Issue a certificate')
  await page.getByRole('button', { name: 'Review it…' }).click()
  await expectSound('Review before signing')
  // None of them is kept from who signs.
  await page.getByText('More (77)').click()
  await page.getByText('DNS:host-99.some-quite-long-department-name.example.com').waitFor()
})

next('a hostile name is shown as what it is and does nothing', async () => {
  const { page } = app
  await issue(page, { issuer: LONG, purpose: 'TLS client', name: HOSTILE.slice(0, 64) })
  await expectSound(/ is issued$/)
  expect(await page.title()).not.toBe('owned')
  expect(await page.locator('main img').count()).toBe(0)
  await visit(page, '#/hierarchy')
  await page.getByRole('button', { name: /Show what/ }).click()
  await page.getByText('‹U+202E›').first().waitFor()
  await page.getByText('‹U+0430›').first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain('\u202e')
})

next('hierarchy with its sheet, and the page of a certificate with everything open, are sound', async () => {
  const { page } = app
  await expectSound('The hierarchy')
  await page.getByRole('link', { name: LONG }).click()
  await page.getByRole('complementary').getByText('Download').first().waitFor()
  await expectSound('The hierarchy')
  await page.getByRole('link', { name: 'Open the page of this certificate' }).click()
  await heading(page, LONG).waitFor()
  for (const summary of await page.locator('main details > summary').all())
    if (await summary.isVisible()) await summary.click()
  await expectSound(LONG)
})

next('from 1,400 pixels on, the fields of a certificate are beside what can be done with it', async () => {
  const { page } = app
  const left = async (name: string): Promise<number> =>
    (await page.getByRole('heading', { level: 2, name, exact: true }).boundingBox())!.x
  for (const [width, isBeside] of [
    [1280, false],
    [1400, true],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    expect((await left('All fields')) > (await left('Download'))).toBe(isBeside)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
})

for (const [address, title] of [
  ['#/inventory', 'Everything issued'],
  ['#/inventory?search=nothing-like-this', 'Everything issued'],
  ['#/journal', 'The journal'],
  ['#/profiles', 'Profiles'],
  ['#/batch', 'Issue many at once'],
  ['#/backup', 'Backup'],
  ['#/vault', 'The vault'],
  ['#/nowhere', 'There is no page at this address.'],
] as const)
  next(`${address} is sound`, async () => {
    await visit(app.page, address)
    await expectSound(title)
  })

next('dialogs are sound, keep the focus, and give it back', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await page.getByRole('link', { name: LONG }).click()
  for (const name of ['Retire…', 'Export the key…', 'Destroy its key…']) {
    const opener = page.getByRole('button', { name })
    await opener.click()
    await page.getByRole('dialog').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true)
  }
})

next('keys go where they say, and do nothing inside a field', async () => {
  const { page } = app
  await page.locator('body').press('Escape')
  await page.locator('main').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await heading(page, 'Everything issued').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('g h')
  expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('g h')
  await page.locator('main').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('main').focus()
  await page.keyboard.press('Shift+L')
  await page.getByText('Locked', { exact: true }).waitFor()
})

next('the locked vault is sound', async () => {
  await visit(app.page, '#/unlock')
  await expectSound('Unlock the vault')
})

next('a throw-away vault with a sample hierarchy opens, and leaving it forgets it', async () => {
  const other = await startApp()
  await other.page.getByRole('button', { name: 'Try with a sample hierarchy' }).click()
  await heading(other.page, 'The hierarchy').waitFor()
  await other.page.getByText('Sample: nothing is kept').waitFor()
  await visit(other.page, '#/vault')
  const idle = other.page.getByLabel('Lock when idle').locator('option:checked')
  expect(await idle.innerText()).toBe('after 24 hours')
  await other.page.getByRole('button', { name: 'Leave the sample' }).click()
  await heading(other.page, 'A certificate authority that lives in this page').waitFor()
  expect(other.complaints).toEqual([])
  await other.close()
})

next('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
