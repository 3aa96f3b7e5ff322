import type { BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { shareChromium, type BrowserShare } from '../support/browser/chromium.ts'
import type { Site } from '../support/site.ts'
import { LIST } from '../support/worker.ts'
import {
  ACTOR,
  PASSPHRASE,
  batchInput,
  call,
  createWithRoot,
  issuedBy,
  openVaultPage,
  serveVaultPage,
  unlock,
} from './support/vault-page.ts'

let site: Site
let browser: BrowserShare
let context: BrowserContext
beforeAll(async () => {
  site = await serveVaultPage()
  browser = await shareChromium()
})
beforeEach(async () => {
  context = await browser.newContext()
})
afterEach(() => context.close())
afterAll(async () => {
  await browser.close()
  await site.close()
})

test('each tab unlocks itself; two that issue at once repeat no serial number and lose nothing', async () => {
  const one = await openVaultPage(context, site)
  const authorityId = await createWithRoot(one)
  const two = await openVaultPage(context, site)
  expect((await call(two, 'vault.status', null)).state).toBe('locked')
  await unlock(two)
  const results = await Promise.all([
    call(one, 'batch.start', batchInput(authorityId, 'one', 400)),
    call(two, 'batch.start', batchInput(authorityId, 'two', 400)),
  ])
  expect(results.map(({ issued }) => issued)).toEqual([400, 400])
  for (const page of [one, two]) {
    const rows = await issuedBy(page, authorityId)
    expect(rows).toHaveLength(800)
    expect(new Set(rows.map(({ serialNumber }) => serialNumber)).size).toBe(800)
    expect((await call(page, 'vault.check', null)).problems).toEqual([])
  }
})

test('locking one tab locks the other', async () => {
  const one = await openVaultPage(context, site)
  await createWithRoot(one)
  const two = await openVaultPage(context, site)
  await unlock(two)
  await call(one, 'vault.lock', null)
  await expect.poll(async () => (await call(two, 'vault.status', null)).state).toBe('locked')
})

test('a storage that is full ends a batch with what it stored, and nothing half-written; freed, it goes on', async () => {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const { origin } = new URL(site.url)
  // Set before the database is opened: Chromium remembers for a while how much room there was.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 })
  await page.goto(site.url)
  const authorityId = await createWithRoot(page)
  const full = await call(page, 'batch.start', batchInput(authorityId, 'full', 3000)).catch(
    (error: unknown) => error,
  )
  const { issued, problems, stopped } = full as Awaited<ReturnType<typeof call<'batch.start'>>>
  expect(issued).toBeLessThan(3000)
  expect(stopped).toMatchObject({ left: 3000 - issued, why: { code: 'storage-full' } })
  expect(problems).toEqual([])
  expect(await issuedBy(page, authorityId)).toHaveLength(issued)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  expect((await call(page, 'vault.check', null)).problems).toEqual([])
  expect((await call(page, 'batch.start', batchInput(authorityId, 'freed', 100))).issued).toBe(100)
  expect(await issuedBy(page, authorityId)).toHaveLength(issued + 100)
})

test('two tabs that revoke and sign lists at once repeat no number, and the last list names all', async () => {
  const one = await openVaultPage(context, site)
  const authorityId = await createWithRoot(one)
  await call(one, 'batch.start', batchInput(authorityId, 'revoked', 12))
  const two = await openVaultPage(context, site)
  await unlock(two)
  const rows = (await issuedBy(one, authorityId)).filter(({ ownAuthorityId }) => ownAuthorityId === null)
  const work = rows.flatMap(({ id }, i) => [
    revoke(i % 2 === 0 ? one : two, id),
    signList(one, authorityId),
    signList(two, authorityId),
  ])
  await Promise.all(work)
  await signList(two, authorityId)
  for (const page of [one, two]) {
    const { lists, revoked, unlisted } = await call(page, 'list.all', { authorityId })
    expect(lists).toHaveLength(25)
    expect(new Set(lists.map(({ number }) => number)).size).toBe(25)
    expect({ revoked, unlisted }).toEqual({ revoked: 12, unlisted: 0 })
    expect((await call(page, 'vault.check', null)).problems).toEqual([])
  }
})

test('after an old backup is put back neither a serial number nor the number of a list comes again', async () => {
  const page = await openVaultPage(context, site)
  const authorityId = await createWithRoot(page)
  const { file } = await call(page, 'vault.backup', { passphrase: null, actor: ACTOR })
  const given = async () => {
    await call(page, 'batch.start', batchInput(authorityId, 'again', 20))
    await signList(page, authorityId)
    const serials = (await issuedBy(page, authorityId)).map(({ serialNumber }) => serialNumber)
    const { lists } = await call(page, 'list.all', { authorityId })
    return { serials, numbers: lists.map(({ number }) => number) }
  }
  const before = await given()
  const restore = { file: file.bytes, passphrase: PASSPHRASE, replace: true, actor: ACTOR }
  await call(page, 'vault.restore', restore)
  await unlock(page)
  expect((await call(page, 'list.plan', { authorityId })).restoredAt).not.toBeNull()
  const after = await given()
  expect(after.numbers).toHaveLength(1)
  expect(BigInt(after.numbers[0]!)).toBeGreaterThan(BigInt(before.numbers[0]!))
  const isNew = (serial: string): boolean => !before.serials.includes(serial)
  expect(after.serials).toHaveLength(before.serials.length)
  expect(after.serials.filter(isNew)).toHaveLength(20)
})

/** Tabs that work at once may see their clocks one behind the other's last entry. */
const SURE = { ...ACTOR, clockConfirmed: true }

const revoke = (page: Page, certificateId: string) =>
  call(page, 'revocation.revoke', {
    certificateId,
    reason: 'superseded',
    invalidityDate: null,
    actor: SURE,
  })

const signList = (page: Page, authorityId: string) =>
  call(page, 'list.sign', { ...LIST, authorityId, actor: SURE })
