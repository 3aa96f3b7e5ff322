import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { FINDINGS } from '../../src/findings.ts'
import { DESTINATIONS } from '../../src/destinations/settings.ts'
import { PROGRAMS } from '../../src/mtls/programs/programs.ts'
import { HEADER_FORMATS } from '../../src/mtls/proxy/formats.ts'
import { en as english } from '../../src/messages/en.ts'
import { endEntity, intermediate, pem, root } from '../support/chain.ts'
import { build } from '../support/build.ts'
import { ROOT } from '../support/dist.ts'
import { PSEUDO } from '../support/pseudo/further.ts'
import { en as other } from '../support/pseudo/language.ts'
import { oneLetter, packsIn, withPack } from '../support/packs.ts'
import { openReady } from '../support/site.ts'
import { startApp, type App } from './support/app.ts'
import { drop } from './support/drag.ts'
import { createVault, issue, openCertificate, PASSPHRASE, visit } from './support/operator.ts'
import { story } from '../support/story.ts'
import { tooWide, untranslated } from './support/untranslated.ts'

// Every page in a language of longer words, on the narrowest screen: nothing is wider than it, nothing stays English.

const ROOT_NAME = 'Orbis Root'
const SERVER = 'www.orbis.example'
const OTHER_ROOT = 'Urbis Root'
const OTHER_CA = 'Urbis CA'
const OTHER_SERVER = 'www.urbis.example'
const NO_NAME = 'not a name'
const YEARS = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') }
/** What was typed, and is not translated. */
const DATA = [ROOT_NAME, SERVER, OTHER_ROOT, OTHER_CA, OTHER_SERVER, NO_NAME, 'Ada']
/** Where a rule is written; the longest first, since they contain one another. */
const SECTIONS = Object.values(FINDINGS)
  .map(({ section }) => section)
  .filter((section) => section !== 'judgement')
  .sort((one, other) => other.length - one.length)
/** Names of programs are the same in every language. */
const PROGRAM_NAMES = [
  ...Object.values(PROGRAMS).map(({ name }) => name),
  ...Object.values(HEADER_FORMATS).map(({ program }) => program),
  ...Object.values(DESTINATIONS).map(({ name }) => name),
].sort((one, other) => other.length - one.length)
/** Names in the examples of rules, and in the lab. */
const EXAMPLE = [
  'nginx.conf',
  'mtls.conf',
  'Example Server CA',
  'Example Client CA',
  'client.example.com',
  'api.example.com',
  'Example Issuing CA',
  'Example Root',
  ...['client-a1', 'client-a2', 'client-b1', 'client-b2', 'server-a', 'server-b'].map(
    (host) => `${host}.example.com`,
  ),
  ...['Group A CA', 'Group B CA', 'Group A Root', 'Group B Root'],
  'www.example.com',
  'example.com',
]

const folder = mkdtempSync(join(tmpdir(), 'rootcellar-language-'))
const address = pathToFileURL(join(folder, 'rootcellar.html')).href
/** As `choose` keeps it. */
const CHOOSE = (tag: string): void => localStorage.setItem('rootcellar-language', tag)
const next = story()
let app: App
let page: Page
/** Numbers of two certificates in the vault, and of the first as a CA. */
const id = { root: '', server: '', authority: '' }

