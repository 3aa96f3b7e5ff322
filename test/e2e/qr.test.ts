import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { sequenceOf } from '../../src/qr/sequence.ts'
import { SINGLE_FILE } from '../support/dist.ts'
import { PATIENCE } from '../support/patience.ts'
import { openReady } from '../support/site.ts'
import { story } from '../support/story.ts'
import { download, startApp, temporaryFolder, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { film, launchWithCamera, SCREEN, type Camera } from './support/camera.ts'
import { createVault, heading, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'

// A file from one screen through another computer's camera.

const next = story()
const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
let app: App
let request: string
const opened: Browser[] = []
beforeAll(async () => {
  app = await startApp()
  await createVault(app.page)
})
afterAll(async () => {
  await Promise.all(opened.map((browser) => browser.close()))
  await app.close()
  folder.remove()
})

/** A page of another computer, with a camera. */
async function withCamera(camera: Camera, url: string): Promise<Page> {
  const browser = await launchWithCamera(camera)
  opened.push(browser)
  const page = await (await browser.newContext({ locale: 'en', acceptDownloads: true })).newPage()
  page.setDefaultTimeout(PATIENCE)
  await openReady(page, url)
  return page
}

async function choose(page: Page, entry: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(entry)
  await page.keyboard.press('Enter')
}

async function showFile(page: Page, name: string, buffer: Buffer): Promise<Locator> {
  await choose(page, 'Show a file as QR codes')
  await page.getByLabel('Choose a file to show').setInputFiles({ name, mimeType: '', buffer })
  const dialog = page.getByRole('dialog', { name: `${name} by QR` })
  await dialog.waitFor()
  return dialog
}

/** What both screens show of a file. */
const wordsIn = (dialog: Locator): Promise<string[]> => dialog.locator('figure li').allInnerTexts()

/** Films the codes of the dialog, as fine as is asked for, until 1.6 times the parts were shown. */
async function filmed(page: Page, dialog: Locator, size: string, file: string): Promise<void> {
  await page.setViewportSize(SCREEN)
  await dialog.getByLabel('Size of the squares').selectOption(size)
  await dialog.getByRole('button', { name: 'Pause' }).click()
  const [, parts] = /has ([\d,]+) parts/.exec(await dialog.innerText())!
  await film(page, file, {
    codes: Math.ceil(1.6 * Number(parts)) + 10,
    lost: 0.3,
    next: () => dialog.getByRole('button', { name: 'Next code' }).click(),
  })
}

next(
  'a request of a kilobyte arrives with 30 % of its codes lost, and is asked about as a dropped file is',
  async () => {
    const { page } = app
    await visit(page, '#/make-request')
    await page.getByLabel('Name', { exact: true }).fill('www.example.com')
    await page
      .getByLabel('Names and addresses it is valid for')
      .fill(Array.from({ length: 25 }, (_, i) => `host${i}.qr.example.com`).join('\n'))
    await page.getByRole('button', { name: 'Make the request' }).click()
    await heading(page, 'Request for www.example.com').waitFor()
    const out = page.getByRole('group', { name: /PEM/ })
    const saved = await download(page, () => out.getByRole('button').first().click(), folder.path)
    request = readFileSync(saved, 'utf8')
    expect(request.length).toBeGreaterThan(1000)

    await out.getByRole('button', { name: 'Show as QR codes' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^Code \d+\. The file has \d+ parts\./).waitFor()
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await screenshots(page, 'qr-show')
    await filmed(page, dialog, 'coarse', at('request.mjpeg'))
    const words = await wordsIn(dialog)
    expect(words).toHaveLength(32)
    await page.keyboard.press('Escape')

    const reader = await withCamera({ film: at('request.mjpeg') }, `${app.site.url}#/notices`)
    await choose(reader, 'Read by QR')
    await reader.getByText('.csr.pem is here').first().waitFor()
    expect(await wordsIn(reader.getByRole('dialog'))).toEqual(words)
    expect(await axeFindingsEverywhere(reader)).toEqual([])
    await screenshots(reader, 'qr-here')
    // It has the focus.
    await reader.keyboard.press('Enter')
    await reader.getByRole('dialog').getByRole('button', { name: 'Validate' }).click()
    await reader.getByText('Look into 1 request').waitFor()
    expect(app.complaints).toEqual([])
  },
)

next('a record of 100 kB arrives in the file from disk, octet for octet', async () => {
  const record = randomBytes(100_000)
  const dialog = await showFile(app.page, 'record.zip', record)
  await filmed(app.page, dialog, 'finest', at('record.mjpeg'))
  const words = await wordsIn(dialog)
  await app.page.keyboard.press('Escape')

  const reader = await withCamera({ film: at('record.mjpeg') }, `${SINGLE_FILE}#/validate`)
  await reader.getByRole('button', { name: 'Read by QR' }).first().click()
  await reader
    .getByText(/^[1-9]\d* of 125 parts$/)
    .first()
    .waitFor()
  expect(await axeFindingsEverywhere(reader)).toEqual([])
  await screenshots(reader, 'qr-read')
  await reader.getByText('record.zip is here').first().waitFor()
  expect(await wordsIn(reader.getByRole('dialog'))).toEqual(words)
  const save = (): Promise<void> => reader.getByRole('button', { name: 'Save the file' }).click()
  const saved = await download(reader, save, folder.path)
  expect(readFileSync(saved).equals(record)).toBe(true)
})

next('what is read on a page that takes it is taken there, from pictures in any order', async () => {
  const { page } = app
  await page.setViewportSize(SCREEN)
  const dialog = await showFile(page, 'www.csr.pem', Buffer.from(request))
  await dialog.getByRole('button', { name: 'Pause' }).click()
  const pictures: { name: string; mimeType: string; buffer: Buffer }[] = []
  for (let i = 0; i < 6; i++) {
    pictures.unshift({ name: `${i}.png`, mimeType: 'image/png', buffer: await page.screenshot() })
    await dialog.getByRole('button', { name: 'Next code' }).click()
  }
  await page.keyboard.press('Escape')
  const reader = await withCamera('none', `${app.site.url}#/validate`)
  await reader.getByRole('button', { name: 'Read by QR' }).first().click()
  await reader.getByText('No camera was found, or it was taken away.').waitFor()
  const pick = reader.getByLabel('Choose pictures of codes')
  const blank = await reader.locator('header').first().screenshot()
  await pick.setInputFiles([
    { name: 'blank.png', mimeType: 'image/png', buffer: blank },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') },
  ])
  await reader.getByText('blank.png: no QR code was found in it.').waitFor()
  await reader.getByText('notes.txt: the browser does not read it as a picture').waitFor()
  expect(await axeFindingsEverywhere(reader)).toEqual([])
  await pick.setInputFiles(pictures)
  await reader.getByText('www.csr.pem is here').first().waitFor()
  await reader.getByRole('button', { name: 'Use this file' }).click()
  await reader.getByText('Look into 1 request').waitFor()
  expect(await reader.getByRole('dialog').count()).toBe(0)
})

next('a camera that may not be used is said, in both forms, and can be tried again', async () => {
  for (const url of [app.site.url, SINGLE_FILE]) {
    const reader = await withCamera('refused', `${url}#/validate`)
    await reader.getByRole('button', { name: 'Read by QR' }).first().click()
    await reader.getByText('The camera may not be used by this page.').waitFor()
    await reader.getByRole('button', { name: 'Try the camera again' }).click()
    await reader.getByText('The camera may not be used by this page.').waitFor()
  }
})

/** A picture of one code, as the page draws it. */
async function pictureOf(page: Page, name: string, bytes: Buffer, number: number) {
  const dialog = await showFile(page, name, bytes)
  await dialog.getByText('Code 1. The file has').waitFor()
  for (let i = 0; i < number; i++) await dialog.getByRole('button', { name: 'Next code' }).click()
  const buffer = await page.screenshot()
  await page.keyboard.press('Escape')
  return { name: `${name}-${number}.png`, mimeType: 'image/png', buffer }
}

next('codes of another file and on the wall change nothing, and the other can be read instead', async () => {
  const { page } = app
  await page.setViewportSize(SCREEN)
  // No code follows another by itself.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const [one, other] = [randomBytes(800), randomBytes(600)]
  const first = await pictureOf(page, 'one.crl', one, 0)
  const second = await pictureOf(page, 'other.crl', other, 0)
  const third = await pictureOf(page, 'other.crl', other, 1)
  const plain = await showFile(page, 'wall.txt', Buffer.from('a poster'))
  await plain.getByText('One code, with the text as it is.').waitFor()
  const wall = { name: 'wall.png', mimeType: 'image/png', buffer: await page.screenshot() }
  await page.keyboard.press('Escape')

  await page.emulateMedia({ reducedMotion: 'no-preference' })

  const reader = await withCamera('none', `${app.site.url}#/validate`)
  await reader.getByRole('button', { name: 'Read by QR' }).first().click()
  const pick = reader.getByLabel('Choose pictures of codes')
  const { parts } = await sequenceOf({ name: 'one.crl', bytes: new Uint8Array(one) }, 418)
  await pick.setInputFiles([first, second])
  await reader.getByText(`1 of ${parts} parts`).first().waitFor()
  await reader.getByText('Another file is in view: 1 of 2 parts.').waitFor()
  await pick.setInputFiles([wall])
  await reader.getByText('A code was in view that is no part of this file.').waitFor()
  await reader.getByRole('button', { name: 'Read that one instead' }).click()
  await reader.getByText(`Another file is in view: 1 of ${parts} parts.`).waitFor()
  await pick.setInputFiles([third])
  await reader.getByText('other.crl is here').first().waitFor()
  await reader.getByRole('button', { name: 'Read another' }).click()
  await reader.getByLabel('Choose pictures of codes').setInputFiles([wall])
  await reader.getByText('code.txt is here').first().waitFor()
  // A picture that is dropped on a page is read too.
  await reader.keyboard.press('Escape')
  await reader.evaluate((base64) => {
    const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([octets], 'wall.png', { type: 'image/png' }))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  }, wall.buffer.toString('base64'))
  await reader.getByText('code.txt is here').first().waitFor()
})

next('by keyboard alone, and with less motion nothing moves by itself', async () => {
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const dialog = await showFile(page, 'still.zip', randomBytes(3000))
  await dialog.getByText('Your system asks for less motion').waitFor()
  await dialog.getByText('Code 1. The file has').waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Next code')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await dialog.getByText('Code 3. The file has').waitFor()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await dialog.getByText(/^Code [4-9]/).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Go on' }).waitFor()
  await page.keyboard.press('Escape')
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await page.getByRole('dialog').count()).toBe(0)
})

next('a file that is too large is not shown, and can be saved', async () => {
  const { page } = app
  const dialog = await showFile(page, 'large.zip', Buffer.alloc(1_200_000))
  await dialog.getByText('at most 1.0 MB are shown as QR codes').waitFor()
  const saved = await download(page, () => page.keyboard.press('Enter'), folder.path)
  expect(readFileSync(saved)).toHaveLength(1_200_000)
  expect(app.complaints).toEqual([])
})
