import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { READY, SINGLE_FILE } from '../support/dist.ts'
import type { Site } from '../support/site.ts'
import { startSite } from '../support/site.ts'

/** A PKCS#12 whose keys take 600,000 rounds each, and a key sealed with AES-192, which Chromium has not. */
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url))
const TEXT = `${fixture('q19-600k.p12').toString('base64')}\n\n${fixture('q10-aes192.key').toString()}`

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

/**
 * What a person does on the page, as the body of a function: pastes both, types the password, and reads what is said.
 * `until` looks again until something is there.
 */
const SCRIPT = `
  const until = async (find) => {
    for (let found; ; await new Promise((resolve) => setTimeout(resolve, 50))) if ((found = find())) return found
  }
  const type = (field, text) => {
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const press = (label) =>
    until(() => [...document.querySelectorAll('button:not(:disabled)')].find((each) => each.textContent.trim() === label))
      .then((button) => button.click())
  location.hash = '#/judge'
  type(await until(() => document.querySelector('main textarea')), ${JSON.stringify(TEXT)})
  await press('Validate them')
  type(await until(() => document.querySelector('main input[type=password]')), 'secret')
  await press('Open with this password')
  await until(() => /private key[^]*private key/.test(document.querySelector('main').innerText))
  return document.querySelector('main').innerText
`

function expectOpened(said: string): void {
  expect(said.match(/A private key \(/g)).toHaveLength(2)
  expect(said).not.toMatch(/closed with a password|could not work/)
}

test.each(['site', 'file'])('in Chromium, of the %s, a slow PKCS#12 and AES-192 open', async (form) => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(form === 'site' ? site.url : SINGLE_FILE)
    await page.locator(READY).first().waitFor()
    // Playwright evaluates in the page without compiling a string there.
    expectOpened(await page.evaluate(`(async () => {${SCRIPT}})()`))
  } finally {
    await browser.close()
  }
})

test.each(['site', 'file'])('in Firefox, of the %s', async (form) => {
  const browser = await launchFirefox()
  try {
    const page = await browser.newPage()
    await page.goto(form === 'site' ? site.url : SINGLE_FILE)
    await page.waitForSelector(READY)
    expectOpened((await page.evaluate(`(async () => {${SCRIPT}})()`)) as string)
  } finally {
    await browser.close()
  }
})

test.each(['site', 'file'])('in WebKitGTK, of the %s', async (form) => {
  const browser = await launchWebKit()
  try {
    await browser.open(form === 'site' ? site.url : SINGLE_FILE)
    await browser.waitFor(READY)
    expectOpened(await browser.evaluate<string>(SCRIPT))
  } finally {
    await browser.close()
  }
})
