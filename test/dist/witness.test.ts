import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { axeFindingsEverywhere } from '../e2e/support/axe.ts'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { DIST, distFile } from '../support/dist.ts'
import { withParts } from '../support/signed-parts.ts'
import { NOT_READ } from '../../witness/not-read.ts'

const WITNESS = pathToFileURL(join(DIST, 'witness.html')).href
const READY = 'html[data-witness="ready"] h1'
const FOLDER = 'test/fixtures/witness'
const pem = (name: string): string => readFileSync(join(FOLDER, name), 'latin1')

/** Pastes a text, reads it, and answers with what the page then shows; the same in every engine. */
const paste = (text: string): string => `
  document.querySelector('#pasted').value = ${JSON.stringify(text)}
  document.querySelector('.acts button').click()
  const status = document.querySelector('[role=status]')
  while (!/ read, /.test(status.textContent)) await new Promise((done) => setTimeout(done, 50))
  return [status.textContent, ...[...document.querySelectorAll('[aria-label="What was given"] :is(h3, .answer)')].map((one) => one.textContent)]`

const PASTED = [
  pem('root.pem'),
  '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n',
  pem('leaf.pem'),
]
const SHOWN = [
  '1 file: 2 items read, 1 not read.',
  'Certificate',
  'The signature verifies with its own key.',
  'Not read',
  'What is in a block named “CERTIFICATE” is not base64.',
  'Certificate',
  'The signature verifies with the key of C: DE · O: Example Trust · CN: Example Root.',
]

describe('from disk, a root, a bad block and a leaf are read', () => {
  test('in Chromium, with no request, no complaint and axe clean', async () => {
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      const heard: string[] = []
      page.on('console', (message) => heard.push(message.text()))
      page.on('pageerror', (error) => heard.push(error.message))
      page.on('request', (request) => heard.push(request.url()))
      await page.goto(WITNESS)
      await page.waitForSelector(READY)
      expect(await page.evaluate(`(async () => { ${paste(PASTED.join(''))} })()`)).toEqual(SHOWN)
      expect(heard.filter((url) => url !== WITNESS && !url.startsWith('data:'))).toEqual([])
      const leaked = `fetch('http://127.0.0.1:9/').then(() => true, () => false)`
      expect(await page.evaluate(leaked)).toBe(false)
      expect(heard.join('\n')).toContain('Content Security Policy')
      expect(await axeFindingsEverywhere(page)).toEqual([])
    } finally {
      await browser.close()
    }
  })

  test('in Firefox', async () => {
    const browser = await launchFirefox()
    try {
      const page = await browser.newPage()
      await page.goto(WITNESS)
      await page.waitForSelector(READY)
      expect(await page.evaluate(`(async () => { ${paste(PASTED.join(''))} })()`)).toEqual(SHOWN)
    } finally {
      await browser.close()
    }
  })

  test('in WebKitGTK', async () => {
    const browser = await launchWebKit()
    try {
      await browser.open(WITNESS)
      await browser.waitFor(READY)
      expect(await browser.evaluate(paste(PASTED.join('')))).toEqual(SHOWN)
    } finally {
      await browser.close()
    }
  })
})

test('chosen and dropped files are compared, hostile names are text, and all by keyboard', async () => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } })
    await page.goto(WITNESS)
    await page.setInputFiles('#chosen', [
      join(FOLDER, 'leaf.pem'),
      join(FOLDER, 'leaf.pem'),
      join(FOLDER, 'hostile.pem'),
    ])
    const answer = page.locator('section[aria-label=Compare] .answer')
    await answer.waitFor()
    expect(await answer.textContent()).toMatch(/^Different: they part at octet \d/)
    await page.getByLabel('The other').selectOption({ index: 0 })
    await page.getByLabel('One').selectOption({ index: 1 })
    expect(await answer.textContent()).toBe(
      `The same, octet for octet (${count(pem('leaf.pem').length)} octets).`,
    )
    expect(await page.locator('article img').count()).toBe(0)
    expect(await page.locator('article').last().textContent()).toContain('CN: safe‹U+202E›gro.live‹U+0001›')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)

    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([text], 'list.pem'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, pem('list.pem'))
    await page.getByText('Certificate revocation list (CRL)').waitFor()

    await page.evaluate('document.activeElement.blur()')
    const stops: string[] = []
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press('Tab')
      stops.push(
        String(await page.evaluate('document.activeElement.id || document.activeElement.textContent')),
      )
    }
    expect(stops).toEqual([
      'Sign the manifest of a ceremony',
      'chosen',
      'pasted',
      'Read the text',
      'Read by QR',
      'Forget all',
      'one',
      'other',
      'What is not read here',
    ])
    await page.getByRole('button', { name: 'Forget all' }).click()
    await page.locator('article').first().waitFor({ state: 'detached' })
    expect(await page.locator('article').count()).toBe(0)
  } finally {
    await browser.close()
  }
})

