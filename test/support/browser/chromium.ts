import type { Browser, BrowserContext, LaunchOptions } from 'playwright'
import { chromium } from 'playwright'

/** Chromium as Debian has it, with everything off that speaks to the network by itself. */
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

/** Chromium with a profile folder that outlives it: for tests that close or kill the browser and come back. */
export function launchChromiumProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...CHROMIUM, acceptDownloads: true })
}
