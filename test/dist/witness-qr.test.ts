import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAttestation } from '../../src/ceremony/attested.ts'
import { writeManifest } from '../../src/ceremony/manifest.ts'
import { utf8 } from '../../src/octets.ts'
import { sha256Hex } from '../../src/webcrypto/signature.ts'
import { axeFindingsEverywhere } from '../e2e/support/axe.ts'
import { film, launchWithCamera, SCREEN, type Camera } from '../e2e/support/camera.ts'
import { DIST, SINGLE_FILE } from '../support/dist.ts'
import { PATIENCE } from '../support/patience.ts'
import { scratchFor } from '../support/run.ts'

// The manifest from the room's screen into the witness's page, and the signature back, through cameras alone.

const WITNESS = pathToFileURL(join(DIST, 'witness.html')).href
const folder = scratchFor('witness-qr')
const at = (name: string): string => join(folder, name)
const opened: Browser[] = []
let manifest: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  const names = Array.from({ length: 30 }, (_, i) => `objects/${String(i).padStart(2, '0')}.der`)
  const lines = await Promise.all(names.map(async (name) => ({ name, sha256: await sha256Hex(utf8(name)) })))
  manifest = writeManifest(lines)
  writeFileSync(at('manifest.sha256'), manifest)
})
afterAll(() => Promise.all(opened.map((browser) => browser.close())))

async function open(camera: Camera, url: string, width = SCREEN.width): Promise<Page> {
  const browser = await launchWithCamera(camera)
  opened.push(browser)
  const page = await browser.newPage({ viewport: { ...SCREEN, width } })
  page.setDefaultTimeout(PATIENCE)
  await page.goto(url)
  await page.locator('h1').first().waitFor()
  return page
}

/** The room shows the manifest; 30 % of its codes are lost. */
async function filmManifest(): Promise<string> {
  const room = await open('none', `${SINGLE_FILE}#/validate`)
  await room.getByRole('button', { name: 'Read by QR' }).first().waitFor()
  await room.keyboard.press('Control+k')
  await room.getByRole('combobox').fill('Show a file as QR codes')
  await room.keyboard.press('Enter')
  await room.getByLabel('Choose a file to show').setInputFiles(at('manifest.sha256'))
  await room.getByRole('button', { name: 'Pause' }).click()
  const next = (): Promise<void> => room.getByRole('button', { name: 'Next code' }).click()
  await film(room, at('manifest.mjpeg'), { codes: 18, lost: 0.3, next })
  return at('manifest.mjpeg')
}

test('a witness reads the manifest by camera and signs, and the room reads the signature by camera', async () => {
  const witness = await open({ film: await filmManifest() }, WITNESS)
  await witness.getByLabel('Your name').fill('Ana')
  await witness.getByRole('button', { name: 'Make a key' }).click()
  await witness.getByText('The key of Ana is ready.').waitFor()
  await witness.locator('#sign').getByRole('button', { name: 'Read by QR' }).click()
  await witness.getByRole('dialog').getByText('manifest.sha256, ').waitFor()
  expect(await axeFindingsEverywhere(witness)).toEqual([])
  // It has the focus.
  await witness.keyboard.press('Enter')
  await witness.getByText('A manifest of 30 files.').waitFor()
  expect(await witness.getByRole('dialog').count()).toBe(0)
  await witness.getByRole('button', { name: 'Sign', exact: true }).click()
  const text = (await witness.locator('#sign pre').textContent())!
  const roll = [{ person: 'ana', name: 'Ana', key: null }]
  expect(await readAttestation(utf8(text), manifest, roll)).toMatchObject({ person: 'ana' })

  await witness.setViewportSize(SCREEN)
  await witness.getByRole('button', { name: 'Show it large as QR' }).click()
  await witness.locator('dialog canvas').waitFor()
  expect(await axeFindingsEverywhere(witness)).toEqual([])
  await witness.setViewportSize(SCREEN)
  const isMany = (await witness.getByRole('button', { name: 'Pause' }).count()) > 0
  if (isMany) await witness.getByRole('button', { name: 'Pause' }).click()
  const next = async (): Promise<void> => {
    if (isMany) await witness.getByRole('button', { name: 'Next code' }).click()
  }
  await film(witness, at('signature.mjpeg'), { codes: 12, lost: 0.3, next })

  const room = await open({ film: at('signature.mjpeg') }, `${SINGLE_FILE}#/validate`)
  await room.getByRole('button', { name: 'Read by QR' }).first().click()
  await room.getByRole('button', { name: 'Save the file' }).waitFor()
  const hash = await room.getByRole('dialog').locator('figure p').innerText()
  expect(hash.replaceAll(' ', '')).toBe(await sha256Hex(utf8(text)))
})

test('without a camera it says so, reads pictures, and is no wider than a phone', async () => {
  const witness = await open('none', WITNESS, 360)
  await witness.locator('#sign').getByRole('button', { name: 'Read by QR' }).click()
  await witness.getByText('No camera was found, or it was taken away.').waitFor()
  const picture = await witness.screenshot()
  await witness
    .getByLabel('Or choose pictures of codes')
    .setInputFiles({ name: 'blank.png', mimeType: 'image/png', buffer: picture })
  await witness.getByText('blank.png: no QR code was found in it.').waitFor()
  expect(await axeFindingsEverywhere(witness)).toEqual([])
  await witness.setViewportSize({ width: 360, height: 740 })
  expect(await witness.evaluate('document.documentElement.scrollWidth')).toBe(360)
  await witness.keyboard.press('Escape')
  expect(await witness.getByRole('dialog').count()).toBe(0)
})
