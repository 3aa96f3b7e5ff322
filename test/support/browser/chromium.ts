import type { Browser, BrowserContext, LaunchOptions, Page } from 'playwright'
import { chromium } from 'playwright'
import { PATIENCE } from '../patience.ts'

/** Debian's Chromium, with everything off that uses the network on its own. */
export const CHROMIUM: LaunchOptions = {
  executablePath: '/usr/bin/chromium',
  headless: true,
  timeout: PATIENCE,
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch(CHROMIUM)
  const newContext = browser.newContext.bind(browser)
  const newPage = browser.newPage.bind(browser)
  browser.newContext = async (options) => patient(await newContext(options))
  browser.newPage = async (options) => patient(await newPage(options))
  return browser
}

/** Chromium with a persistent profile folder: for tests that close or kill the browser and start it again. */
export async function launchChromiumProfile(folder: string): Promise<BrowserContext> {
  return patient(await chromium.launchPersistentContext(folder, { ...CHROMIUM, acceptDownloads: true }))
}

function patient<T extends BrowserContext | Page>(opened: T): T {
  opened.setDefaultTimeout(PATIENCE)
  return opened
}