beforeAll(async () => {
  build(ROOT, folder, 'test/support/pseudo/vite.config.ts')
  // Filled in English, from another file: in Chromium all pages from disk share one storage.
  app = await startApp('file')
  await createVault(app.page)
  await issue(app.page, { name: ROOT_NAME })
  await issue(app.page, { issuer: ROOT_NAME, purpose: 'TLS server', name: SERVER, names: SERVER })
  id.server = await numberIn(app.page, SERVER, '#/renew/')
  id.root = await numberIn(app.page, ROOT_NAME, '#/renew/')
  id.authority = await numberIn(app.page, ROOT_NAME, '#/lists/')
  await app.page.close()
  page = await app.context.newPage()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.addInitScript(CHOOSE, PSEUDO)
  await openReady(page, address)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The number in the address of this kind that the page of a certificate links to. */
async function numberIn(page: Page, name: string, address: string): Promise<string> {
  await openCertificate(page, name)
  const link = page.locator(`main a[href^="${address}"]`).first()
  return (await link.getAttribute('href'))!.slice(address.length)
}

/** Looks at a page whose heading is this, with everything unfolded. */
async function look(title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).first().waitFor()
  await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
  expect.soft(await tooWide(page), `wider than the screen: ${title}`).toEqual([])
  const known = [...DATA, ...EXAMPLE, ...SECTIONS, ...PROGRAM_NAMES]
  expect.soft(await untranslated(page, known), `not translated: ${title}`).toEqual([])
}

const { ui } = other
const lab = await other.packs.lab()
const qr = await other.packs.qr()

next('the locked vault, and what can be done without one', async () => {
  await visit(page, '#/unlock')
  await look(ui.vault.unlock.title)
  for (const [address, title] of [
    ['#/validate', ui.validate.title],
    ['#/recipe', ui.requests.recipe.title],
    ['#/notices', ui.frame.notices.title],
    ['#/restore', ui.vault.backup.restoreTitle],
    ['#/lab/matrix', lab.page.title],
    ['#/lab/settings', lab.page.title],
    ['#/lab/proxy', lab.page.title],
    ['#/lab/explain', lab.page.title],
    ['#/rule', ui.validate.rule.bookTitle],
    ['#/rule/expired', ui.validate.rule.title('expired')],
  ] as const) {
    await visit(page, address)
    await look(title)
  }
})

next('a ceremony, before there is a plan', async () => {
  const { room } = await other.packs.ceremony()
  await visit(page, '#/ceremony')
  await look(room.title)
})

next('both ends of a handshake', async () => {
  await visit(page, '#/lab')
  await page.getByLabel(lab.page.scenario, { exact: true }).selectOption('client-intermediate-missing')
  await page.getByText(lab.page.headline.refuses('server'), { exact: true }).waitFor()
  await look(lab.page.title)
})

next('what is valid, and what is not, with every rule', async () => {
  const issuer = await root({ ...YEARS, subject: `CN=${OTHER_ROOT}` })
  const server = await endEntity(issuer, { ...YEARS, subject: `CN=${OTHER_SERVER}` })
  await visit(page, '#/validate')
  await page.getByLabel(ui.validate.box, { exact: true }).fill(`${pem(server)}${pem(issuer)}`)
  await page.getByRole('button', { name: ui.validate.read, exact: true }).click()
  await page.getByRole('heading', { name: ui.validate.path, exact: true }).waitFor()
  await look(ui.validate.title)
  expect(await cutOnAxis(), 'cut to a few letters').toEqual([])
})

/** Texts on an axis of time of which only a part is seen; one below its bar is not seen at all. */
const cutOnAxis = (): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.track .text')].flatMap((text) => {
      const [whole, seen] = [document.createRange(), text.getBoundingClientRect()]
      whole.selectNodeContents(text)
      const { top, width } = whole.getBoundingClientRect()
      return top < seen.bottom && width > seen.width ? [text.textContent] : []
    }),
  )

next('the first visit', async () => {
  const context = await app.browser.newContext({ viewport: { width: 360, height: 740 } })
  const vaultPage = page
  page = await context.newPage()
  await page.addInitScript(CHOOSE, PSEUDO)
  await openReady(page, address)
  await look(ui.vault.first.title)
  await visit(page, '#/create')
  await look(ui.vault.create.title)
  await context.close()
  page = vaultPage
})

next('the open vault', async () => {
  await visit(page, '#/unlock')
  await page.locator('main input[type=password]').first().fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await look(ui.records.hierarchy.title)
})

next('what is found by typing, and the question about what was dropped', async () => {
  await page.keyboard.press('Control+K')
  const found = page.getByRole('dialog')
  await found.getByRole('combobox').fill('orbis')
  await found.getByRole('option').filter({ hasText: SERVER }).first().waitFor()
  await found.getByRole('combobox').fill('e')
  const measure = async (what: string): Promise<void> => {
    expect.soft(await tooWide(page), `wider than the screen: ${what}`).toEqual([])
    expect.soft(await untranslated(page, [...DATA, ...EXAMPLE]), `not translated: ${what}`).toEqual([])
  }
  await measure('the palette')
  await page.keyboard.press('Escape')
  const issuer = await root({ ...YEARS, subject: `CN=${OTHER_ROOT}` })
  const path = join(folder, 'dropped.pem')
  writeFileSync(path, pem(issuer))
  await drop(page, path)
  await page.getByRole('dialog').getByRole('button', { name: ui.arrivals.act.import }).waitFor()
  await measure('the question')
  await page.keyboard.press('Escape')
})

