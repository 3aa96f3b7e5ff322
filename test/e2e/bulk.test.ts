import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import {
  cancelAt,
  checkRecords,
  createVault,
  heading,
  issue,
  openCertificate,
  unlock,
  visit,
} from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// Many certificates from the inventory's bar, with a cancel in between; and two tabs at the same CA at once.

/** More than two transactions take. */
/** Four times what a run makes at once: a cancel after the first report comes before the last begins. */
const next = story()
const MANY = 980
let app: App
const folder = temporaryFolder()
beforeAll(async () => {
  app = await startApp()
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await visit(page, '#/batch')
  const names = Array.from({ length: MANY }, (_, n) => `n${String(n).padStart(3, '0')}.fleet.test`)
  await page
    .getByLabel('The table')
    .fill(['commonName,dns', ...names.map((name) => `${name},${name}`)].join('\n'))
  await page.getByRole('button', { name: 'Read the table' }).click()
  await page.getByLabel('What happens to the keys').selectOption({ label: 'Keep it sealed in the vault' })
  await page.getByLabel('Who signs it').selectOption({ label: 'Example Root' })
  await page.getByRole('button', { name: `Sign ${String(MANY)} certificates` }).click()
  await page.getByText(`${String(MANY)} certificates issued and stored.`).waitFor()
  await page.getByRole('link', { name: `Show all ${String(MANY)} in the inventory` }).click()
  await page
    .getByRole('status')
    .filter({ hasText: `${String(MANY)} certificates found` })
    .waitFor()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

async function search(text: string, found: string): Promise<void> {
  const { page } = app
  await visit(page, `#/inventory?search=${encodeURIComponent(text)}`)
  await page.getByRole('status').filter({ hasText: found }).waitFor()
}

async function begin(button: string): Promise<void> {
  await app.page
    .getByRole('group', { name: 'With the selected' })
    .getByRole('button', { name: button })
    .click()
}

next('some are chosen in the list and renewed after a preview; nothing stays chosen', async () => {
  const { page } = app
  await search('n00', '10 certificates found')
  for (const name of ['n001.fleet.test', 'n002.fleet.test']) await page.getByLabel(`Select ${name}`).check()
  await begin('Renew…')
  await heading(page, 'Renew many certificates').waitFor()
  await page.getByText('2 certificates will be renewed.').waitFor()
  await page.getByRole('button', { name: 'Renew 2 certificates' }).click()
  await heading(page, '2 certificates renewed').waitFor()
  await page.getByRole('link', { name: 'Show all 2 in the inventory' }).click()
  await heading(page, 'Everything issued').waitFor()
  await page.getByRole('status').filter({ hasText: '2 certificates found' }).waitFor()
  await expect.poll(() => page.getByText('2 selected').count()).toBe(0)
  await search('n00', '12 certificates found')
})

next('what a run made is shown alone, chosen together, and not mixed up with another visit', async () => {
  const { page } = app
  const chip = page.getByRole('button', { name: 'Without Run: 2 certificates made together' })
  await visit(page, '#/bulk')
  await page.getByRole('link', { name: 'Show all 2 in the inventory' }).click()
  await chip.waitFor()
  await page.getByLabel('Select all on this page').check()
  await page.getByText('2 selected').waitFor()
  await expectSound(page, 'inventory-run')
  await page.getByRole('button', { name: 'Select none' }).click()
  await chip.click()
  await page
    .getByRole('status')
    .filter({ hasText: `${String(MANY + 3)} certificates` })
    .waitFor()
  await visit(page, '#/inventory?run=another')
  await page.getByText('What a run made is remembered only until').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: `${String(MANY + 3)} certificates` })
    .waitFor()
})

next(
  'all that match are replaced and cancelled in between: each certificate is whole, the page says how many',
  async () => {
    const { page } = app
    await search('fleet.test', `${String(MANY + 2)} certificates found`)
    await page.getByLabel('Select all on this page').check()
    await page.getByRole('button', { name: `Select all ${String(MANY + 2)} that match` }).click()
    await page.getByText(`${String(MANY + 2)} selected`).waitFor()
    await begin('Replace…')
    await heading(page, 'Replace many certificates').waitFor()
    // The two that were renewed have a successor.
    await page.getByText(`${String(MANY)} certificates will be replaced.`).waitFor()
    await page.getByText('2 certificates are left out').waitFor()
    await cancelAt(page, 1)
    await page.getByRole('button', { name: `Replace ${String(MANY)} certificates` }).click()
    await page.getByText('Stopped. What was done by then is stored').waitFor()
    const title = await heading(page, /replaced$/).innerText()
    const done = Number(/^\d+/.exec(title)![0])
    expect(done).toBeLessThan(MANY)
    await expectSound(page, 'bulk-cancelled')
    await search('fleet.test', `${(MANY + 2 + done).toLocaleString('en-US')} certificates found`)
    await checkRecords(page)
  },
)

