import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import type { Drawn } from '../support/chain.ts'
import { endEntity, intermediate, root, pem } from '../support/chain.ts'
import { publicRootsText } from '../../tools/public-roots.ts'
import { debianBundle } from '../support/roots.ts'
import type { App } from './support/app.ts'
import { reloadReady, startApp } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, validatePasted, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// Named sets of anchors that stay in the vault, as a person keeps and uses them.

const next = story()
const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const VALIDITY = { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now + 60 * DAY) }

let app: App
let top: Drawn
let ca: Drawn
let target: Drawn
beforeAll(async () => {
  top = await root({ ...VALIDITY, subject: 'CN=Some Root' })
  ca = await intermediate(top, { ...VALIDITY, subject: 'CN=Some CA' })
  target = await endEntity(ca, VALIDITY)
  app = await startApp()
  await createVault(app.page)
})
afterAll(() => app.close())

const paste = (text: string): Promise<void> => validatePasted(app.page, text)

async function keep(name: string): Promise<void> {
  const { page } = app
  await page.getByText('Keep a trust store').click()
  await page.getByLabel('Name of the trust store').fill(name)
  await page.getByRole('button', { name: 'Keep the trust store' }).click()
}

const lock = async (): Promise<void> => {
  await app.page.getByRole('button', { name: 'Lock now' }).click()
}

next('a store kept in the vault goes with the lock and comes back with it', async () => {
  const { page } = app
  await paste(pem(target, ca, top))
  await page.getByText(/^Not valid/).waitFor()
  await keep('Ours')
  await page.getByLabel('Ours (1)').waitFor()
  await page.getByText(/^Valid\./).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-trust-store')
  await lock()
  await visit(page, '#/validate')
  await page.getByText(/^Not valid/).waitFor()
  await expect.poll(() => page.getByLabel('Ours (1)').count()).toBe(0)
  await page.getByRole('link', { name: 'Unlock…' }).click()
  await unlock(page)
  await visit(page, '#/validate')
  await page.getByText(/^Valid\./).waitFor()
})

next('it is renamed, and another root comes in for the one that goes', async () => {
  const { page } = app
  const another = await root({ ...VALIDITY, subject: 'CN=Another Root' })
  await paste(pem(target, ca, another))
  await page.getByText(/^Valid\./).waitFor()
  await page.getByRole('button', { name: 'Change Ours' }).click()
  await page.getByLabel('CN=Some Root', { exact: true }).uncheck()
  await page.getByText('1 certificate will be taken out.').waitFor()
  await page.getByLabel('What is added').selectOption({ index: 1 })
  const field = page.getByRole('dialog').getByLabel('Name of the trust store')
  await field.fill('Theirs')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-change-store')
  await page.getByRole('dialog').getByRole('button', { name: 'Change the trust store' }).click()
  await page.getByText(/^Not valid/).waitFor()
  await page.getByRole('button', { name: 'Change Theirs' }).click()
  await page.getByLabel('CN=Another Root', { exact: true }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await paste(pem(target, ca, top))
  await page.getByRole('button', { name: 'Change Theirs' }).click()
  await page.getByLabel('What is added').selectOption({ index: 1 })
  await page.getByRole('dialog').getByLabel('Name of the trust store').fill('Ours')
  await page.getByLabel('CN=Another Root', { exact: true }).uncheck()
  await page.getByRole('dialog').getByRole('button', { name: 'Change the trust store' }).click()
  await page.getByText(/^Valid\./).waitFor()
})

next('it is there after a reload, and is removed with a question and an entry in the journal', async () => {
  const { page } = app
  await reloadReady(page)
  await paste(pem(target, ca))
  await page.getByText(/^Not valid/).waitFor()
  await page.getByRole('link', { name: 'Unlock…' }).click()
  await unlock(page)
  await visit(page, '#/validate')
  await page.getByLabel('Ours (1)').check()
  await page.getByText(/^Valid\./).waitFor()
  await page.getByRole('button', { name: 'Remove Ours' }).click()
  await page.getByText('“Ours” and its 1 certificate').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.getByText(/^Not valid/).waitFor()
  await visit(page, '#/journal')
  await page.getByRole('cell', { name: 'Trust store removed' }).waitFor()
})

test('the public roots count for TLS servers, and are switched off as any store', async () => {
  const { page } = app
  const [version = '', root = ''] = publicRootsText().split('\n')
  await paste(encodePem('CERTIFICATE', Uint8Array.from(Buffer.from(root, 'base64'))))
  // A CA is asked for any purpose.
  await page.getByText(/^Not valid/).waitFor()
  const store = page.getByLabel(new RegExp(`^Public roots, as of Node\\.js ${version} \\(1\\d\\d\\)$`))
  expect(await store.isChecked()).toBe(false)
  await page.getByLabel('Purpose', { exact: true }).selectOption('serverAuth')
  await page.getByText(`Public roots as of Node.js ${version}; not checked: revocation`).waitFor()
  expect(await store.isChecked()).toBe(true)
  await page.getByText('from the public roots').waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-public-roots')
  await store.uncheck()
  await page.getByText(/^Not valid/).waitFor()
  await store.check()
})

test('one root alone is made to count with one press', async () => {
  const { page } = app
  const other = await root({ ...VALIDITY, subject: 'CN=Other Root' })
  await paste(pem(target, ca, top, other))
  await page.getByLabel('CN=Some Root, from what you added').check()
  await page.getByLabel('CN=Other Root, from what you added').check()
  await page.getByText(/^Valid\./).waitFor()
  await page.getByRole('button', { name: 'Only this one: CN=Other Root' }).click()
  await page.getByText(/^Not valid/).waitFor()
  expect(await page.getByLabel('CN=Some Root, from what you added').isChecked()).toBe(false)
})

test("Debian's bundle of roots is kept as a store in one act", async () => {
  const page = await app.newVisitor()
  await createVault(page)
  await visit(page, '#/validate')
  // Two acts: the file is chosen, and what it is is kept.
  await page.locator('input[type=file]').first().setInputFiles({
    name: 'ca-certificates.crt',
    mimeType: 'application/x-pem-file',
    buffer: debianBundle(),
  })
  await page
    .getByRole('heading', { name: /^1\d\d roots, and no server: keep them as a trust store\?$/ })
    .waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-bundle')
  await page.getByRole('button', { name: 'Keep them' }).click()
  await page.getByText('ca-certificates is kept. Now add the chain').waitFor()
  await page.getByLabel('Certificates, as text').fill(pem(target, ca))
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByLabel(/^ca-certificates \(1\d\d\)$/).waitFor()
  expect(app.complaints).toEqual([])
})
