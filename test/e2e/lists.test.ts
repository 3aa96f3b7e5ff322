import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { download, startApp, temporaryFolder } from './support/app.ts'
import type { App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import { createVault, heading, issue, toReview, visit } from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { story } from '../support/story.ts'

const next = story()
let app: App
const folder = temporaryFolder()
const into = (name: string): string => join(folder.path, name)

beforeAll(async () => {
  app = await startApp()
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root' })
  await issue(page, { issuer: 'Example Root', purpose: 'Intermediate', name: 'Example Issuing CA' })
  await issue(page, {
    issuer: 'Example Issuing CA',
    purpose: 'TLS server',
    name: 'api.example.com',
    names: 'api.example.com',
  })
})
afterAll(async () => {
  expect(app.complaints).toEqual([])
  await app.close()
  folder.remove()
})

/** Ends on the page of a certificate, by its name in the inventory. */
async function openCertificate(name: string): Promise<void> {
  await visit(app.page, '#/inventory')
  await app.page.getByRole('link', { name, exact: true }).click()
  await heading(app.page, name).waitFor()
}

async function openLists(authority: string): Promise<void> {
  await openCertificate(authority)
  await app.page.getByRole('link', { name: 'Revocation lists' }).click()
  await heading(app.page, `Revocation lists of ${authority}`).waitFor()
}

describe('revocation lists', () => {
  next('a page without a list says what that means; axe finds nothing', async () => {
    await openLists('Example Issuing CA')
    await app.page.getByText('No list has been signed here yet').waitFor()
    await screenshots(app.page, 'lists-empty')
    expect(await axeFindingsEverywhere(app.page)).toEqual([])
  })

  next('revoking asks for the reason and says what follows', async () => {
    const { page } = app
    await openCertificate('api.example.com')
    await page.getByRole('button', { name: 'Revoke…' }).click()
    await page.getByRole('dialog').getByLabel('Reason').selectOption('keyCompromise')
    await screenshots(page, 'revoke-dialog')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await page.getByRole('button', { name: 'Revoke it' }).click()
    await page.getByText('Revoked on').waitFor()
    await screenshots(page, 'revoked')
  })

  next(
    'a list is signed after the clock is confirmed, kept, and OpenSSL reads the revocation in it',
    async () => {
      const { page } = app
      await openLists('Example Issuing CA')
      await page.getByRole('button', { name: 'Sign a list…' }).click()
      const submit = page.getByRole('button', { name: 'Sign the list' })
      await page.getByText('It names 1 certificate.').waitFor()
      expect(await submit.isDisabled()).toBe(true)
      await page.getByLabel('The clock here is right').check()
      await screenshots(page, 'sign-lists')
      expect(await axeFindingsEverywhere(page)).toEqual([])
      const foot = await submit.boundingBox()
      await page.getByText('More: deltas, parts, other CAs').click()
      await page.getByRole('radio', { name: 'One list for each address' }).check()
      expect((await submit.boundingBox())!.y).toBe(foot!.y)
      await screenshots(page, 'sign-lists-more')
      expect(await axeFindingsEverywhere(page)).toEqual([])
      await page.getByRole('radio', { name: 'Everything' }).check()
      const path = await download(page, () => submit.click(), folder.path)
      const said = execFileSync('openssl', [
        'crl',
        '-inform',
        'DER',
        '-in',
        path,
        '-noout',
        '-text',
      ]).toString()
      expect(said).toContain('Key Compromise')
      await page.getByText('A list is in force until').waitFor()
      const again = await download(
        page,
        () =>
          page
            .getByRole('button', { name: /^Download list/ })
            .first()
            .click(),
        folder.path,
      )
      expect(readFileSync(again)).toEqual(readFileSync(path))
    },
  )

  next('a schedule is one file with all lists and the page that says what to publish when', async () => {
    const { page } = app
    await openLists('Example Root')
    await page.getByRole('button', { name: 'Sign a list…' }).click()
    await page.getByLabel('Lists to sign now').fill('4')
    await page.getByText('What is revoked later is on none of them').waitFor()
    await page.getByLabel('The clock here is right').check()
    await screenshots(page, 'sign-schedule')
    const path = await download(
      page,
      () => page.getByRole('button', { name: 'Sign 4 lists' }).click(),
      folder.path,
    )
    execFileSync('unzip', ['-q', path, '-d', into('schedule')])
    const sheet = readFileSync(into('schedule/publish.html'), 'utf8')
    expect(sheet.match(/<tr>\s*<td /g)).toHaveLength(4)
    expect(sheet).toContain('Anything revoked later is on none of them')
    await page.getByText('3 more lists are signed ahead').waitFor()
    await screenshots(page, 'lists')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    const sheetPage = await app.context.newPage()
    await sheetPage.goto(`file://${into('schedule/publish.html')}`)
    expect(await axeFindingsEverywhere(sheetPage)).toEqual([])
    await screenshots(sheetPage, 'publish')
    await sheetPage.close()
  })
})

describe('the pages of all', () => {
  next('all authorities stand in one table with what is due, and one calendar', async () => {
    const { page } = app
    await visit(page, '#/hierarchy')
    await page.getByText('More', { exact: true }).first().click()
    await page.getByRole('link', { name: 'Revocation lists' }).first().click()
    await heading(page, 'Revocation lists').waitFor()
    await page.getByRole('row', { name: /Example Root.*nothing/s }).waitFor()
    await screenshots(page, 'lists-overview')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    const path = await download(
      page,
      () => page.getByRole('button', { name: 'Reminders (ICS)' }).click(),
      folder.path,
    )
    const calendar = readFileSync(path, 'utf8').replace(/\r\n /g, '')
    expect(calendar.match(/SUMMARY:Publish/g)).toHaveLength(3)
    for (const name of ['Example Root', 'Example Issuing CA'])
      expect(calendar).toContain(`The revocation list of ${name} ends`)
  })
})

describe('OCSP responses', () => {
  next('a responder is made from here, and its answers are one file', async () => {
    const { page } = app
    await openLists('Example Issuing CA')
    await page.getByRole('link', { name: 'OCSP responses' }).click()
    await heading(page, 'OCSP responses of Example Issuing CA').waitFor()
    await page.getByText('Nobody may sign OCSP responses for this CA yet').waitFor()
    expect(await page.getByRole('radio', { name: 'The CA itself' }).isDisabled()).toBe(true)
    await screenshots(page, 'responses-no-responder')
    const address = new URL(page.url()).hash
    await page.getByRole('link', { name: 'Make a responder’s certificate…' }).click()
    await heading(page, 'Issue a certificate').waitFor()
    expect(await page.getByRole('link', { name: 'OCSP responses' }).getAttribute('href')).toBe(address)
    expect(await page.getByRole('radio', { name: 'OCSP signer', exact: true }).isChecked()).toBe(true)
    await page.getByLabel('Name', { exact: true }).fill('Example Responder')
    await toReview(page)
    const warnings = page.getByLabel('I have read it and want to sign')
    if ((await warnings.count()) > 0) await warnings.check()
    await page.getByRole('button', { name: 'Sign the certificate' }).click()
    await heading(page, / is issued$/).waitFor()
    await page.getByRole('link', { name: 'Back to the OCSP responses of Example Issuing CA' }).click()
    await page.getByRole('radio', { name: 'Example Responder' }).waitFor()
    expect(new URL(page.url()).hash).toBe(address)
    await page.getByText('of them revoked or on hold: its response says so').waitFor()
    await page.getByText(/^The last responses will be in force until/).waitFor()
    expect(await page.getByText('A list with a wrong date').count()).toBe(0)
    await page.getByText('How a server serves them').click()
    await page.getByRole('radio', { name: 'Chosen ones' }).check()
    await page.getByLabel('api.example.com').waitFor()
    await screenshots(page, 'responses-chosen')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await page.getByRole('radio', { name: 'All that have not expired' }).check()
    await page.getByLabel('The clock here is right').check()
    await screenshots(page, 'responses')
    const path = await download(
      page,
      () => page.getByRole('button', { name: 'Sign the responses' }).click(),
      folder.path,
    )
    await page.getByText('with 4 responses').waitFor()
    const names = execFileSync('unzip', ['-Z1', path]).toString().trim().split('\n')
    expect(names.filter((name) => !name.startsWith('publish.'))).toHaveLength(4)
  })
})

describe('requests from elsewhere', () => {
  const csr = (name: string): string => {
    const key = into(`${name}.key`)
    const made = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-subj', `/CN=${name}`]
    return execFileSync('openssl', made, { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
  }
  /** Another octet in the signature. */
  const broken = (text: string): string => {
    const der = Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64')
    der[der.length - 9]! ^= 1
    const lines = der.toString('base64').match(/.{1,64}/g) ?? []
    return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join(
      '\n',
    )
  }

  next('what cannot be read is named, and a request without proof of possession stands out', async () => {
    const { page } = app
    await visit(page, '#/issue')
    await heading(page, 'Issue a certificate').waitFor()
    await page.getByText('The key was made elsewhere: use a request (CSR)').click()
    await page.getByLabel('or paste it').fill('not a request')
    await page.getByRole('button', { name: 'Read it', exact: true }).click()
    await page.getByText('There is no request in it').waitFor()
    await screenshots(page, 'request-intake-none')
    await page.getByLabel('or paste it').fill(csr('first.example.com') + broken(csr('second.example.com')))
    await page.getByRole('button', { name: 'Read it', exact: true }).click()
    await page.getByText('possession of the private key is not proved').waitFor()
    await screenshots(page, 'request-intake')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    expect(await page.getByRole('button', { name: 'Use this one' }).last().isDisabled()).toBe(true)
    await page.getByLabel('or paste it').fill(broken(csr('second.example.com')))
    await page.getByRole('button', { name: 'Read it', exact: true }).click()
    await page.getByText(/ cannot be certified\.$/).waitFor()
    expect(await page.getByText('will be certified').count()).toBe(0)
    await screenshots(page, 'request-intake-taken')
    expect(await axeFindingsEverywhere(page)).toEqual([])
    await page.getByRole('button', { name: 'Make a key here instead' }).click()
  })
})

describe('a CA that answers OCSP', () => {
  next('a CA is made that answers OCSP itself, and may', async () => {
    const { page } = app
    await visit(page, '#/issue?profile=root')
    await page.getByLabel('Name', { exact: true }).fill('Example Answering Root')
    await page.getByLabel('It also signs OCSP responses itself').check()
    await screenshots(page, 'answers-ocsp')
    await toReview(page)
    await page.getByText('digitalSignature, keyCertSign, cRLSign').first().waitFor()
  })
})

describe('a form that warns', () => {
  next(
    'of a mail certificate whose key only signs, the form says that nobody can encrypt to it',
    async () => {
      const { page } = app
      await visit(page, '#/issue')
      await page.getByRole('button', { name: 'Start over' }).click()
      await page.getByLabel('Who signs it').selectOption({ label: 'Example Issuing CA' })
      await page.getByRole('radio', { name: 'E-mail (S/MIME)' }).check()
      await page.getByText('Key', { exact: true }).click()
      await page.getByLabel('Key algorithm').selectOption({ label: 'Ed25519' })
      await page.getByText('nobody can encrypt mail to this certificate').waitFor()
      await screenshots(page, 'mail-signs-only')
      expect(await axeFindingsEverywhere(page)).toEqual([])
    },
  )
})