test('what is too large, unreadable or malformed is refused with a sentence, and the rest is read', async () => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(WITNESS)
    await page.waitForSelector(READY)
    const [, base64] = /-----BEGIN CERTIFICATE-----([^-]*)-/.exec(pem('leaf.pem'))!
    const leaf = Uint8Array.from(Buffer.from(base64!, 'base64'))
    const short = withParts(leaf, ({ signature }) => ({ signature: signature.subarray(1) }))
    // The page must not ask for the octets of what it refuses, and one file it cannot read stops no other.
    await page.evaluate(
      ([root, der]) => {
        const names: string[] = []
        Object.assign(globalThis, { asked: names })
        const given = (parts: BlobPart[], name: string, read?: () => Promise<ArrayBuffer>): File => {
          const file = new File(parts, name)
          const arrayBuffer = read ?? ((): Promise<ArrayBuffer> => Blob.prototype.arrayBuffer.call(file))
          const noted = (): Promise<ArrayBuffer> => {
            names.push(name)
            return arrayBuffer()
          }
          return Object.defineProperty(file, 'arrayBuffer', { value: noted })
        }
        const large = new Uint8Array(100_000_000)
        const files = [
          given([large], 'disk.img'),
          given(['x'], 'folder', () => Promise.reject(new DOMException('', 'NotFoundError'))),
          given([root], 'root.pem'),
          given([Uint8Array.from(der as number[])], 'short.cer'),
          ...[1, 2, 3, 4, 5].map((i) => given([large.subarray(0, 16 * 1024 * 1024)], `full-${i}.bin`)),
        ]
        // A DataTransfer makes new objects of its files; these must stay what they are.
        const drop = new Event('drop', { bubbles: true, cancelable: true })
        document.body.dispatchEvent(Object.assign(drop, { dataTransfer: { files } }))
      },
      [pem('root.pem'), [...short]] as const,
    )
    await page.getByText('9 files: 2 items read, 7 not read.').waitFor()
    expect(await page.evaluate('asked')).toEqual([
      'folder',
      'root.pem',
      'short.cer',
      'full-1.bin',
      'full-2.bin',
      'full-3.bin',
    ])
    const answers = await page
      .locator('.file')
      .evaluateAll((files) =>
        files.map((file) => [
          file.querySelector('h2')!.textContent,
          file.querySelector('.answer')!.textContent,
        ]),
      )
    expect(answers).toEqual([
      ['disk.img', NOT_READ.size],
      ['folder', 'The browser cannot read it. If it is a folder, choose the files in it.'],
      ['root.pem', 'The signature verifies with its own key.'],
      [
        'short.cer',
        'The signature could not be verified with the key of C: DE · O: Example Trust · CN: Example Root. It is malformed: it has 255 octets, and one made with this key has 256 octets. Get the file again from where it was signed.',
      ],
      ['full-1.bin', NOT_READ.ber],
      ['full-2.bin', NOT_READ.ber],
      ['full-3.bin', NOT_READ.ber],
      ['full-4.bin', NOT_READ.total],
      ['full-5.bin', NOT_READ.total],
    ])
    await page.getByLabel('One').selectOption({ index: 0 })
    await page.getByLabel('The other').selectOption({ index: 1 })
    const compared = page.locator('section[aria-label=Compare] .answer')
    expect(await compared.textContent()).toBe('Not compared: one of them was not read.')
  } finally {
    await browser.close()
  }
})

const count = (n: number): string => n.toLocaleString('en')

test('its policy admits its one script and its one style by hash, and nothing else', () => {
  const html = distFile('witness.html')
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const [, script] = /<script type="module">([\s\S]*?)<\/script>/.exec(html)!
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html)!
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!
  expect(policy!.split('; ').sort()).toEqual([
    `base-uri 'none'`,
    `connect-src 'none'`,
    `default-src 'none'`,
    `form-action 'none'`,
    'img-src data:',
    `require-trusted-types-for 'script'`,
    `script-src ${hashOf(script!)}`,
    `style-src ${hashOf(style!)}`,
    `trusted-types 'none'`,
  ])
  expect(html.slice(0, html.indexOf('Content-Security-Policy'))).not.toMatch(/<(script|style|link|body)/)
})

test('it names the packages in it; witness.html.sha256 is what sha256sum says, and the size is held', () => {
  expect(distFile('witness.html')).toMatch(/^(<pre>)?pkijs \d[\d.]+ \([\w-]+\)$/m)
  const { stdout } = spawnSync('sha256sum', ['--check', 'witness.html.sha256'], {
    cwd: DIST,
    encoding: 'utf8',
  })
  expect(stdout).toBe('witness.html: OK\n')
  // The reader of codes is 40 kB of it.
  expect(distFile('witness.html').length).toBeLessThan(530_000)
})
