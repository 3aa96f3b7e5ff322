import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import decodeQr from 'qr/decode.js'
import { afterAll, beforeAll, expect } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { launchFirefox } from '../support/browser/firefox.ts'
import { endEntity, root } from '../support/chain.ts'
import { ADA, batchOf, LIST } from '../support/inputs.ts'
import { openReady } from '../support/site.ts'
import { startApp, temporaryFolder, type App } from './support/app.ts'
import { createVault, heading, issue, openCertificate, validatePasted, visit } from './support/operator.ts'
import { story } from '../support/story.ts'
import { workerCalls, type WorkerCalls } from './support/worker-call.ts'

// What goes on paper, as PDF: each page is one sheet of ours, on A4 and on Letter.

const next = story()
const folder = temporaryFolder()
const NAMES = Array.from({ length: 100 }, (_, n) => `host${String(n)}.example.com`)
let app: App
let page: Page
let calls: WorkerCalls
beforeAll(async () => {
  app = await startApp()
  page = await app.context.newPage()
  // A dialog nobody can answer here; `printed` prints.
  await page.addInitScript(() => (globalThis.print = () => undefined))
  calls = await workerCalls(page)
  await openReady(page, app.site.url)
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

/** The text of each page, which must be one of our sheets, numbered rightly. */
function sheetsIn(pdf: Uint8Array): string[] {
  const file = join(folder.path, 'printed.pdf')
  writeFileSync(file, pdf)
  // A form feed ends each page.
  const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    .split('\f')
    .slice(0, -1)
  const numbered = pages.map((text) => text.match(/Sheet [\d,]+ of [\d,]+/g))
  const { length } = pages
  const count = length.toLocaleString('en')
  expect(numbered).toEqual(pages.map((_, i) => [`Sheet ${(i + 1).toLocaleString('en')} of ${count}`]))
  return pages
}

async function printed(format: 'A4' | 'Letter' = 'A4'): Promise<string[]> {
  const sheets = sheetsIn(await page.pdf({ format, printBackground: false }))
  // What is on the screen comes back, and nothing of the paper stays.
  await page.locator('main h1').waitFor()
  expect(await page.locator('.paper').count()).toBe(0)
  return sheets
}

/** What a scanner reads from the first sheet that was printed last. */
function scanned(): string {
  const stem = join(folder.path, 'first')
  const options = ['-r', '150', '-gray', '-singlefile', '-l', '1']
  execFileSync('pdftoppm', [...options, join(folder.path, 'printed.pdf'), stem])
  const pgm = readFileSync(`${stem}.pgm`)
  const [head = '', width = '', height = ''] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(pgm.toString('latin1')) ?? []
  const grey = pgm.subarray(head.length)
  const data = new Uint8Array(grey.length * 4).map((_, i) => (i % 4 === 3 ? 255 : grey[i >> 2]!))
  return decodeQr({ width: Number(width), height: Number(height), data })
}

const groups = (hex: string): RegExp => new RegExp((hex.match(/.{4}/g) ?? []).join('[\\s\\S]*?'))

next(
  'a certificate: its hash in groups and as a code, its seal in words, all fields, all names, PEM',
  async () => {
    await createVault(page)
    await issue(page, { name: 'Paper Root' })
    const rootId = (await calls.call('authority.list', null))[0]!.id
    const names = NAMES.join('\n')
    await issue(page, { issuer: 'Paper Root', purpose: 'TLS server', name: 'www.example.com', names })
    const { rows } = await calls.call('certificate.list', { authorityId: rootId, offset: 0, limit: 10 })
    const { fingerprint } = rows.find(({ commonName }) => commonName === 'www.example.com')!
    await openCertificate(page, 'www.example.com')
    await page.getByRole('button', { name: 'Print', exact: true }).waitFor()
    for (const format of ['A4', 'Letter'] as const) {
      const sheets = await printed(format)
      expect(sheets[0]).toMatch(groups(fingerprint))
      expect(scanned()).toBe(fingerprint.toUpperCase())
      expect(sheets[0]).toContain('CA: Paper Root')
      const text = sheets.join('\n')
      for (const name of NAMES) expect(text).toMatch(new RegExp(`DNS:${name}\\s`))
      expect(text).toMatch(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/)
      expect(sheets.at(-1)).toContain('Witness: name, date, signature')
      expect(sheets.every((sheet) => /by Ada\.[\s\S]*[0-9a-f]{64}/.test(sheet))).toBe(true)
      expect(text).not.toMatch(/Export|Renew|Copy/)
    }
  },
)

next('a journal of six hundred entries: all of them, oldest first, on numbered sheets', async () => {
  const rootId = (await calls.call('authority.list', null))[0]!.id
  const many = Array.from({ length: 600 }, (_, n) => `n${String(n)}.example.com`)
  await calls.call('batch.start', batchOf(rootId, many))
  const { total } = await calls.call('journal.list', { offset: 0, limit: 1 })
  expect(total).toBeGreaterThan(600)
  await visit(page, '#/journal')
  await page.getByRole('cell', { name: 'Certificate issued' }).first().waitFor()
  // The browser's own command prints what is on view, and says so.
  const some = await printed()
  expect(some[0]).toContain(`100 of ${total.toLocaleString('en')} entries`)
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await page.locator('main button:disabled', { hasText: 'Print' }).waitFor({ state: 'detached' })
  const sheets = await printed()
  expect(sheets.length).toBeGreaterThan(15)
  const numbers = sheets.flatMap((sheet) =>
    [...sheet.matchAll(/^ {0,4}(\d+) {2,}20\d\d-/gm)].map(([, n]) => Number(n)),
  )
  expect(numbers).toEqual(Array.from({ length: total }, (_, n) => n + 1))
})

next('hierarchy, lists, a request and the recovery words are sheets too', async () => {
  await visit(page, '#/hierarchy')
  await heading(page, 'The hierarchy').waitFor()
  await page.getByText('Paper Root').first().waitFor()
  const [hierarchy] = await printed()
  expect(hierarchy).toMatch(/Paper Root[\s\S]*Valid/)
  const rootId = (await calls.call('authority.list', null))[0]!.id
  await calls.call('list.sign', { ...LIST, authorityId: rootId })
  const [list] = (await calls.call('list.all', { authorityId: rootId })).lists
  const { bytes } = await calls.call('list.file', { listId: list!.id })
  const sum = createHash('sha256')
    .update(Uint8Array.from(Object.values(bytes)))
    .digest('hex')
  await visit(page, `#/lists/${rootId}`)
  await page.getByText('in force', { exact: true }).waitFor()
  const lists = (await printed()).join()
  expect(lists).toContain('SHA-256 of the CA’s key')
  expect(lists).toMatch(groups(sum))
  const { id } = await calls.call('request.make', {
    request: {
      profileId: 'tlsServer',
      subject: [{ type: 'commonName', value: 'asked.example' }],
      subjectAltNames: NAMES.slice(0, 3).map((value) => ({ kind: 'dNSName', value })),
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  await visit(page, `#/request/${id}`)
  await page.getByRole('button', { name: 'Print', exact: true }).waitFor()
  const request = (await printed()).join()
  expect(scanned()).toMatch(/^[0-9A-F]{64}$/)
  for (const name of NAMES.slice(0, 3)) expect(request).toContain(`DNS:${name}`)
  expect(request).toMatch(/-----BEGIN CERTIFICATE REQUEST-----[\s\S]+-----END CERTIFICATE REQUEST-----/)

  const visitor = await app.newVisitor()
  await visit(visitor, '#/create')
  await visitor.getByLabel('Make a recovery passphrase').check()
  await visitor.getByLabel('Your name, for the journal').fill('Grace Hopper')
  const sheet = visitor.getByRole('region', { name: 'Recovery passphrase' })
  await sheet.getByRole('button', { name: 'Print the recovery sheet' }).waitFor()
  const words = await sheet.getByRole('listitem').allInnerTexts()
  const [recovery = ''] = sheetsIn(await visitor.pdf({ format: 'A4' }))
  expect(words).toHaveLength(8)
  for (const [i, word] of words.entries())
    expect(recovery).toMatch(new RegExp(`${String(i + 1)}\\. +${word}\\b`))
  expect(recovery).toContain('the Rootcellar vault of Grace Hopper')
  await visitor.context().close()
})

next('an answer: its headline, the target’s hash, what was asked, the chain', async () => {
  const top = await root({ subject: 'CN=Somebody’s Root' })
  const server = await endEntity(top, { subject: 'CN=far.example' })
  const pem = [server, top].map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('\n')
  await validatePasted(page, pem)
  await page.getByRole('button', { name: 'Print this page' }).waitFor()
  const sheets = await printed()
  expect(sheets[0]).toContain('far.example')
  expect(scanned()).toMatch(/^[0-9A-F]{64}$/)
  expect(sheets.join('\n')).toContain('Somebody’s Root')
})

next('Firefox prints the same sheets', async () => {
  const names = NAMES.map((value) => ({ kind: 'dNSName' as const, value }))
  const top = await root({ subject: 'CN=Root for Firefox' })
  const server = await endEntity(top, { subject: 'CN=fox.example', extensions: { subjectAltName: names } })
  const pem = [server, top].map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('\n')
  const margin = { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' }
  const browser = await launchFirefox()
  try {
    const fox = await browser.newPage()
    await fox.goto(`${app.site.url}#/validate`)
    await fox.locator('textarea').fill(pem)
    await fox.locator('::-p-text(Validate them)').click()
    await fox.waitForSelector('::-p-text(Print this page)')
    for (const format of ['A4', 'Letter'] as const) {
      const sheets = sheetsIn(await fox.pdf({ format, margin }))
      expect(sheets[0]).toContain('fox.example')
      expect(scanned()).toMatch(/^[0-9A-F]{64}$/)
    }
    // One sheet is one page, and no empty one follows.
    await fox.evaluate(() => (location.hash = '#/'))
    await fox.locator('::-p-text(Try with a sample hierarchy)').click()
    await fox.waitForSelector('::-p-text(Sample Servers CA)')
    const [only, ...more] = sheetsIn(await fox.pdf({ format: 'A4', margin }))
    expect(only).toContain('Sample Servers CA')
    expect(more).toEqual([])
  } finally {
    await browser.close()
  }
})
