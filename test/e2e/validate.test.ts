import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ruleTitle } from '../../src/messages/en/rule-title.ts'
import type { Drawn } from '../support/chain.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { drawList } from '../support/revocation.ts'
import { drawKey, endEntity, intermediate, root, pem } from '../support/chain.ts'
import type { App } from './support/app.ts'
import { startApp } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { heading, validatePasted, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

// The page that validates chains, as a person uses it.

const next = story()
const DAY = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const VALIDITY = { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now + 60 * DAY) }

let app: App
let top: Drawn
let ca: Drawn
let target: Drawn
beforeAll(async () => {
  top = await root({ ...VALIDITY, subject: 'CN=Some Root' })
  ca = await intermediate(top, { ...VALIDITY, subject: 'CN=Some CA' })
  target = await endEntity(ca, { ...VALIDITY, key: await drawKey('ed25519') })
  app = await startApp()
})
afterAll(() => app.close())

/** NSS knows no Ed25519: valid, and a program that was seen to refuse it is named. */
const STANDS = /^Valid with faults\. NSS refuses it\./
const paste = (text: string): Promise<void> => validatePasted(app.page, text)

next('a pile with noise is validated at once; trusting the root turns the verdict', async () => {
  const { page } = app
  await paste(`CONNECTED(00000003)\ndepth=1\n${pem(target, ca, top)}\nVerify return code: 19\n`)
  await page.getByText(/^Not valid\. Some Root is not trusted here/).waitFor()
  expect(await page.getByLabel('Name it is asked for').inputValue()).toBe('example.com')
  expect(await page.getByLabel('Purpose', { exact: true }).inputValue()).toBe('serverAuth')
  await page.getByRole('button', { name: 'Trust Some Root for this visit' }).click()
  await page.getByText(STANDS).waitFor()
})

