import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright'
import decodeQr from 'qr/decode.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAttestation, type RollEntry } from '../../src/ceremony/attested.ts'
import { writeManifest } from '../../src/ceremony/manifest.ts'
import { hashWords } from '../../src/messages/hash-words.ts'
import { hexOctets, hexOf, utf8, utf8Text } from '../../src/octets.ts'
import { digest, sha256Hex } from '../../src/webcrypto/signature.ts'
import { axeFindingsEverywhere } from '../e2e/support/axe.ts'
import { launchChromium } from '../support/browser/chromium.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { launchWebKit } from '../support/browser/webkit.ts'
import { witnessing } from '../support/browser/witnessing.ts'
import { DIST } from '../support/dist.ts'
import { scratchFor, succeed } from '../support/run.ts'

const WITNESS = pathToFileURL(join(DIST, 'witness.html')).href
const READY = 'html[data-witness="ready"] h1'
const FILES = { 'objects/root.der': 'root', 'plan.json': '{}', 'rehearsal/root.der': 'throw-away' }

const folder = scratchFor('witness-sign')
const record = join(folder, 'record')
const at = (name: string): string => join(record, name)
let manifest: Uint8Array<ArrayBuffer>
let browser: Browser

beforeAll(async () => {
  const lines = []
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
    lines.push({ name, sha256: await sha256Hex(utf8(text)) })
  }
  manifest = writeManifest(lines)
  writeFileSync(at('manifest.sha256'), manifest)
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function open(width = 1280): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, acceptDownloads: true })
  await page.goto(WITNESS)
  await page.waitForSelector(READY)
  return page
}

async function makeKey(page: Page, name: string): Promise<RollEntry> {
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByText(`The key of ${name} is ready.`).waitFor()
  const hex = await page.locator('.aloud .hex').first().textContent()
  return { person: 'ana', name, key: hex!.replaceAll(' ', '') }
}

const signButton = (page: Page) => page.getByRole('button', { name: 'Sign', exact: true })

async function saved(page: Page, name: string): Promise<Uint8Array> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name }).click()
  const file = await download
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return Uint8Array.from(readFileSync(path))
}

test('a witness makes a key, compares the record and signs; the file and the code say the same', async () => {
  const page = await open()
  expect(await signButton(page).isDisabled()).toBe(true)
  const entry = await makeKey(page, 'Ana Pérez')
  const words = await page.locator('.words').first().innerText()
  expect(words.split(/\s+/)).toEqual(hashWords(hexOctets(entry.key!)!))

  await page.getByLabel('Choose manifest.sha256').setInputFiles(at('manifest.sha256'))
  await page.getByText('A manifest of 3 files.').waitFor()
  const sha256 = await digest('SHA-256', manifest)
  const shown = await page.locator('.words').nth(1).innerText()
  expect(shown.split(/\s+/)).toEqual(hashWords(sha256))
  expect((await page.locator('.aloud .hex').nth(1).textContent())!.replaceAll(' ', '')).toBe(hexOf(sha256))
  await page.getByText('No file was compared with its line here.').waitFor()

  await page.getByLabel('The folder of the record').setInputFiles(record)
  await page.getByText('3 of 3 files are as the manifest says.').waitFor()
  await signButton(page).click()
  const file = await saved(page, 'Save Ana-Perez.witness.pem')
  expect(await readAttestation(file, manifest, [entry])).toMatchObject({ person: 'ana', key: entry.key })
  expect(await page.locator('#sign pre').textContent()).toBe(new TextDecoder().decode(file))
  const code = await page.locator('#sign svg').screenshot()
  expect(await scanned(page, code)).toBe(new TextDecoder().decode(file))
  expect(await axeFindingsEverywhere(page)).toEqual([])

  await saved(page, 'Save the certificate (Ana-Perez.crt)')
  const subject = await succeed('openssl', [
    'x509',
    '-in',
    join(folder, 'Ana-Perez.crt'),
    '-noout',
    '-checkend',
    '0',
  ])
  expect(subject.stdout).toContain('will not expire')
  await page.close()
})