for (const [hash, title] of [
  [() => '#/inventory', ui.inventory.title],
  [() => '#/journal', ui.records.journal.title],
  [() => '#/requests', ui.requests.title],
  [() => '#/make-request', ui.requests.makeTitle],
  [() => '#/elsewhere', ui.requests.elsewhere.title],
  [() => '#/certify', ui.requests.certify.title],
  [() => '#/import', ui.imports.title],
  [() => '#/profiles', ui.issue.profilesTitle],
  [() => '#/batch', ui.issue.batchTitle],
  [() => '#/issue', ui.issue.title],
  [() => '#/issue?profile=root', ui.issue.rootTitle],
  [() => '#/backup', ui.vault.backup.title],
  [() => '#/vault', ui.vault.settings.title],
  [() => '#/lists', ui.lists.overview.title],
  [() => `#/lists/${id.authority}`, ui.lists.title(ROOT_NAME)],
  [() => `#/ocsp/${id.authority}`, ui.responses.title(ROOT_NAME)],
  [() => `#/certificate/${id.root}`, ROOT_NAME],
  [() => `#/certificate/${id.server}`, SERVER],
  [() => `#/renew/${id.server}`, ui.life.renewal.pageTitle(SERVER)],
  [() => `#/renew/${id.root}`, ui.life.renewal.pageTitle(ROOT_NAME)],
  [() => `#/cross?from=${id.authority}`, ui.life.cross.title],
  [() => '#/bulk', ui.life.bulk.nothingTitle],
  [() => '#/nowhere', ui.frame.noPage],
] as const)
  next(String(hash), async () => {
    await visit(page, hash())
    await look(title)
  })

const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()

const { settings } = ui.vault
const { authority, revocation } = ui.certificate

