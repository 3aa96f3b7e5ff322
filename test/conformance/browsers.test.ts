import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleScript } from '../../tools/vite/worker-source.ts'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { PATIENCE } from '../support/patience.ts'
import { once, scratchFor } from '../support/run.ts'
import { VECTORS_DIR } from '../support/vectors.ts'
import exceptions from './exceptions.json' with { type: 'json' }
import { readSuites } from './suite.ts'
import type { Answer, Exception } from './tally.ts'
import { surprises } from './tally.ts'

const PAGE = fileURLToPath(new URL('page.ts', import.meta.url))
const SUITES = readSuites(VECTORS_DIR).filter(({ kind }) => kind !== 'corpus')

/** A page that answers; `close` ends the browser. */
interface Answering {
  answer(suite: string): Promise<Answer[]>
  close(): Promise<unknown>
}

const BROWSERS: Record<string, (url: string) => Promise<Answering>> = {
  async Chromium(url) {
    const browser = await launchChromium()
    const page = await browser.newPage()
    await page.goto(url)
    return {
      answer: (name) => page.evaluate((name) => answerInPage(name), name),
      close: () => browser.close(),
    }
  },
  async Firefox(url) {
    const browser = await launchFirefox()
    const page = await browser.newPage()
    await page.goto(url)
    return {
      answer: (name) => page.evaluate((name) => answerInPage(name), name),
      close: () => browser.close(),
    }
  },
  async WebKitGTK(url) {
    const webKit = await launchWebKit()
    await webKit.open(url)
    return {
      answer: (name) => webKit.evaluate(`return answerInPage(${JSON.stringify(name)})`),
      close: () => webKit.close(),
    }
  },
}

/** A page from disk is a secure context, which WebCrypto asks for. */
const pageOnDisk = once(async () => {
  const { code } = await bundleScript(PAGE)
  const suites = JSON.stringify(SUITES).replaceAll('<', '\\u003c')
  const html = `<!doctype html><meta charset="utf-8"><script type="application/json" id="suites">${suites}</script><script>${code}</script>`
  const file = join(scratchFor('conformance'), 'page.html')
  writeFileSync(file, html)
  return pathToFileURL(file).href
})

/** What an engine cannot check it calls unchecked; it is never wrong about it. */
const LACKING: Record<string, readonly string[]> = {
  Chromium: [],
  Firefox: ['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'],
  WebKitGTK: ['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'],
}

describe.each(Object.entries(BROWSERS))('%s, with its own WebCrypto,', (browser, open) => {
  let page: Answering
  beforeAll(async () => {
    page = await open(await pageOnDisk())
  }, 3 * PATIENCE)
  afterAll(() => page.close())

  test.each(SUITES)('answers $name as Node does', async ({ name, cases }) => {
    const answers = await page.answer(name)
    const answered = cases.map((asked, i) => ({ asked, answer: answers[i]! }))
    const lacking = LACKING[browser]!
    const checked = answered.filter(
      ({ answer: { actual, codes } }) =>
        actual !== 'unchecked' || !codes.every((code) => lacking.includes(code)),
    )
    expect(surprises(checked, exceptions as Record<string, Exception>)).toEqual([])
  })
})
