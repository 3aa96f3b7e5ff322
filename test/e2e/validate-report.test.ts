import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { endEntity, intermediate, root } from '../support/chain.ts'
import { escaped } from '../support/name-text.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { heading, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// The report as a page of its own, as whoever gets it by mail opens it.

const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const VALIDITY = { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now + 60 * DAY) }
const HOSTILE = '<script>document.title="taken over"</script>'

const folder = temporaryFolder()
const next = story()

let app: App
let pile: string
beforeAll(async () => {
  const top = await root({ ...VALIDITY, subject: 'CN=Some Root' })
  const ca = await intermediate(top, { ...VALIDITY, subject: 'CN=Some CA' })
  const target = await endEntity(ca, { ...VALIDITY, subject: `CN=${escaped(HOSTILE)}` })
  pile = [target, ca, top].map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('')
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

next('a saved report opens without script and says the same verdict; a hostile name stays text', async () => {
  const { page, browser } = app
  await visit(page, '#/validate')
  await heading(page, 'Validate certificates').waitFor()
  await page.getByLabel('Certificates, as text').fill(pile)
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByRole('button', { name: 'Trust Some Root for this visit' }).click()
  const banner = page.getByText(/^Valid\./)
  await banner.waitFor()
  const save = () => page.getByRole('button', { name: 'Save the report (HTML)' }).click()
  const path = await download(page, save, folder.path)
  expect(path).toMatch(/report_[0-9a-f]{16}\.html$/)

  const reader = await browser.newContext({ javaScriptEnabled: false })
  const saved = await reader.newPage()
  await saved.goto(pathToFileURL(path).href)
  const title = page.getByRole('status').locator('.title')
  expect(await saved.locator('h1').innerText()).toBe(`Valid. ${await title.innerText()}`)
  expect(await saved.title()).toBe(`Report on ${HOSTILE}`)
  expect(await saved.locator('script').count()).toBe(0)
  expect(await saved.getByText(HOSTILE).count()).toBeGreaterThan(2)
  await screenshots(saved, 'validate-report')
  await reader.close()

  // With script there is none to run either, and nothing that axe finds wrong.
  const complaints: string[] = []
  const other = await (await browser.newContext()).newPage()
  other.on('console', (message) => complaints.push(message.text()))
  await other.goto(pathToFileURL(path).href)
  expect(await other.title()).toBe(`Report on ${HOSTILE}`)
  expect(complaints).toEqual([])
  expect(await axeFindingsEverywhere(other)).toEqual([])
})

next('the same report as JSON names the same certificates', async () => {
  const { page } = app
  const save = () => page.getByRole('button', { name: 'Save the report (JSON)' }).click()
  const json = JSON.parse(readFileSync(await download(page, save, folder.path), 'utf8')) as {
    schema: number
    verdict: string
    certificates: { subject: string }[]
  }
  expect([json.schema, json.verdict]).toEqual([2, 'valid'])
  expect(json.certificates.at(-1)?.subject).toContain('taken over')
  expect(app.complaints).toEqual([])
})
