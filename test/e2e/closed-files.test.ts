import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'
import { story } from '../support/story.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { createVault, heading, visit } from './support/operator.ts'

// Files whose passwords take long to try: it is said what is being done, it can be ended, and nothing waits for it.

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url))

/** The PKCS#12 with its MAC said to take this many rounds: the password is tried all the same, and does not fit. */
function withRounds(rounds: number): Buffer {
  const bytes = Buffer.from(fixture('q19-600k.p12'))
  const inMac = bytes.lastIndexOf(Buffer.from('02030927c0', 'hex'))
  bytes.writeUIntBE(rounds, inMac + 2, 3)
  return bytes
}
const upload = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })
const SLOW = upload('slow.p12', withRounds(6_700_000))

let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
})
afterAll(async () => {
  expect(app.complaints).toEqual([])
  await app.close()
})

const next = story()

next(
  'Validate: many closed files are read at once, one password is tried on sight, and cancel ends it',
  async () => {
    const { page } = app
    await visit(page, '#/validate')
    await heading(page, 'Validate certificates').waitFor()
    const files = Array.from({ length: 10 }, (_, i) => upload(`closed-${i}.p12`, fixture('q19-600k.p12')))
    await page.getByLabel('Choose files…').setInputFiles([...files, SLOW])
    const password = page.getByLabel('Password of the file')
    await password.fill('other')
    await page.getByRole('button', { name: 'Open with this password' }).click()
    await page.getByText(/^closed-0\.p12: working out a key from the password, 600,000 rounds\.$/).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' })
    await password.waitFor()
  },
)

next(
  'while a password is tried, the vault answers; and the desk of what is brought in can be left',
  async () => {
    const { page } = app
    await visit(page, '#/import')
    await page.getByLabel('Choose files…').setInputFiles([SLOW])
    await page.getByLabel('Password of slow.p12 (PKCS#12)').fill('secret')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByText(/^slow\.p12: working out a key from the password, 6,700,000 rounds\.$/).waitFor()
    await visit(page, '#/journal')
    await page.getByText('Vault created').first().waitFor()
    await visit(page, '#/import')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' })
    await page.getByLabel('Password of slow.p12 (PKCS#12)').waitFor()
  },
)

next('more rounds than are done here are refused at once, all of a file counted', async () => {
  const { page } = app
  await visit(page, '#/validate')
  await page.getByRole('button', { name: 'Clear the page' }).click()
  await page.getByLabel('Choose files…').setInputFiles([upload('endless.p12', withRounds(8_200_000))])
  await page
    .getByText(/asks for 8,200,000 rounds of password hashing; at most 8,000,000 are done here/)
    .waitFor()
  await page.getByLabel('Choose files…').setInputFiles([upload('sum.p12', withRounds(7_000_000))])
  await page
    .getByText(/asks for 8,200,000 rounds of password hashing/)
    .nth(1)
    .waitFor()
})
