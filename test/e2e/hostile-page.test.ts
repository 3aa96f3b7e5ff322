import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, unlock, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// Another page from a file has the same locks, the same channel and the same database as the vault's, and no key.
// One visit after the other in the same browser: each test begins where the one before it ended.

const next = story()
const NAME = 'rootcellar'
const folder = temporaryFolder()
let app: App
let hostile: Page
beforeAll(async () => {
  app = await startApp('file')
  const path = join(folder.path, 'hostile.html')
  writeFileSync(path, '<!doctype html><meta charset="utf-8"><title>hostile</title>')
  hostile = await app.context.newPage()
  await hostile.goto(pathToFileURL(path).href)
  await createVault(app.page)
  await issue(app.page, { name: 'Example Root' })
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const isLocked = (page: Page) => page.getByRole('button', { name: 'Lock now' }).waitFor({ state: 'hidden' })
const release = () => hostile.reload()

async function reopened(page: Page): Promise<void> {
  await visit(page, '#/unlock')
  await unlock(page)
  await page.getByRole('button', { name: 'Lock now' }).waitFor()
}

next('a held Web Lock does not hold the lock of the vault up', async () => {
  await hostile.evaluate(
    (name) =>
      new Promise<void>((isHeld) => {
        void navigator.locks.request(`rootcellar:${name}`, () => {
          isHeld()
          return new Promise(() => undefined)
        })
      }),
    NAME,
  )
  await app.page.getByRole('button', { name: 'Lock now' }).click()
  await isLocked(app.page)
  await release()
  await reopened(app.page)
})

next('neither does a transaction that never ends; the entry comes at the next unlock, as late', async () => {
  await hostile.evaluate(
    (name) =>
      new Promise<void>((isHeld) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => {
          const database = opening.result
          const store = database.transaction([...database.objectStoreNames], 'readwrite').objectStore('meta')
          const again = (): void => {
            isHeld()
            store.get('none').onsuccess = again
          }
          again()
        }
      }),
    NAME,
  )
  await app.page.getByRole('button', { name: 'Lock now' }).click()
  await isLocked(app.page)
  // Longer than the entry is waited for.
  await app.page.waitForTimeout(3_000)
  await release()
  await reopened(app.page)
  await visit(app.page, '#/journal')
  const late = app.page.getByRole('row').filter({ hasText: 'written at the next unlocking' })
  await late.waitFor()
})

next('what is shown while locked says that nobody has checked it, and leaves in no form', async () => {
  const { page } = app
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: 'Example Root' }).first().click()
  await page.getByRole('heading', { name: 'Fingerprints' }).waitFor()
  const address = page.url()
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.getByText('Not checked.').waitFor()
  await page.getByText('Nothing is exported or compared while the vault is locked').waitFor()
  expect(await page.getByRole('heading', { name: 'Fingerprints' }).count()).toBe(0)
  // Neither a number to copy nor a seal to compare, and no key that is open.
  expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0)
  expect(await page.getByRole('img', { name: /^Key seal/ }).count()).toBe(0)
  await page.getByRole('img', { name: 'No key seal: not checked' }).first().waitFor()
  expect(await page.getByText('can sign').count()).toBe(0)
  expect(await page.getByText('Valid', { exact: true }).count()).toBe(0)
  expect(await page.getByText('It is not revoked.').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Print' }).isDisabled()).toBe(true)
  await screenshots(page, 'not-checked')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByRole('link', { name: 'Unlock and come back here' }).first().click()
  await unlock(page)
  await page.getByRole('heading', { name: 'Fingerprints' }).waitFor()
  expect(page.url()).toBe(address)
  await page.getByRole('button', { name: /^Copy.*serial/i }).waitFor()
  await page.getByText('can sign').first().waitFor()
  for (const place of ['hierarchy', 'inventory'])
    for (const isOpen of [true, false]) {
      await visit(page, `#/${place}`)
      if (!isOpen) await page.getByRole('button', { name: 'Lock now' }).click()
      await page
        .getByRole('img', { name: isOpen ? /^Key seal/ : 'No key seal: not checked' })
        .first()
        .waitFor()
      if (!isOpen) {
        expect(await page.getByText('can sign').count()).toBe(0)
        await page.getByText('Not checked', { exact: true }).first().waitFor()
        expect(await page.getByText('Valid', { exact: true }).count()).toBe(0)
        await reopened(page)
      }
    }
})

next('a root that was replaced while locked is named as soon as the vault is open', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Lock now' }).click()
  await isLocked(page)
  await hostile.evaluate(
    (name) =>
      new Promise<void>((isDone) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(['certificates', 'catalogue'], 'readwrite')
          const store = transaction.objectStore('certificates')
          transaction.objectStore('catalogue').clear()
          store.getAll().onsuccess = ({ target }) => {
            const [record] = (target as IDBRequest<{ body: Uint8Array }[]>).result
            // One letter of the subject.
            const at = new TextDecoder('latin1').decode(record!.body).lastIndexOf('Example Root')
            record!.body[at] = 0x65
            store.put(record)
          }
          transaction.oncomplete = () => {
            opening.result.close()
            isDone()
          }
        }
      }),
    NAME,
  )
  await visit(page, '#/unlock')
  await unlock(page)
  const alert = page.getByRole('alert')
  await alert.filter({ hasText: 'Example Root was changed' }).waitFor()
  await heading(page, 'The hierarchy').waitFor()
})
