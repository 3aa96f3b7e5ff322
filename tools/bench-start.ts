// Measures how long opening takes: `npm run bench:start -- [FILE…]` (default: dist/rootcellar.html). Each file is
// opened from disk in Chromium, Firefox and WebKitGTK, in turn, each time in a new page; prints medians.
import { pathToFileURL } from 'node:url'
import { launchChromium } from '../test/support/browser/chromium.ts'
import { launchFirefox } from '../test/support/browser/firefox.ts'
import { launchWebKit } from '../test/support/browser/webkit.ts'
import { READY } from '../test/support/dist.ts'

const ROUNDS = 9
const files = process.argv.slice(2)
if (files.length === 0) files.push('dist/rootcellar.html')

/** Milliseconds from the start of opening until the worker replied and the page was usable. */
const ASKED = `performance.getEntriesByName('worker-ready')[0].startTime`

interface Engine {
  open(url: string): Promise<number>
  close(): Promise<void>
}

async function chromium(): Promise<Engine> {
  const browser = await launchChromium()
  return {
    async open(url) {
      const page = await browser.newPage()
      await page.goto(url)
      await page.locator(READY).waitFor()
      const time = await page.evaluate<number>(ASKED)
      await page.close()
      return time
    },
    close: () => browser.close(),
  }
}

async function firefox(): Promise<Engine> {
  const browser = await launchFirefox()
  return {
    async open(url) {
      const page = await browser.newPage()
      await page.goto(url)
      await page.waitForSelector(READY)
      const time = (await page.evaluate(ASKED)) as number
      await page.close()
      return time
    },
    close: () => browser.close(),
  }
}

async function webkit(): Promise<Engine> {
  const browser = await launchWebKit()
  return {
    async open(url) {
      await browser.open(url)
      await browser.waitFor(READY)
      return browser.evaluate<number>(`return ${ASKED}`)
    },
    close: () => browser.close(),
  }
}

const median = (times: number[]): number => times.sort((one, other) => one - other)[times.length >> 1]!

for (const [name, launch] of Object.entries({ Chromium: chromium, Firefox: firefox, WebKitGTK: webkit })) {
  const engine = await launch()
  const times = files.map((): number[] => [])
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, file] of files.entries()) times[i]!.push(await engine.open(pathToFileURL(file).href))
  } finally {
    await engine.close()
  }
  for (const [i, file] of files.entries())
    console.log(`${name.padEnd(10)} ${median(times[i]!).toFixed(0).padStart(6)} ms  ${file}`)
}
