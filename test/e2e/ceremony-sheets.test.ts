import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { en } from '../../src/messages/en.ts'
import { speak } from '../../src/messages/messages.ts'
import { planSheets, recordPaper, type PaperFile } from '../../src/paper/ceremony.ts'
import { shareChromium, type BrowserShare } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { HEX, hostilePlan, viewAfter } from '../support/ceremony/view.ts'
import { temporaryFolder } from './support/app.ts'

// The paper of a ceremony, as PDF: each page is one sheet, on A4 and on Letter, whatever the plan says.

const folder = temporaryFolder()
const plan = planAt(Date.parse('2026-11-30'), { sha256: HEX })
let browser: BrowserShare
/** Paths of the files, by what they are of. */
let paper: Record<'before' | 'after' | 'hostile', string[]>

function keep(of: string, files: readonly PaperFile[]): string[] {
  return files.map(({ name, bytes }) => {
    const path = join(folder.path, of, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return path
  })
}

beforeAll(async () => {
  speak(en)
  browser = await shareChromium()
  const wide = { exceptionAfter: 'make-root', text: 'W'.repeat(2000) }
  paper = {
    before: keep('before', await planSheets(plan, HEX, 'rehearsal')),
    after: keep('after', await recordPaper(await viewAfter(plan, 'live', { exceptionAfter: 'make-root' }))),
    hostile: keep('hostile', await recordPaper(await viewAfter(hostilePlan(plan), 'rehearsal', wide))),
  }
})
afterAll(async () => {
  await browser.close()
  folder.remove()
})

/** Pages of a PDF as the numbers of the sheets on each. */
function numbersIn(pdf: Uint8Array): string[][] {
  const file = join(folder.path, 'printed.pdf')
  writeFileSync(file, pdf)
  const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  // A form feed ends each page.
  return pages
    .split('\f')
    .slice(0, -1)
    .map((text) => text.match(/Sheet \d+ of \d+/g) ?? [])
}

test.each(['before', 'after', 'hostile'] as const)(
  '%s: one sheet a page, nothing wider than it',
  async (of) => {
    const context = await browser.newContext({ colorScheme: 'dark' })
    const page = await context.newPage()
    for (const path of paper[of]) {
      await page.goto(pathToFileURL(path).href)
      const numbers = (await page.locator('.leaf .of').allInnerTexts()).map((number) => [number])
      expect(numbers.length, path).toBeGreaterThan(0)
      for (const format of ['A4', 'Letter'] as const)
        expect(numbersIn(await page.pdf({ format, printBackground: false })), `${path} ${format}`).toEqual(
          numbers,
        )
      await page.setViewportSize({ width: 360, height: 740 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360)
    }
    await context.close()
  },
)

test('Firefox prints the same sheets', async () => {
  const fox = await launchFirefox()
  try {
    const page = await fox.newPage()
    // The longest, and the ones with the largest words.
    for (const path of paper.after.filter((each) => /(plan|words|report)\.html$/.test(each))) {
      await page.goto(pathToFileURL(path).href)
      const numbers = await page.$$eval('.leaf .of', (all) => all.map((each) => [each.textContent]))
      for (const format of ['A4', 'Letter'] as const) {
        const margin = { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' }
        expect(numbersIn(await page.pdf({ format, margin })), `${path} ${format}`).toEqual(numbers)
      }
    }
  } finally {
    await fox.close()
  }
})
