import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf } from '../../tools/serve.ts'
import { launchChromium } from '../support/browser/chromium.ts'
import { DIST, SINGLE_FILE } from '../support/dist.ts'
import { scratch } from '../support/run.ts'

/** Served without the header that forbids framing, as any static server may: the page itself refuses. */
const server = createServer(({ url }, response) => {
  response.setHeader('content-type', 'text/html')
  response.end(
    url === '/around' ? '<iframe src="/index.html"></iframe>' : readFileSync(join(DIST, 'index.html')),
  )
})
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function aroundFile(): string {
  const path = join(scratch().path, 'around.html')
  writeFileSync(path, `<iframe src="${SINGLE_FILE}"></iframe>`)
  return pathToFileURL(path).href
}

async function shownInFrame(page: Page, around: string): Promise<string> {
  await page.goto(around)
  const frame = page.frameLocator('iframe')
  await frame.locator('h1').waitFor()
  return (await frame.locator('#app').innerText()).replace(/\s+/g, ' ')
}

describe.each([
  ['the site', () => `${addressOf(server)}around`],
  ['the single file', aroundFile],
])('%s inside another page', (_form, around) => {
  test('says so, starts no worker, opens no vault, and offers a tab of its own', async () => {
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      const workers: string[] = []
      page.on('worker', (worker) => workers.push(worker.url()))
      expect(await shownInFrame(page, around())).toMatch(/does not run inside another page/)
      const inner = page.frames()[1]!
      expect(await inner.locator('input, button').count()).toBe(0)
      expect(await inner.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
      expect(workers).toEqual([])
      const opened = page.context().waitForEvent('page')
      await inner.locator('a').click()
      const tab = await opened
      await tab.locator('html[data-worker="ready"] #app h1').first().waitFor()
      expect(await tab.evaluate(() => window.opener === null)).toBe(true)
    } finally {
      await browser.close()
    }
  })
})
