import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { bundleScript } from '../../tools/vite/worker-source.ts'
import { launchChromium } from '../support/browser/chromium.ts'
import { scratch } from '../support/run.ts'
import { VECTORS_DIR } from '../support/vectors.ts'
import { readSuites } from './suite.ts'
import type { SignatureCase } from './suite.ts'
import type { Answer } from './tally.ts'
import { tally } from './tally.ts'

const PAGE = fileURLToPath(new URL('page.ts', import.meta.url))

for (const { name, kind, cases } of readSuites(VECTORS_DIR)) {
  if (kind !== 'signatures') continue
  test(`Chromium's own WebCrypto answers ${name} as Node's does`, async () => {
    const answers = await inChromium(cases)
    const answered = cases.map((asked, i) => ({ asked, answer: answers[i]! }))
    expect(tally(answered).disagree).toEqual([])
  })
}

async function inChromium(cases: readonly SignatureCase[]): Promise<Answer[]> {
  const { code } = await bundleScript(PAGE)
  // A page from disk is a secure context, which WebCrypto asks for.
  const html = scratch().file('page.html', `<!doctype html><meta charset="utf-8"><script>${code}</script>`)
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(pathToFileURL(html).href)
    return await page.evaluate((all) => answerInPage(all), cases)
  } finally {
    await browser.close()
  }
}
