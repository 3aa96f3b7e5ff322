import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchFirefox } from '../support/browser/firefox.ts'
import { READY } from '../support/dist.ts'
import { startSite, type Site } from '../support/site.ts'
import { ITERATIONS } from '../../src/vault/key-slots.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

/** What the page is told of the slots of a vault that is made in it. */
async function slotsOfNewVault(page: Page): Promise<string> {
  await page.goto(site.url)
  await page.waitForSelector(READY)
  await page.evaluate(() => {
    location.hash = '#/create'
  })
  await page.waitForSelector('main input[autocomplete=new-password]')
  for (const field of await page.$$('main input[autocomplete=new-password]'))
    await field.type('correct horses eat lemon bread')
  await page.type('main input[autocomplete=name]', 'Ada')
  await page.locator('main button::-p-text(Create the vault)').click()
  await page.waitForFunction(() => location.hash !== '#/create')
  await page.evaluate(() => {
    location.hash = '#/vault'
  })
  const said = await page.waitForFunction(
    () => /PBKDF2-SHA-256, ([\d,]+) iterations/.exec(document.querySelector('main')?.innerText ?? '')?.[1],
  )
  return (await said.jsonValue()) as string
}

test('in Firefox a new vault asks for no more iterations than this device does in the time meant', async () => {
  const browser = await launchFirefox()
  try {
    const iterations = Number((await slotsOfNewVault(await browser.newPage())).replaceAll(',', ''))
    expect(iterations).toBeGreaterThanOrEqual(ITERATIONS.minimum)
    expect(iterations).toBeLessThan(ITERATIONS.maximum)
  } finally {
    await browser.close()
  }
})
