import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromiumProfile } from '../support/browser/chromium.ts'
import { HANDS } from '../support/browser/engines.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { READY, SINGLE_FILE } from '../support/dist.ts'
import { startSite, type Site } from '../support/site.ts'

// Whoever has blocked site data in the browser has no vault, and validates all the same.

let site: Site
const profile = mkdtempSync(join(tmpdir(), 'rootcellar-profile-'))
beforeAll(async () => {
  site = await startSite()
})
afterAll(async () => {
  await site.close()
  rmSync(profile, { recursive: true, force: true })
})

const WALK = `(async () => {
  ${HANDS}
  const said = () => document.querySelector('main').innerText
  await until(() => said().includes('keeps nothing for this page'))
  const vault = said()
  location.hash = '#/create'
  await until(() => said().includes('keeps nothing for this page'))
  if (document.querySelector('main input')) throw new Error('a vault is offered')
  location.hash = '#/validate'
  await until(() => document.querySelector('main textarea, main input[type=file]'))
  return vault + '\\n' + said()
})()`

function expectValidating(said: unknown): void {
  expect(said).toContain('No vault can be opened here')
  expect(said).not.toContain('Something went wrong')
}

const addressOf = (form: string): string => (form === 'file' ? SINGLE_FILE : site.url)

test.each(['site', 'file'])(
  'Firefox that blocks site data, %s: validates, and says why there is no vault',
  async (form) => {
    const browser = await launchFirefox(undefined, { 'network.cookie.cookieBehavior': 2 })
    try {
      const page = await browser.newPage()
      await page.goto(addressOf(form))
      await page.waitForSelector(READY)
      expectValidating(await page.evaluate(WALK))
    } finally {
      await browser.close()
    }
  },
)

test.each(['site', 'file'])(
  'Chromium that blocks site data, %s: validates, and says why there is no vault',
  async (form) => {
    mkdirSync(join(profile, 'Default'), { recursive: true })
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } }
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
    const context = await launchChromiumProfile(profile)
    try {
      const page = await context.newPage()
      await page.goto(addressOf(form))
      await page.locator(READY).first().waitFor()
      expectValidating(await page.evaluate(WALK))
    } finally {
      await context.close()
    }
  },
)