for (const [hash, opener, title] of [
  [() => '#/vault', settings.add, settings.addTitle],
  [() => '#/vault', `${settings.changeTitle}: ${settings.slotLabels['main']!}`, settings.changeTitle],
  [() => '#/vault', settings.rekey, settings.rekeyTitle],
  [() => `#/certificate/${id.root}`, authority.retire, authority.retireTitle],
  [() => `#/certificate/${id.root}`, authority.destroy, authority.destroyTitle],
  [() => `#/certificate/${id.root}`, authority.export, authority.exportTitle],
  [() => `#/certificate/${id.server}`, revocation.revoke, revocation.revokeTitle],
  [() => `#/lists/${id.authority}`, ui.lists.sign, ui.lists.dialog.title],
  [() => '#/lab', lab.fill.vault.open, lab.fill.vault.title.sends('client')],
  [() => '#/lab', lab.rules.edit, lab.rules.title],
  [() => '#/lab', lab.scenario.save, lab.scenario.saveTitle],
] as const)
  next(`the dialog on ${String(hash)} behind “${opener}”`, async () => {
    await visit(page, hash())
    await press(opener)
    await page.getByRole('dialog').getByRole('heading', { name: title, exact: true }).waitFor()
    await look(await page.getByRole('heading', { level: 1 }).first().innerText())
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

next('a file as codes, many and one, and a camera that there is not', async () => {
  await visit(page, `#/certificate/${id.root}`)
  await page.getByRole('button', { name: ui.qr.show, exact: true }).nth(1).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('canvas').waitFor()
  await look(ROOT_NAME)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+K')
  await dialog.getByRole('combobox').fill(ui.qr.showFile)
  await page.keyboard.press('Enter')
  await dialog.getByText(qr.show.choose).waitFor()
  await look(ROOT_NAME)
  const record = { name: 'record.zip', mimeType: '', buffer: Buffer.alloc(3000) }
  await dialog.getByLabel(qr.show.choose).setInputFiles(record)
  await dialog.getByRole('button', { name: qr.show.pause, exact: true }).click()
  await look(ROOT_NAME)
  await page.keyboard.press('Escape')
  await visit(page, '#/import')
  await press(ui.qr.read)
  await dialog.getByText(qr.camera.absent).waitFor()
  await look(ui.imports.title)
  await page.keyboard.press('Escape')
})

next(
  'the questions of the lab: before a key of the vault signs, and before what was changed is replaced',
  async () => {
    const { fill, page: words, scenario } = lab
    await visit(page, `#/certificate/${id.server}`)
    await press(ui.certificate.tryInLab)
    const ask = async (opener: string, title: string): Promise<void> => {
      await press(opener)
      await page.getByRole('dialog', { name: title, exact: true }).waitFor()
      await look(words.title)
    }
    await ask(fill.prove.act, fill.prove.title)
    await page.keyboard.press('Escape')
    // As long as the server trusts somebody: without that there are no settings.
    await visit(page, '#/lab/settings')
    await page.getByText(words.printed.keyInVault, { exact: true }).waitFor()
    await look(words.title)
    await visit(page, '#/lab')
    const server = page.getByRole('region', { name: words.side.server, exact: true })
    await server.getByRole('button', { name: words.distrust('Example Root'), exact: true }).click()
    await page.getByText(words.headline.refuses('server'), { exact: true }).waitFor()
    await page.getByLabel(words.scenario, { exact: true }).selectOption('connects')
    await page.getByRole('dialog', { name: scenario.replace.title, exact: true }).waitFor()
    await look(words.title)
    await page.keyboard.press('Escape')
  },
)

next('a certificate that the lab waits for', async () => {
  const { page: words, scenario } = lab
  const name = 'client.example.com'
  await visit(page, '#/lab')
  await page.getByLabel(words.scenario, { exact: true }).selectOption('client-for-servers-only')
  await press(scenario.replace.go)
  await press(words.issueInstead.tlsClient(name))
  await press(ui.issue.review)
  await press(ui.issue.sign)
  await page.getByRole('button', { name: ui.certificate.sendInLab.client, exact: true }).waitFor()
  await look(ui.issue.issuedTitle(name))
})

next('what is about to be signed, and that it is', async () => {
  await visit(page, '#/issue?profile=root')
  await page.getByRole('heading', { level: 1, name: ui.issue.rootTitle, exact: true }).waitFor()
  await page.getByLabel(ui.issue.name, { exact: true }).fill(OTHER_ROOT)
  await press(ui.issue.review)
  await look(ui.issue.reviewTitle)
  await press(ui.issue.signRoot)
  await look(ui.issue.issuedTitle(OTHER_ROOT))
})

next('a list that was signed, and a certificate that was revoked', async () => {
  await visit(page, `#/certificate/${id.server}`)
  await press(revocation.revoke)
  await page.getByRole('dialog').getByRole('button', { name: revocation.revokeSubmit, exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await look(SERVER)
  await visit(page, `#/lists/${id.authority}`)
  await look(ui.lists.title(ROOT_NAME))
  await press(ui.lists.sign)
  await page.getByRole('checkbox').last().check()
  await press(ui.lists.dialog.submit(1))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await look(ui.lists.title(ROOT_NAME))
})

next('a request that was made, and the question before it is given up', async () => {
  await visit(page, '#/make-request')
  await page.getByLabel(ui.issue.name, { exact: true }).fill(OTHER_SERVER)
  await page.getByLabel(ui.issue.names, { exact: true }).fill(OTHER_SERVER)
  await press(ui.requests.submit)
  await look(ui.requests.made(OTHER_SERVER))
  await press(ui.requests.remove)
  await page.getByRole('dialog').waitFor()
  await look(ui.requests.made(OTHER_SERVER))
  await page.keyboard.press('Escape')
})

next('certificates that are not valid, with every fix', async () => {
  const issuer = await root({ ...YEARS, subject: `CN=${OTHER_ROOT}` })
  const ca = await intermediate(issuer, { ...YEARS, subject: `CN=${OTHER_CA}` })
  const expired = { ...YEARS, notAfter: new Date('2026-02-01T00:00:00Z') }
  const server = await endEntity(ca, { ...expired, subject: `CN=${OTHER_SERVER}` })
  await visit(page, '#/validate')
  await press(ui.validate.clear)
  for (const pile of [pem(server, issuer), pem(server, ca, issuer), 'no certificate at all']) {
    await page.getByLabel(ui.validate.box, { exact: true }).fill(pile)
    await press(ui.validate.read)
    await page.getByRole('button', { name: ui.validate.clear, exact: true }).waitFor()
    await look(ui.validate.title)
    await press(ui.validate.clear)
  }
})

next('a table of which a part is refused, and what was issued from it', async () => {
  await visit(page, '#/batch')
  const table = `commonName,dns\n${OTHER_SERVER},${OTHER_SERVER}\n${SERVER},${NO_NAME}`
  await page.getByLabel(ui.issue.table, { exact: true }).fill(table)
  await press(ui.issue.readTable)
  await page.getByRole('button', { name: ui.issue.signMany(1), exact: true }).waitFor()
  await look(ui.issue.batchTitle)
})

next('one octet of the language is another: the page is in English, and says why', async () => {
  const html = readFileSync(join(folder, 'rootcellar.html'), 'utf8')
  const { name } = packsIn(html).find(({ text }) => text.includes('õ'))!
  writeFileSync(join(folder, 'changed.html'), withPack(html, name, oneLetter))
  const context = await app.browser.newContext()
  const other = await context.newPage()
  await other.addInitScript(CHOOSE, PSEUDO)
  await openReady(other, pathToFileURL(join(folder, 'changed.html')).href)
  await other.getByText(english.ui.frame.languageLost).waitFor()
  await other.getByText(`(“${name}”) is not as it was built`).waitFor()
  expect(await other.locator('html').getAttribute('lang')).toBe('en')
  await context.close()
})

next('what is too wide, or left in English, would be found', async () => {
  await visit(page, '#/journal')
  await page.getByRole('heading', { level: 1, name: ui.records.journal.title, exact: true }).waitFor()
  await page.evaluate(() => {
    const left = document.createElement('p')
    left.textContent = `Left in English by ${document.querySelector('h1')!.textContent}`
    left.style.setProperty('width', '400px')
    document.querySelector('main')!.append(left)
  })
  expect((await tooWide(page)).join()).toContain('Left in English by')
  expect(await untranslated(page, [...DATA, ...EXAMPLE])).toEqual([
    expect.stringContaining('“Left in English by”'),
  ])
})

next('nothing went wrong on the way', () => {
  expect(app.complaints).toEqual([])
})