next('some are put on hold from the list; what comes next is said', async () => {
  const { page } = app
  await search('n00', 'certificates found')
  await page.getByLabel('Select n003.fleet.test').first().check()
  await page.getByLabel('Select n004.fleet.test').first().check()
  await begin('Revoke…')
  await heading(page, 'Revoke many certificates').waitFor()
  await page.getByLabel('Reason').selectOption('certificateHold')
  await page.getByText('2 certificates will be put on hold.').waitFor()
  await expectSound(page, 'bulk-revoke')
  await page.getByRole('button', { name: 'Put 2 certificates on hold' }).click()
  await heading(page, '2 certificates put on hold').waitFor()
  await page.getByText('Sign a revocation list of each issuer').waitFor()
})

/** Of two tabs the one that is acted on is in front: Chromium draws the other about once a second. */
async function openLists(page: Page): Promise<void> {
  await page.bringToFront()
  await visit(page, '#/hierarchy')
  await page.getByRole('link', { name: 'Example Root', exact: true }).click()
  await page.getByRole('link', { name: 'Open the page of this certificate' }).click()
  await page.getByRole('link', { name: 'Revocation lists' }).click()
  await heading(page, 'Revocation lists of Example Root').waitFor()
}

/** Up to the press that signs. */
async function prepareList(page: Page): Promise<void> {
  await page.bringToFront()
  await page.getByRole('button', { name: 'Sign a list…' }).click()
  await page.getByLabel('The clock here is right').check()
}

/** Each into a folder of its own: lists of one CA have one name. */
function sign(page: Page): Promise<string> {
  const into = mkdtempSync(join(folder.path, 'list-'))
  // By keyboard: what the other tab signs moves the button from under the pointer.
  return download(page, () => page.getByRole('button', { name: 'Sign the list' }).press('Enter'), into)
}

const numberOf = (path: string): string =>
  execFileSync('openssl', ['crl', '-inform', 'DER', '-in', path, '-noout', '-crlnumber']).toString().trim()

next(
  'two tabs revoke and sign lists at once: no number comes twice, and the last list names all',
  async () => {
    const one = app.page
    const two = await app.newTab()
    await visit(two, '#/unlock')
    await unlock(two)
    await heading(two, 'The hierarchy').waitFor()
    const numbers: string[] = []
    const revoked: string[] = []
    const turns = [
      { revoker: one, signer: two, name: 'n005.fleet.test' },
      { revoker: two, signer: one, name: 'n006.fleet.test' },
    ]
    for (const { revoker, signer, name } of turns) {
      await openLists(signer)
      await prepareList(signer)
      await revoker.bringToFront()
      await openCertificate(revoker, name)
      revoked.push(await serialNumber(revoker))
      await revoker.getByRole('button', { name: 'Revoke…' }).click()
      const [path] = await Promise.all([
        sign(signer),
        revoker.getByRole('button', { name: 'Revoke it' }).click(),
      ])
      numbers.push(numberOf(path))
      await revoker.getByText('Revoked on').waitFor()
    }
    for (const page of [one, two]) await openLists(page)
    for (const page of [one, two]) await prepareList(page)
    numbers.push(...(await Promise.all([sign(one), sign(two)])).map(numberOf))
    expect(new Set(numbers).size).toBe(4)
    await openLists(one)
    await prepareList(one)
    const path = await sign(one)
    numbers.push(numberOf(path))
    // In hexadecimal, and of one length.
    expect(numbers.at(-1)).toBe(numbers.toSorted().at(-1))
    const text = execFileSync('openssl', ['crl', '-inform', 'DER', '-in', path, '-noout', '-text']).toString()
    for (const serial of revoked) expect(text).toContain(serial)
    await checkRecords(two)
    await two.close()
  },
)

async function serialNumber(page: Page): Promise<string> {
  const save = page.getByRole('button', { name: 'Certificate, PEM' })
  const path = await download(page, () => save.click(), folder.path)
  const said = execFileSync('openssl', ['x509', '-in', path, '-noout', '-serial']).toString()
  return said.trim().replace('serial=', '')
}

next('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
