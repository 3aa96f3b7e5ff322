import type { Browser, BrowserContext, LaunchOptions, Page } from 'playwright'
import { chromium } from 'playwright'
import { PATIENCE } from '../patience.ts'
import { shortenRounds } from './rounds.ts'

/**
 * What Chromium does not do: of several such switches the last counts, so this is Playwright's list, and then the address
 * bar's list of suggestions, two pages that are drawn for each window and that nobody sees.
 */
const WITHOUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
]

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
    `--disable-features=${WITHOUT.join(',')}`,
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

/** What a test does with a browser that others use too; `close` closes what was opened by this one. */
export interface BrowserShare extends Pick<
  Browser,
  'newContext' | 'newPage' | 'startTracing' | 'stopTracing'
> {
  close(): Promise<void>
}

let running: Promise<Browser> | undefined

/**
 * The one Chromium of all files of a run, since starting it takes seconds of work: storage, caches and service workers
 * belong to a context, which is new. It ends with the process that runs the files.
 */
export async function shareChromium(): Promise<BrowserShare> {
  if (!(await running)?.isConnected()) running = launchChromium()
  const browser = await running!
  const opened: BrowserContext[] = []
  const newContext: Browser['newContext'] = async (options) => {
    const context = await browser.newContext(options)
    await shortenRounds(context)
    opened.push(context)
    return context
  }
  return {
    newContext,
    newPage: async (options) => (await newContext(options)).newPage(),
    startTracing: (page, options) => browser.startTracing(page, options),
    stopTracing: () => browser.stopTracing(),
    close: async () => {
      await Promise.all(opened.splice(0).map((context) => context.close()))
      // Vitest ends its processes; a script would wait for the browser.
      if (process.env['VITEST'] === undefined) await browser.close()
    },
  }
}

/** Chromium with a persistent profile folder: for tests that close or kill the browser and start it again. */
export async function launchChromiumProfile(folder: string): Promise<BrowserContext> {
  return patient(await chromium.launchPersistentContext(folder, { ...CHROMIUM, acceptDownloads: true }))
}

function patient<T extends BrowserContext | Page>(opened: T): T {
  opened.setDefaultTimeout(PATIENCE)
  return opened
}
