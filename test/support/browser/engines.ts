import { afterAll, beforeAll, test } from 'vitest'
import { READY, SINGLE_FILE } from '../dist.ts'
import { PATIENCE } from '../patience.ts'
import type { Site } from '../site.ts'
import { startSite } from '../site.ts'
import { launchChromium } from './chromium.ts'
import { launchFirefox } from './firefox.ts'
import { launchWebKit } from './webkit.ts'

/**
 * Helpers for scripts in the page: `until` polls until a condition holds, `toValidate` goes to that page, `type` fills a
 * field, `press` waits for an enabled button with this name.
 */
export const HANDS = `
  const until = async (find) => {
    for (let tries = 0; tries < ${PATIENCE / 50}; tries++, await new Promise((resolve) => setTimeout(resolve, 50))) {
      const found = find()
      if (found) return found
    }
    throw new Error('waited in vain for ' + find + ' on: ' + document.querySelector('#app').innerText)
  }
  /** The first page has a field for certificates too. */
  const toValidate = async () => {
    location.hash = '#/validate'
    await until(() => document.querySelector('h1')?.innerText === 'Validate certificates')
  }
  const type = (field, text) => {
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const press = (label) =>
    until(() => [...document.querySelectorAll('button:not(:disabled)')].find((each) => each.textContent.trim() === label))
      .then((button) => button.click())
`

/**
 * Tests the built page in Chromium, Firefox and WebKitGTK, from the site and from the single file. `script`: the body
 * of an async function that runs in the page and returns the text passed to `check`.
 */
export function testInEveryEngine(what: string, script: string, check: (said: string) => void): void {
  let site: Site
  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(() => site.close())
  const address = (form: string): string => (form === 'site' ? site.url : SINGLE_FILE)
  const body = `${HANDS}${script}`
  // Browsers evaluate an expression without compiling a string in the page.
  const expression = `(async () => {${body}})()`

  test.each(['site', 'file'])(`${what}: in Chromium, of the %s`, async (form) => {
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      await page.goto(address(form))
      await page.locator(READY).first().waitFor()
      check(await page.evaluate(expression))
    } finally {
      await browser.close()
    }
  })

  test.each(['site', 'file'])(`${what}: in Firefox, of the %s`, async (form) => {
    const browser = await launchFirefox()
    try {
      const page = await browser.newPage()
      await page.goto(address(form))
      await page.waitForSelector(READY)
      check((await page.evaluate(expression)) as string)
    } finally {
      await browser.close()
    }
  })

  test.each(['site', 'file'])(`${what}: in WebKitGTK, of the %s`, async (form) => {
    const browser = await launchWebKit()
    try {
      await browser.open(address(form))
      await browser.waitFor(READY)
      check(await browser.evaluate<string>(body))
    } finally {
      await browser.close()
    }
  })
}
