import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { launchChromium } from '../support/browser/chromium.ts'
import { DIST } from '../support/dist.ts'
import { PATIENCE } from '../support/patience.ts'
import { openReady, serviceWorkerReady, startSite } from '../support/site.ts'

const POLL = { timeout: PATIENCE, interval: 500 }

test('a new version of the site is used once no tab shows the old one, and takes its place in the cache', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rootcellar-update-'))
  cpSync(DIST, folder, { recursive: true })
  const site = await startSite(folder)
  const browser = await launchChromium()
  const context = await browser.newContext()
  const page = await context.newPage()
  await openReady(page, site.url)
  await serviceWorkerReady(page)

  change(join(folder, 'index.html'), /<html /, '<html data-edition="next" ')
  change(join(folder, 'sw.js'), /\b[0-9a-f]{16}\b/, 'ffffffffffffffff')
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    const { installing } = registration
    if (installing)
      await new Promise((done) => installing.addEventListener('statechange', done, { once: true }))
  })
  await openReady(page, site.url)
  expect(await edition(page)).toBeUndefined()
  await page.close()

  // A tab of its own each time: a tab that goes to the page again never lets the old version go.
  const visit = async <T>(look: (page: Page) => Promise<T>): Promise<T> => {
    const tab = await context.newPage()
    await openReady(tab, site.url)
    const seen = await look(tab)
    await tab.close()
    return seen
  }
  await expect.poll(() => visit(edition), POLL).toBe('next')
  const caches = () => visit((tab) => tab.evaluate(() => globalThis.caches.keys()))
  await expect.poll(caches, POLL).toEqual([expect.stringContaining('ffffffffffffffff')])
  await browser.close()
  await site.close()
  rmSync(folder, { recursive: true })
})

function change(path: string, from: RegExp, to: string): void {
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(from)
  writeFileSync(path, text.replace(from, to))
}

function edition(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset['edition'])
}