next('what others would say stands under the chain, with why and who says so', async () => {
  const { page } = app
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  expect(await row('OpenSSL 3').innerText()).toMatch(/accepts/)
  expect(await row('NSS').last().innerText()).toMatch(/refuses[^]*Ed25519/)
  expect(await row('Chrome, Android').innerText()).toMatch(/refuses[^]*Ed25519[^]*servercert#451/)
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-others')
})

next('another name fails, and the fix asks for the one it has', async () => {
  const { page } = app
  await page.getByLabel('Name it is asked for').fill('other.example')
  await page.getByText(/^Not valid/).waitFor()
  await page.getByRole('button', { name: 'Ask for example.com' }).click()
  await page.getByText(STANDS).waitFor()
})

next('another date and purpose fail, and their fixes turn the verdict', async () => {
  const { page } = app
  await page.getByLabel('As of (UTC)').fill('2099-01-01T00:00')
  await page.getByText(/^Not valid/).waitFor()
  await page
    .getByRole('button', { name: /^Validate it as of/ })
    .first()
    .click()
  await page.getByText(STANDS).waitFor()
  await page.getByLabel('Purpose', { exact: true }).selectOption('clientAuth')
  await page.getByText(/^Not valid/).waitFor()
  await page.getByRole('button', { name: 'Ask for the purpose TLS server' }).click()
  await page.getByText(STANDS).waitFor()
})

next('a rule is explained at its own address, with a chain that breaks it', async () => {
  const { page } = app
  await visit(page, '#/rule/path-len-exceeded')
  await heading(page, ruleTitle('path-len-exceeded')).waitFor()
  await page.getByRole('heading', { name: 'A chain that breaks it, made just now' }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
})

next(
  'rules of every kind have a chain: one that is revoked, one that is only unwise, one of the public web',
  async () => {
    const { page } = app
    for (const [code, sentence] of [
      ['revoked', /revoked/],
      ['ski-missing', /subjectKeyIdentifier/],
      ['br-eku-any', /anyExtendedKeyUsage/],
    ] as const) {
      await visit(page, `#/rule/${code}`)
      await heading(page, ruleTitle(code)).waitFor()
      await page.getByRole('heading', { name: 'A chain that breaks it, made just now' }).waitFor()
      await page.getByText(sentence).first().waitFor()
    }
    await screenshots(page, 'validate-rule')
    await visit(page, '#/rule/outlives-tier')
    await page.getByText('There is no example for this rule').waitFor()
  },
)

next('the rules are a book: by chapter, searched, turned by keys', async () => {
  const { page } = app
  await visit(page, '#/rule')
  await heading(page, 'The rules').waitFor()
  await page.getByRole('heading', { name: 'The path, from a root to the certificate' }).waitFor()
  await expectSound(page, 'rules')
  await page.keyboard.press('/')
  await page.keyboard.type('expired')
  await page
    .getByRole('status')
    .filter({ hasText: /^[1-9] rules?$/ })
    .waitFor()
  await page.getByRole('link', { name: ruleTitle('expired'), exact: true }).click()
  await heading(page, ruleTitle('expired')).waitFor()
  await page.getByText('no longer keeps track of the certificate').waitFor()
  await page.keyboard.press('j')
  await heading(page, ruleTitle('issuer-name-mismatch')).waitFor()
  await page.keyboard.press('k')
  await heading(page, ruleTitle('expired')).waitFor()
  await page.getByRole('link', { name: `Next: ${ruleTitle('issuer-name-mismatch')}` }).waitFor()
})

next(
  'the broken chain of a rule is saved, and opened in Validate, where the same rule refuses it',
  async () => {
    const page = await app.newVisitor()
    await visit(page, '#/rule/path-len-exceeded')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the broken chain (PEM)' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toBe('path-len-exceeded.broken-chain.pem')
    const text = readFileSync(await file.path(), 'latin1')
    expect(text.match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(2)
    await expectSound(page, 'rule')
    await page.getByRole('button', { name: 'Open it in Validate' }).click()
    await page.getByText(/^Not valid/).waitFor()
    await page.getByRole('link', { name: 'About this rule' }).first().waitFor()
    expect(await page.locator('a[href="#/rule/path-len-exceeded"]').count()).toBeGreaterThan(0)
    await expectSound(page, 'rule-opened')
    await page.context().close()
  },
)

test('for a class the answer is hidden: what is in the chain is all there, and what is wrong is not', async () => {
  const page = await app.newVisitor()
  await visit(page, '#/rule/path-len-exceeded')
  await page.getByRole('button', { name: 'Hide the answer' }).click()
  await heading(page, 'One rule is broken in this chain').waitFor()
  expect(await page.locator('main').innerText()).not.toMatch(/path|anchor|allows/i)
  expect(await page.title()).not.toMatch(/path/i)
  await page.getByText('All fields of Example CA below').click()
  await page.getByText('Basic constraints').filter({ visible: true }).first().waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the broken chain (PEM)' }).click()
  expect((await saving).suggestedFilename()).toBe('broken-chain.pem')
  await expectSound(page, 'rule-hidden')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await heading(page, ruleTitle('path-len-exceeded')).waitFor()
  await page.context().close()
})

next('ten thousand certificates are read while the page stays responsive', async () => {
  const { page } = app
  const strangers: string[] = []
  const key = await drawKey()
  for (let i = 0; i < 10_000; i++)
    strangers.push(pem(await endEntity(ca, { ...VALIDITY, key, subject: `CN=host-${i}` })))
  await paste(pem(target, ca, top))
  await page.getByText(/^Not valid/).waitFor()
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => tasks.push(duration)),
    ).observe({
      type: 'longtask',
    })
    Object.assign(globalThis, { longTasks: tasks })
  })
  const text = strangers.join('\n')
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'strangers.pem'))
    return transfer
  }, text)
  await page.waitForTimeout(500)
  await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0))
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  await page.getByText('10,003 certificates').first().waitFor()
  await page.waitForTimeout(2000)
  const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks)
  console.info(`long tasks of the page, in ms: ${tasks.map(Math.round).join(', ') || 'none'}`)
  expect(app.complaints).toEqual([])
})

