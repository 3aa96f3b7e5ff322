import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSite, openReady } from '../support/site.ts'
import type { App } from './support/app.ts'
import { reloadReady, startApp, temporaryFolder } from './support/app.ts'
import { axeFindings, axeFindingsEverywhere } from './support/axe.ts'
import { launchKillable } from './support/killable.ts'
import { foreignRequests } from './support/network-log.ts'
import { holdsBytes, readStorage, recordMessages, tamper } from './support/storage.ts'

// What the other tests lean on, each shown able to see what it is there to see.

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const WRITE = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('harness', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('things')
  opening.onerror = reject
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('things', 'readwrite', { durability: 'strict' })
    transaction.objectStore('things').put({ bytes: new Uint8Array([222, 173, 190, 239]), name: 'one' }, 7)
    transaction.oncomplete = () => { opening.result.close(); resolve() }
  }
})`

test('the first page has nothing for axe to find, light, dark and narrow', async () => {
  expect(await axeFindingsEverywhere(app.page)).toEqual([])
})

test('axe does find an image without a name', async () => {
  await app.page.evaluate(() => document.body.append(document.createElement('img')))
  expect(await axeFindings(app.page)).toContain('image-alt: img (Images must have alternative text)')
  await reloadReady(app.page)
})

test('the network log sees a request to another origin', async () => {
  const bare = await startSite()
  const context = await app.browser.newContext()
  const foreign = foreignRequests(context, app.site.url)
  const page = await context.newPage()
  await page.goto(bare.url)
  expect(foreign).toContain(bare.url)
  await context.close()
  await bare.close()
})

test('what is stored can be read, searched for bytes and changed', async () => {
  await app.page.evaluate(WRITE)
  const bytes = new Uint8Array([0xde, 0xad, 0xbe, 0xef])
  const before = await readStorage(app.page)
  expect(before['harness']).toEqual({
    things: [{ key: 7, value: { bytes: { hex: 'deadbeef' }, name: 'one' } }],
  })
  expect(holdsBytes(before, bytes)).toBe(true)
  await tamper(app.page, { database: 'harness', store: 'things', key: 7 }, (value) => ({
    ...value,
    bytes: null,
  }))
  const after = await readStorage(app.page)
  expect(after['harness']).toEqual({ things: [{ key: 7, value: { bytes: null, name: 'one' } }] })
  expect(holdsBytes(after, bytes)).toBe(false)
})

test('the messages of the worker are kept', async () => {
  const page = await app.context.newPage()
  const { messages } = await recordMessages(page)
  await openReady(page, app.site.url)
  expect((await messages()).length).toBeGreaterThan(0)
  await page.close()
})

test('a killed browser comes back with what was committed', async () => {
  const profile = temporaryFolder()
  const first = await launchKillable(profile.path)
  const page = await first.context.newPage()
  await openReady(page, app.site.url)
  await page.evaluate(WRITE)
  await first.kill()
  const second = await launchKillable(profile.path)
  const again = await second.context.newPage()
  await openReady(again, app.site.url)
  expect((await readStorage(again))['harness']?.['things']).toHaveLength(1)
  await second.kill()
  profile.remove()
})
