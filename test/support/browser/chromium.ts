import type { Browser, BrowserContext, LaunchOptions } from 'playwright'
import { chromium } from 'playwright'

/** Debian's Chromium, with everything off that uses the network on its own. */
export const CHROMIUM: LaunchOptions = {
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch(CHROMIUM)
}

/** Chromium with a persistent profile folder: for tests that close or kill the browser and start it again. */
export function launchChromiumProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...CHROMIUM, acceptDownloads: true })
}