next('what is dropped while something is read is read after it', async () => {
  const page = await app.newTab()
  await visit(page, '#/validate')
  for (const one of [target, ca, top]) {
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], 'one.pem'))
      return transfer
    }, pem(one))
    await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  }
  await page.getByText('3 certificates', { exact: true }).first().waitFor()
  await page.close()
})

next('a hundred megabytes are read, and the page stays responsive', async () => {
  const page = await app.newTab()
  await visit(page, '#/validate')
  const bundle = readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8')
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    const times = Math.ceil(100e6 / text.length)
    transfer.items.add(
      new File(
        Array.from({ length: times }, () => text),
        'bundles.pem',
      ),
    )
    const tasks: number[] = []
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => tasks.push(duration)),
    ).observe({ type: 'longtask' })
    Object.assign(globalThis, { longTasks: tasks })
    return transfer
  }, bundle)
  await page.waitForTimeout(500)
  await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0))
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  await page.getByText(/roots, and no server/).waitFor()
  const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks)
  console.info(`long tasks of the page, in ms: ${tasks.map(Math.round).join(', ') || 'none'}`)
  await page.close()
  expect(app.complaints).toEqual([])
})

next('any of ten thousand is found by its name, validated, and trusted', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Find another…' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Find a certificate' })
  await dialog.getByText('10,003 certificates').waitFor()
  await dialog.getByLabel('Search what you added').fill('host-9876')
  await dialog.getByText('1 certificate', { exact: true }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await screenshots(page, 'validate-find')
  await dialog.getByLabel('Trust it').check()
  await dialog.getByRole('button', { name: 'Validate this one: CN=host-9876' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(/^Valid with faults\. GnuTLS and NSS refuse it\./).waitFor()
  expect(await page.getByLabel('Certificate', { exact: true }).locator('option:checked').innerText()).toBe(
    'CN=host-9876',
  )
  // The same list stands below, under what was read.
  await page.getByText('10,003 certificates', { exact: true }).last().click()
  await page.getByLabel('Search what you added').fill('host-42')
  await page.getByText('111 certificates', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByText('CN=host-4247', { exact: true }).waitFor()
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByLabel('CN=host-9876, from what you added').uncheck()
  await page.getByText(/^Not valid/).waitFor()
})

next('a dropped bundle is kept as a trust store, and validates what is dropped after it', async () => {
  const { page } = app
  await paste(pem(top))
  await page.getByText('Keep a trust store').click()
  await page.getByLabel('Name of the trust store').fill('Ours')
  await page.getByRole('button', { name: 'Keep the trust store' }).click()
  await page.getByLabel('Ours (1)').waitFor()
  await paste(pem(target, ca))
  await page.getByText(STANDS).waitFor()
  await page.getByRole('button', { name: 'Remove Ours' }).click()
  await page.getByText(/^Not valid/).waitFor()
})

next('a list that is signed while the page is open counts at once', async () => {
  const { page } = app
  await paste(pem(target, ca, top))
  await page.getByRole('button', { name: 'Trust Some Root for this visit' }).click()
  await page.getByText(STANDS).waitFor()
  const second = new Date(Math.ceil(Date.now() / 1000) * 1000)
  await page.waitForFunction((until) => Date.now() >= until, second.getTime())
  const list = await drawList(ca, {
    revoked: [{ serialNumber: target.certificate.serialNumber, revocationDate: second }],
    thisUpdate: second,
    nextUpdate: new Date(now + 9 * DAY),
  })
  await page.getByText('Add more').click()
  await page.getByLabel('Certificates, as text').fill(encodePem('X509 CRL', list.der))
  await page.getByRole('button', { name: 'Validate them' }).click()
  await page.getByRole('button', { name: 'Trust Some Root for this visit' }).click()
  await page.getByText(/^Not valid\. Revoked/).waitFor()
})
