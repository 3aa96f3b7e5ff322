// Takes pictures of every page: `npm run pictures [-- FOLDER] [--axe]`, after `npm run build`. Each page is seen as a
// newcomer, in the sample and in an empty vault, busy and with a failing disk, 360, 1280 and 2560 pixels wide, light and
// dark; `index.html` shows all of them. With `--axe` what axe finds in any of them is said, too.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright'
import { axeFindings } from '../test/e2e/support/axe.ts'
import { preparedToFail } from '../test/e2e/support/failing.ts'
import { createVault } from '../test/e2e/support/operator.ts'
import { tooWide } from '../test/e2e/support/untranslated.ts'
import build from '../test/support/build.ts'
import { launchChromium } from '../test/support/browser/chromium.ts'
import { openReady, startSite } from '../test/support/site.ts'
import { inViews, VIEWS } from '../test/support/views.ts'
import type { Taken } from './pictures/contact-sheet.ts'
import { contactSheet, fileOf } from './pictures/contact-sheet.ts'
import { NEWCOMER, OWN_VAULT } from './pictures/newcomer.ts'
import { SAMPLE } from './pictures/sample.ts'
import type { Scene } from './pictures/scene.ts'
import { atRest } from './pictures/scene.ts'
import { TROUBLES } from './pictures/troubles.ts'

/** Longer than this, no scene takes to be reached. */
const PATIENCE = 20_000

const [place] = process.argv.slice(2).filter((word) => word !== '--axe')
const asksAxe = process.argv.includes('--axe')
// As every test does.
if (asksAxe) build()
const folder = place === undefined ? mkdtempSync(join(tmpdir(), 'rootcellar-pictures-')) : resolve(place)
mkdirSync(folder, { recursive: true })

const site = await startSite()
const browser = await launchChromium()
try {
  const taken = [
    ...(await inOrder(await visitor(browser), NEWCOMER)),
    ...(await inOrder(await sample(browser), TROUBLES)),
    ...(await inOrder(await sample(browser), SAMPLE)),
    ...(await inOrder(await ownVault(browser), OWN_VAULT)),
  ].sort((one, other) => one.page.localeCompare(other.page))
  const sheet = join(folder, 'index.html')
  writeFileSync(sheet, contactSheet(taken))
  const faults = taken.flatMap(({ page, state, faults }) =>
    faults.map((line) => `${page}, ${state}: ${line}`),
  )
  console.log([...faults, '', `All pictures: ${pathToFileURL(sheet).href}`].join('\n'))
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  await browser.close()
  await site.close()
}

/** The single file in a profile of its own, as of somebody who was never here. */
async function visitor(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
  })
  const page = await context.newPage()
  await preparedToFail(page)
  await openReady(page, `${site.url}rootcellar.html`)
  page.setDefaultTimeout(PATIENCE)
  return page
}

async function sample(browser: Browser): Promise<Page> {
  const page = await visitor(browser)
  await page.getByRole('button', { name: 'Try with a sample hierarchy' }).click()
  await page.getByText('Sample: nothing is kept').waitFor()
  return page
}

async function ownVault(browser: Browser): Promise<Page> {
  const page = await visitor(browser)
  await createVault(page)
  return page
}

/** Takes each scene in its turn; one that is not reached is said, and the next is tried. */
async function inOrder(page: Page, scenes: readonly Scene[]): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const each of scenes) {
    const stem = [each.page, each.state].filter(Boolean).join('-').replaceAll(' ', '-')
    try {
      // What the scene before has opened over the page.
      if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape')
      await each.act(page)
      taken.push({ ...each, stem, faults: await shoot(page, stem) })
    } catch (error) {
      taken.push({ ...each, stem: null, faults: [`not reached: ${String(error).split('\n')[0]!}`] })
    }
  }
  return taken
}

/** Takes all views of the page as it is, and returns what is wider than the window in any of them. */
async function shoot(page: Page, stem: string): Promise<string[]> {
  await atRest(page)
  const faults: string[] = []
  await inViews(page, VIEWS, async (view) => {
    const path = join(folder, fileOf(stem, view))
    await page.evaluate(() => scrollTo(0, 0))
    // A dialog and what is behind it are as large as the window.
    const fullPage = (await page.locator('dialog[open]').count()) === 0
    await page.screenshot({ path, fullPage, animations: 'disabled', caret: 'hide' })
    if (asksAxe) faults.push(...(await axeFindings(page)).map((line) => `${view.label}: ${line}`))
    const wide = await tooWide(page)
    faults.push(...wide.map((part) => `${view.label}: wider than the window: ${part}`))
  })
  return faults
}
