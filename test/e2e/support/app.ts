import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { shareChromium, type BrowserShare } from '../../support/browser/chromium.ts'
import { SINGLE_FILE } from '../../support/dist.ts'
import type { Site } from '../../support/site.ts'
import { openReady, ready, startSite } from '../../support/site.ts'

/** The site on loopback in a browser with an empty profile, open and ready; `close` ends all of it. */
export interface App {
  readonly browser: BrowserShare
  readonly context: BrowserContext
  readonly page: Page
  readonly site: Site
  /** What the page complained about: console errors and uncaught exceptions. A test ends with this empty. */
  readonly complaints: string[]
  /** Another tab of the same browser, ready. */
  newTab(): Promise<Page>
  /** A page in a profile of its own, as of somebody who was never here. */
  newVisitor(): Promise<Page>
  close(): Promise<void>
}

export async function startApp(form: 'site' | 'file' = 'site'): Promise<App> {
  const site = await startSite()
  const browser = await shareChromium()
  const complaints: string[] = []
  const newProfile = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({ acceptDownloads: true, locale: 'en', timezoneId: 'UTC' })
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(String(error.error())))
    return context
  }
  const openIn = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage()
    await openReady(page, form === 'site' ? site.url : SINGLE_FILE)
    return page
  }
  const context = await newProfile()
  const newTab = (): Promise<Page> => openIn(context)
  const newVisitor = async (): Promise<Page> => openIn(await newProfile())
  const close = async (): Promise<void> => {
    await browser.close()
    await site.close()
  }
  return { browser, context, page: await newTab(), site, complaints, newTab, newVisitor, close }
}

/** Reloads, and waits until the page is ready again. */
export async function reloadReady(page: Page): Promise<void> {
  await page.reload()
  await ready(page)
}

/** Does what starts a download, and answers the path of the file under the name the page gave it. */
export async function download(page: Page, start: () => Promise<unknown>, folder: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), start()])
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return path
}

/** A temporary folder; `remove` takes it away. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'rootcellar-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