/** What is in the picture of a code. */
async function scanned(page: Page, picture: Buffer): Promise<string> {
  const image = await page.evaluate(async (base64) => {
    const element = new Image()
    element.src = `data:image/png;base64,${base64}`
    await element.decode()
    const canvas = document.createElement('canvas')
    ;[canvas.width, canvas.height] = [element.width * 2, element.height * 2]
    const context = canvas.getContext('2d')!
    context.imageSmoothingEnabled = false
    context.drawImage(element, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { data: [...data], width, height }
  }, picture.toString('base64'))
  return decodeQr({ ...image, data: Uint8ClampedArray.from(image.data) })
}

test('what is not as the manifest says stops the signature, and what is missing is named', async () => {
  const page = await open(360)
  await makeKey(page, 'Bo')
  await page.getByLabel('Choose manifest.sha256').setInputFiles(at('manifest.sha256'))
  const wrong = join(folder, 'plan.json')
  writeFileSync(wrong, '{"changed":1}')
  await page.getByLabel('Or files of it').setInputFiles([wrong, at('objects/root.der')])
  await page.getByText('1 of 3 files are as the manifest says.').waitFor()
  await page.getByText('Not as the manifest says. Do not sign; say so in the room: plan.json.').waitFor()
  await page.getByText('Not given: rehearsal/root.der.').waitFor()
  expect(await signButton(page).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Forget the files' }).click()
  expect(await signButton(page).isDisabled()).toBe(false)
  await page.getByLabel('Or files of it').setInputFiles([at('plan.json')])
  await page.getByText('1 of 3 files were compared here').waitFor()
  expect(await signButton(page).isDisabled()).toBe(false)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  await page.close()
})

test('a manifest that is none is refused with its line, also when it is dropped, and by keyboard all is reached', async () => {
  const page = await open()
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([`${'a'.repeat(64)}  ../x\n`], 'manifest.sha256'))
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
    document.querySelector('#sign h3')!.dispatchEvent(drop)
  })
  await page.getByText(/^Line 1 is not 64 digits/).waitFor()
  await makeKey(page, 'Bo')
  expect(await signButton(page).isDisabled()).toBe(true)
  await page.getByRole('link', { name: 'Sign the manifest of a ceremony' }).focus()
  await page.keyboard.press('Enter')
  const stops: string[] = []
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Tab')
    stops.push(String(await page.evaluate('document.activeElement.id || document.activeElement.textContent')))
  }
  expect(stops).toEqual([
    'signer',
    'Make a key',
    'Bring a key of your own',
    'Save the certificate (Bo.crt)',
    'manifest',
    'Read by QR',
    'record-folder',
    'record',
    'Forget the files',
    'Third-party notices',
  ])
  await page.close()
})

test('a key that is brought signs, under its passphrase, and a wrong one is said', async () => {
  const openssl = (...args: string[]) => succeed('openssl', args, { cwd: folder })
  const curve = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
  await openssl('genpkey', ...curve, '-aes-256-cbc', '-pass', 'pass:of the key', '-out', 'own.pem')
  const named = ['-subj', '/CN=Cy', '-days', '9', '-passin', 'pass:of the key']
  await openssl('req', '-x509', '-key', 'own.pem', ...named, '-out', 'own.crt')
  const page = await open()
  await page.getByText('Bring a key of your own').click()
  await page.getByLabel('Certificate', { exact: true }).setInputFiles(join(folder, 'own.crt'))
  await page.getByLabel('Private key', { exact: true }).setInputFiles(join(folder, 'own.pem'))
  await page.getByLabel('Passphrase of the key').fill('another')
  await page.getByRole('button', { name: 'Use this key' }).click()
  await page.getByText('The passphrase does not open the key.').waitFor()
  await page.getByLabel('Passphrase of the key').fill('of the key')
  await page.getByRole('button', { name: 'Use this key' }).click()
  await page.getByText('The key of Cy is ready.').waitFor()
  expect(await page.getByLabel('Passphrase of the key').inputValue()).toBe('')
  await page.getByLabel('Choose manifest.sha256').setInputFiles(at('manifest.sha256'))
  await signButton(page).click()
  const text = await page.locator('#sign pre').textContent()
  expect(await readAttestation(utf8(text!), manifest, roll)).toMatchObject({ person: 'cy' })
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.close()
})

const roll: RollEntry[] = [{ person: 'cy', name: 'Cy', key: null }]

test('in Firefox', async () => {
  const firefox = await launchFirefox()
  try {
    const page = await firefox.newPage()
    await page.goto(WITNESS)
    await page.waitForSelector(READY)
    const text = await page.evaluate(`(async () => { ${witnessing('Cy', utf8Text(manifest))} })()`)
    expect(await readAttestation(utf8(String(text)), manifest, roll)).toMatchObject({ person: 'cy' })
  } finally {
    await firefox.close()
  }
})

test('in WebKitGTK', async () => {
  const webkit = await launchWebKit()
  try {
    await webkit.open(WITNESS)
    await webkit.waitFor(READY)
    const text = await webkit.evaluate(witnessing('Cy', utf8Text(manifest)))
    expect(await readAttestation(utf8(String(text)), manifest, roll)).toMatchObject({ person: 'cy' })
  } finally {
    await webkit.close()
  }
})
