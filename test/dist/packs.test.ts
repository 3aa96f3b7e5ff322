import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateRawSync, gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rereadWords } from '../../src/messages/en/second-reading.ts'
import { launchChromium } from '../support/browser/chromium.ts'
import { ENGINES } from '../support/browser/lasting.ts'
import { distFile, ROOT, SINGLE_FILE } from '../support/dist.ts'
import { PATIENCE } from '../support/patience.ts'
import { toBase91 } from '../../src/packs/base91.ts'
import { oneLetter, packsIn, withoutPacks, withPack } from '../support/packs.ts'

const html = distFile('rootcellar.html')

/** Of each pack's share of the file, in kB, with a little room. Whoever needs more says here why. */
const MOST: Record<string, number> = {
  // What the first page is made of, Svelte's runtime among it, and what other packs use of it.
  base: 65,
  // The words of a ceremony, and its pages: both have what is printed, which is more than what is shown, and the form of a plan.
  ceremony: 26,
  'ceremony-pages': 50,
  // The words of the lab; and its pages: two ends of a handshake, and every message of it.
  lab: 30,
  'lab-pages': 40,
  notices: 6,
  // The words of QR codes, and what makes and reads them: the reader of pictures is 36 kB of script before it is packed.
  qr: 4,
  'qr-pages': 30,
  // The roots of Node.js, which compress badly.
  'public-roots': 145,
  // The frame, the first pages and all words in English.
  page: 200,
  'second-reader': 130,
  // Every certificate opens in place on the page Validate too: its fields, fingerprints and octets. What is printed is laid out in
  // sheets, with a QR code. The words of a hash are in two lists.
  // Beside each button that saves a file, one that shows it as codes.
  shared: 38,
  // Two weights of a text face and one of a mono face, for Latin, Greek and Cyrillic, in WOFF2, which is compressed already.
  typefaces: 235,
  // With two answers compared.
  'validate-pages': 35,
  'vault-pages': 115,
  // Why each of the rules exists.
  why: 21,
  // With the words and rows by which a passphrase is measured, both ends of a handshake and settings for programs, and the engine of a
  // ceremony, which no other worker may have (docs/packs.md).
  worker: 490,
}

test('each pack is as large as is known, what is first seen at most 700 kB of text, the file 1,600 kB', () => {
  const sizes = Object.fromEntries(packsIn(html).map(({ name, packed }) => [name, packed.length / 1000]))
  const before =
    ['base', 'page'].reduce((sum, name) => sum + textOf(name).length, withoutPacks(html).length) / 1000
  const compressed = gzipSync(html, { level: 9 }).length / 1000
  console.log('kB in the file:', { before, ...sizes, file: html.length / 1000, compressed })
  expect(Object.keys(sizes).sort()).toEqual(Object.keys(MOST).sort())
  for (const [name, most] of Object.entries(MOST)) expect(sizes[name], name).toBeLessThanOrEqual(most)
  expect(before).toBeLessThanOrEqual(700)
  expect(html.length).toBeLessThanOrEqual(1_600_000)
})

test('the notices name every package that is bundled, with the text of its licence', async () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const text = textOf('notices')
  for (const name of ['svelte', ...Object.keys(dependencies)])
    expect(text).toMatch(new RegExp(`^${name} \\d[\\d.]+ \\([\\w.-]+\\)$`, 'm'))
  expect(text).toMatch(
    /^The certificates of Mozilla's root program, as distributed in Node\.js [\d.]+ \(MPL-2\.0\)/m,
  )
  expect(text.match(/Permission is hereby granted/g)!.length).toBeGreaterThan(4)
  const browser = await launchChromium()
  const page = await browser.newPage()
  await page.goto(`${SINGLE_FILE}#/notices`)
  await page.getByText('Permission is hereby granted').first().waitFor()
  await browser.close()
})

const pack = (text: string): string => toBase91(deflateRawSync(text))
const textOf = (name: string): string => packsIn(html).find((one) => one.name === name)!.text

const WAYS: Record<string, (name: string) => string> = {
  'one octet of the deflated text': (name) => withPack(html, name, oneLetter),
  'one octet of the text itself, packed anew': (name) =>
    withPack(html, name, () => pack(textOf(name).replace(/[A-Z]/, (letter) => letter.toLowerCase()))),
  'a text that is longer': (name) => withPack(html, name, () => pack(`${textOf(name)}//${'x'.repeat(1e7)}`)),
  'a text that is cut off': (name) => withPack(html, name, (packed) => packed.slice(0, packed.length >> 1)),
  'what is no base 91': (name) => withPack(html, name, () => 'no base 91, “this”'),
  'nothing at all': (name) => withoutPack(name),
}
const withoutPack = (name: string): string =>
  html.replace(new RegExp(`<script type="text/plain" data-pack="${name}">[^<]*</script>`), '')

const path = mkdtempSync(join(tmpdir(), 'rootcellar-packs-'))
afterAll(() => rmSync(path, { recursive: true, force: true }))
let written = 0
function fileOf(content: string): string {
  const file = join(path, `changed-${String(written++)}.html`)
  writeFileSync(file, content)
  return pathToFileURL(file).href
}

const BROKEN = (name: string): RegExp =>
  new RegExp(`part of this file \\(“${name}”\\) is not as it was built`)

