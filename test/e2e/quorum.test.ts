import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { download, startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import {
  checkRecords,
  createVault,
  fillIn,
  heading,
  issue,
  PASSPHRASE,
  toReview,
  visit,
} from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { PATIENCE } from '../support/patience.ts'
import { story } from '../support/story.ts'

// A vault, and the key of a CA, that several people open together: shares are handed out, shown, given and mistyped.

const next = story()
const NAMES = ['Ada Lovelace', 'Ben', 'Cleo']
const folder = temporaryFolder()
const shares: { vault: string[]; key: string[] } = { vault: [], key: [] }
let app: App
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Held Root' })
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const button = (name: string | RegExp): Locator => app.page.getByRole('button', { name })
const field = (): Locator => app.page.getByLabel('The words of one share')

/** Fills in who holds it, and hands out each share; returns the words, holder by holder. */
async function handOut(look = false): Promise<string[]> {
  const { page } = app
  for (const [i, name] of NAMES.entries()) await page.getByLabel(`Name of holder ${String(i + 1)}`).fill(name)
  if (look) await screenshots(page, 'quorum-who')
  await button('Make the shares').click()
  const words: string[] = []
  for (const name of NAMES) {
    await button(`Show the share of ${name}`).click()
    const list = page.getByRole('region', { name: `Show the share of ${name}` }).getByRole('listitem')
    await list.first().waitFor()
    words.push((await list.allInnerTexts()).join(' '))
    if (look && words.length === 1) {
      await screenshots(page, 'quorum-share')
      expect(await axeFindingsEverywhere(page)).toEqual([])
    }
    await button('It is written down: hide it').click()
    expect(await page.locator('main').innerText()).not.toContain(words.at(-1)!.split(' ')[3]!.concat('\n'))
    await field().fill(words.at(-1)!)
    await button('Compare').click()
    await page.getByRole('listitem').filter({ hasText: name }).getByText('shown and compared').waitFor()
  }
  return words
}

/** Gives shares, one after the other; each is gone from the page once it was taken. */
async function give(...words: readonly string[]): Promise<void> {
  for (const share of words) {
    await field().fill(share)
    await button('Give this share').click()
    await expect
      .poll(
        () =>
          field()
            .inputValue({ timeout: 500 })
            .catch(() => ''),
        { timeout: PATIENCE },
      )
      .toBe('')
  }
}

async function lock(): Promise<void> {
  await button('Lock now').click()
  await app.page.getByText('Locked', { exact: true }).waitFor()
  await visit(app.page, '#/unlock')
  await heading(app.page, 'Unlock the vault').waitFor()
}

next('three people get a share each, and any two of them open the vault beside its passphrase', async () => {
  const { page } = app
  await visit(page, '#/vault')
  await page.getByRole('link', { name: 'Let several people hold it…' }).click()
  await heading(page, 'Let several people open the vault').waitFor()
  shares.vault = await handOut(true)
  await page.getByText('Everybody has shown a whole share.').waitFor()
  await page.getByLabel('What to call it').fill('The board')
  await page.getByLabel('What opens the vault now').fill(PASSPHRASE)
  await screenshots(page, 'quorum-finish')
  await button('Let them hold it').click()
  await heading(page, 'The vault').waitFor()
  await page.getByText('2 of 3: Ada Lovelace, Ben and Cleo').waitFor()
  await screenshots(page, 'quorum-slots')
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next('a locked vault opens with two shares, each of which is named when it is given', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await lock()
  await page.getByRole('radio', { name: 'With shares of several people' }).check()
  await field().fill('acid acorm ')
  await page.getByText('Word 2 is not on the list. It may be “acorn”.').waitFor()
  await give(shares.vault[2]!)
  await page.getByRole('listitem').filter({ hasText: 'Cleo' }).getByText('given').waitFor()
  await field().fill(shares.vault[2]!)
  await button('Give this share').click()
  await page.getByText('Cleo has given this share already. Another holder is needed.').waitFor()
  await screenshots(page, 'quorum-given')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await give(shares.vault[0]!)
  await page.getByText('Enough shares were given.').first().waitFor()
  await button('Unlock').click()
  await heading(page, 'The hierarchy').waitFor()
  await checkRecords(page)
})

next('a mistyped share is refused with a sentence, and what was typed stays', async () => {
  const { page } = app
  await visit(page, '#/vault')
  await button('Show a share…').click()
  const [first, second, third, ...rest] = shares.vault[1]!.split(' ')
  const other = second === third ? 'zoo' : second
  const mistyped = [first, third, other, ...rest].join(' ')
  await field().fill(mistyped)
  await button('Compare').click()
  await page.getByText('Each word is on the list, and together they are not a share').waitFor()
  expect(await field().inputValue()).toBe(mistyped)
  await field().fill(shares.vault[1]!)
  await button('Compare').click()
  await page.getByText('The share is whole.').waitFor()
  await visit(page, '#/journal')
  await page.getByText('Share shown').first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain(
    shares.vault[1]!.split(' ').slice(1, 3).join(' '),
  )
})

next('the key of a CA is held by them alone: it signs after two have given their shares', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await page
    .getByRole('link', { name: /Held Root/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'Let several people hold it…' }).click()
  await heading(page, 'Let several people hold the key of Held Root').waitFor()
  shares.key = await handOut()
  await page.getByLabel('What opens the vault now').fill(PASSPHRASE)
  await button('Let them hold it').click()
  await page.getByText('Key held by several people').first().waitFor()
  await screenshots(page, 'quorum-key')
  await fillIn(page, { issuer: 'Held Root', purpose: 'Intermediate', name: 'Below Them' })
  await toReview(page)
  await give(shares.key[1]!, shares.key[2]!)
  const warnings = page.getByLabel('I have read it and want to sign')
  if ((await warnings.count()) > 0) await warnings.check()
  await button('Sign the certificate').click()
  await heading(page, / is issued$/).waitFor()
  await checkRecords(page)
})

next('a share is saved as a file, and read from it', async () => {
  const { page } = app
  await visit(page, '#/quorum')
  for (const [i, name] of NAMES.entries()) await page.getByLabel(`Name of holder ${String(i + 1)}`).fill(name)
  await button('Make the shares').click()
  await button('Show the share of Ada Lovelace').click()
  const path = await download(page, () => button('Save as a file').click(), folder.path)
  expect(readFileSync(path, 'utf8')).toMatch(
    /^ROOTCELLAR SHARE 1\nset en1-[0-9A-Z]{8}\nholder 1 of 3, 2 open it\n/,
  )
  await button('It is written down: hide it').click()
  const torn = join(folder.path, 'torn.txt')
  writeFileSync(torn, readFileSync(path, 'utf8').slice(0, 40))
  const choose = async (file: string): Promise<void> => {
    await page.getByLabel('From a file…').setInputFiles(file)
    const text = readFileSync(file, 'utf8').trim()
    await expect.poll(() => field().inputValue(), { timeout: PATIENCE }).toBe(text)
  }
  await choose(torn)
  await button('Compare').click()
  await page.getByText('is not that of a share').waitFor()
  await choose(path)
  await button('Compare').click()
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Ada Lovelace' })
    .getByText('shown and compared')
    .waitFor()
  await button('Cancel: nothing is stored').click()
  await page.getByLabel('Name of holder 1').waitFor()
})

next('with the holders alone, no passphrase opens the vault, and a backup comes back by shares', async () => {
  const { page } = app
  await visit(page, '#/vault')
  for (const label of ['Recovery passphrase', 'Passphrase']) {
    const remove = button(`Remove this way in: ${label}`)
    if ((await remove.count()) === 0) continue
    await remove.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'With shares of several people' }).check()
    await give(shares.vault[0]!, shares.vault[1]!)
    await dialog.getByRole('button', { name: 'Remove this way in' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await visit(page, '#/backup')
  const backup = await download(page, () => button('Make a backup').click(), folder.path)
  await visit(page, '#/restore')
  await page.getByLabel(/^Choose a backup/).setInputFiles(backup)
  await page.getByRole('radio', { name: 'With shares of several people' }).check()
  await give(shares.vault[1]!, shares.vault[2]!)
  await page.getByLabel(/^Replace/).check()
  await button(/^Restore/).click()
  await heading(page, 'The hierarchy').waitFor()
  await lock()
  expect(await page.getByLabel('Passphrase', { exact: true }).count()).toBe(0)
  await give(shares.vault[0]!, shares.vault[2]!)
  await button('Unlock').click()
  await heading(page, 'The hierarchy').waitFor()
  await checkRecords(page)
  expect(app.complaints).toEqual([])
})
