import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { READY, SINGLE_FILE } from '../support/dist.ts'
import { debianRoots } from '../support/roots.ts'
import type { Site } from '../support/site.ts'
import { startSite } from '../support/site.ts'

/** A ZIP, a gzip that breaks off within, and one that would become huge, as mail has them: every engine inflates in its own way. */
const [[, first], [, second]] = debianRoots() as [[string, Buffer], [string, Buffer]]
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url))
const noise = randomBytes(400_000)
const packed = gzipSync(Buffer.concat([first, noise]))
const TEXT = [
  fixture('q26.zip'),
  packed.subarray(0, packed.length - 1000),
  gzipSync(Buffer.concat([second, Buffer.alloc(100_000_000)])),
]
  .map((octets) => octets.toString('base64').replace(/.{76}/g, '$&\n'))
  .join('\n\n')

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

/** Pastes them, and reads what is said: the body of a function. */
const SCRIPT = `
  const until = async (find) => {
    for (let found; ; await new Promise((resolve) => setTimeout(resolve, 50))) if ((found = find())) return found
  }
  location.hash = '#/judge'
  const field = await until(() => document.querySelector('main textarea'))
  field.value = ${JSON.stringify(TEXT)}
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await until(() =>
    [...document.querySelectorAll('button:not(:disabled)')].find((each) => each.textContent.trim() === 'Validate them'),
  ).then((button) => button.click())
  await until(() => /100 times/.test(document.querySelector('main').innerText))
  return document.querySelector('main').innerText
`

function expectRead(said: string): void {
  // Two of the ZIP, and what came out of each gzip before its end.
  expect(said).toContain('4 certificates')
  expect(said).toContain('This gzip is damaged, or several in one.')
  expect(said).toContain('more than 100 times as large as it is')
  expect(said).not.toContain('could not work')
}

test.each(['site', 'file'])('archives are read in Chromium, of the %s', async (form) => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(form === 'site' ? site.url : SINGLE_FILE)
    await page.locator(READY).first().waitFor()
    expectRead(await page.evaluate(`(async () => {${SCRIPT}})()`))
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
    expectRead((await page.evaluate(`(async () => {${SCRIPT}})()`)) as string)
  } finally {
    await browser.close()
  }
})

test.each(['site', 'file'])('in WebKitGTK, of the %s', async (form) => {
  const browser = await launchWebKit()
  try {
    await browser.open(form === 'site' ? site.url : SINGLE_FILE)
    await browser.waitFor(READY)
    expectRead(await browser.evaluate<string>(SCRIPT))
  } finally {
    await browser.close()
  }
})