describe('in Chromium', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  async function open(content: string): Promise<{ page: Page; workers: () => number }> {
    const page = await browser.newPage()
    let workers = 0
    page.on('worker', () => (workers += 1))
    await page.goto(fileOf(content))
    return { page, workers: () => workers }
  }

  test.each(Object.entries(WAYS))('a worker with %s is not started', async (_way, change) => {
    const { page, workers } = await open(change('worker'))
    await page.getByText(BROKEN('worker')).first().waitFor()
    expect(workers()).toBe(0)
    await page.close()
  })

  test.each(Object.entries(WAYS))('a page with %s is not run, and says so', async (_way, change) => {
    const { page } = await open(change('page'))
    await page.getByRole('alert').getByText(BROKEN('page')).waitFor()
    await page.close()
  })

  test.each(Object.entries(WAYS))('pages with %s are not run, and the others go on', async (_way, change) => {
    const { page } = await open(change('validate-pages'))
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(`${page.url().split('#')[0]!}#/validate`)
    await page.getByText(BROKEN('validate-pages')).waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(BROKEN('validate-pages')).waitFor()
    await page.goto(`${page.url().split('#')[0]!}#/create`)
    await page.getByLabel('Passphrase', { exact: true }).waitFor()
    await page.close()
  })

  test('a second reader that was changed is not run, the journal says so, and nothing is stopped', async () => {
    const { page } = await open(withPack(html, 'second-reader', oneLetter))
    await page.getByRole('button', { name: 'Try with a sample hierarchy' }).click()
    await page.getByText('Sample Root').first().waitFor()
    await page.goto(`${page.url().split('#')[0]!}#/journal`)
    await page.getByText(rereadWords['none']!).first().waitFor()
    expect(await page.getByText(rereadWords['same']!).count()).toBe(0)
    await page.close()
  })

  test.each(Object.entries(WAYS))(
    'faces with %s are not used, and the page says so',
    async (_way, change) => {
      const { page } = await open(change('typefaces'))
      await page.getByText(BROKEN('typefaces')).waitFor()
      expect(await page.evaluate(() => document.fonts.size)).toBe(0)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.close()
    },
  )

  test('what two of them share is as good as missing for both', async () => {
    const { page } = await open(withPack(html, 'shared', oneLetter))
    await page.goto(`${page.url()}#/validate`)
    await page.getByText(BROKEN('shared')).waitFor()
    await page.close()
  })

  test('a script whose list was changed with the pack is no script of the policy', async () => {
    const changed = textOf('validate-pages').replace('function', 'function ')
    const own = createHash('sha256').update(textOf('validate-pages')).digest('hex')
    const listed = withPack(html, 'validate-pages', () => pack(changed))
      .replace(own, createHash('sha256').update(changed).digest('hex'))
      .replace(`size:${textOf('validate-pages').length}`, `size:${changed.length}`)
    const { page, workers } = await open(listed)
    await page.waitForTimeout(1000)
    expect(await page.locator('#app').innerHTML()).toBe('')
    expect(workers()).toBe(0)
    await page.close()
  })

  test('a text that the list names and the policy does not is not run either', async () => {
    const hash = createHash('sha256').update(textOf('validate-pages')).digest('base64')
    const { page } = await open(html.replace(` 'sha256-${hash}'`, ''))
    await page.goto(`${page.url()}#/validate`)
    await page.getByText(BROKEN('validate-pages')).waitFor()
    await page.close()
  })
})

/** Texts in each kind of letters that the faces have, and the widths that an engine gives them in a face and without it. */
const WIDTHS = `
  const pen = document.createElement('canvas').getContext('2d')
  const widthIn = (font, text) => ((pen.font = font), pen.measureText(text).width)
  return ['400 40px "IBM Plex Sans"', '600 40px "IBM Plex Sans"', '400 40px "IBM Plex Mono"'].map((face) =>
    ['Hxgmw', 'ŽđłřŁ', 'ЖДщю', 'Ωλψξ'].map((text) => widthIn(face, text) !== widthIn(face.replace(/".*"/, '"No Such Face"'), text)))`

test.each(['Chromium', 'Firefox', 'WebKitGTK'] as const)(
  '%s sets the page in its own faces',
  async (engine) => {
    const browser = await ENGINES[engine](join(path, `${engine}-faces`))
    try {
      const tab = await browser.tab()
      await tab.open(`${pathToFileURL(join(ROOT, 'dist/rootcellar.html')).href}#/create`)
      await expect.poll(() => tab.evaluate('return document.fonts.size'), { timeout: PATIENCE }).toBe(11)
      const all = [true, true, true, true]
      // The mono face has no Greek.
      expect(await tab.evaluate(WIDTHS)).toEqual([all, all, [true, true, true, false]])
      expect(await tab.evaluate('return document.body.innerText')).not.toMatch(/typeface/)
    } finally {
      await browser.close()
    }
  },
)

/** One pack of each kind, and the page that asks for it. */
const ASKED_FOR = [
  ['worker', '#/create'],
  ['validate-pages', '#/validate'],
  ['typefaces', '#/create'],
] as const

test.each(['Firefox', 'WebKitGTK'] as const)(
  '%s runs no changed worker and no changed pages',
  async (engine) => {
    const browser = await ENGINES[engine](join(path, engine))
    try {
      for (const [name, address] of ASKED_FOR) {
        const tab = await browser.tab()
        await tab.open(fileOf(withPack(html, name, oneLetter)) + address)
        await expect
          .poll(() => tab.evaluate('return document.body.innerText'), { timeout: PATIENCE })
          .toMatch(BROKEN(name))
      }
    } finally {
      await browser.close()
    }
  },
)
