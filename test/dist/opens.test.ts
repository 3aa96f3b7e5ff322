import { expect, test } from 'vitest'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { READY, SINGLE_FILE } from '../support/dist.ts'
import { openReady, serviceWorkerReady, startSite } from '../support/site.ts'

test('the single file opens from disk in Chromium and its worker answers', async () => {
  const browser = await launchChromium()
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await openReady(page, SINGLE_FILE)
  const ready = await page.evaluate(() => performance.getEntriesByName('worker-ready')[0]!.startTime)
  console.log(`ready ${Math.round(ready)} ms after the start of opening`)
  await browser.close()
  expect(complaints).toEqual([])
})

test('the single file opens from disk in Firefox and its worker answers', async () => {
  const browser = await launchFirefox()
  try {
    const page = await browser.newPage()
    await page.goto(SINGLE_FILE)
    await page.waitForSelector(READY)
    expect(await page.evaluate(() => document.documentElement.dataset['form'])).toBe('file')
  } finally {
    await browser.close()
  }
})

test('the single file opens from disk in WebKitGTK and its worker answers', async () => {
  const browser = await launchWebKit()
  try {
    await browser.open(SINGLE_FILE)
    await browser.waitFor(READY)
    expect(await browser.evaluate('return document.documentElement.dataset.form')).toBe('file')
  } finally {
    await browser.close()
  }
})

test('the site opens in Firefox and WebKitGTK too', async () => {
  const site = await startSite()
  const firefox = await launchFirefox()
  try {
    const page = await firefox.newPage()
    await page.goto(site.url)
    await page.waitForSelector(READY)
  } finally {
    await firefox.close()
  }
  const webkit = await launchWebKit()
  try {
    await webkit.open(site.url)
    await webkit.waitFor(READY)
  } finally {
    await webkit.close()
  }
  await site.close()
})

test('the site opens again when its server is gone', async () => {
  const site = await startSite()
  const browser = await launchChromium()
  const page = await browser.newPage()
  await openReady(page, site.url)
  await serviceWorkerReady(page)
  await site.close()
  await openReady(page, site.url)
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await browser.close()
})
