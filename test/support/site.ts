import type { Server } from 'node:http'
import type { Page } from 'playwright'
import { addressOf, serve } from '../../tools/serve.ts'
import { roundsShortened } from './browser/rounds.ts'
import { DIST, READY } from './dist.ts'
import { PATIENCE } from './patience.ts'

/** The site on loopback, with a log of its requests. */
export interface Site {
  readonly url: string
  readonly requests: string[]
  close(): Promise<void>
}

/** Serves `dist/` (or another folder) on its own port. */
export async function startSite(folder = DIST, port = 0): Promise<Site> {
  const server = await serve(folder, port)
  const requests: string[] = []
  server.on('request', ({ url }: { url: string }) => requests.push(url))
  return { url: addressOf(server), requests, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((settle) => server.close(() => settle()))
}

/**
 * Opens an address and waits until the page has mounted and its worker has replied. Tests wait for elements, never with
 * `page.waitForFunction`: that evaluates a string, which the page's policy refuses.
 */
export async function openReady(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await ready(page)
}

/** Waits for the page that was opened or reloaded. */
export async function ready(page: Page): Promise<void> {
  await page.locator(READY).first().waitFor()
  await roundsShortened(page)
}

/** Waits until the site's service worker is ready; fails instead of waiting forever if none is registered. */
export async function serviceWorkerReady(page: Page): Promise<void> {
  const ready = await page.evaluate(
    (patience) =>
      Promise.race([
        navigator.serviceWorker.ready.then(() => true),
        new Promise<boolean>((done) => setTimeout(() => done(false), patience)),
      ]),
    PATIENCE,
  )
  if (!ready) throw new Error('the page has registered no service worker')
}
