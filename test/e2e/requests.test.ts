import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { NEW_P256, outsideCa, type OutsideCa } from '../support/outside-ca.ts'
import { succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { createVault, heading, reveal, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// Requests made here, answered by an OpenSSL CA and taken in, as a person does it.

const next = story()
let app: App
let folder: ReturnType<typeof temporaryFolder>
const file = (name: string): string => join(folder.path, name)
const openssl = (...args: string[]) => succeed('openssl', args, { cwd: folder.path })

let outside: OutsideCa
beforeAll(async () => {
  folder = temporaryFolder()
  outside = await outsideCa(folder.path)
  app = await startApp()
  await createVault(app.page)
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const sign = async (request: string, section: 'below' | 'renamed'): Promise<string> =>
  new TextDecoder().decode(await outside.sign(request, section))

async function paste(text: string): Promise<void> {
  const { page } = app
  const field = page.getByLabel('Certificates, as text')
  await reveal(field, page.getByText('or paste it'))
  await field.fill(text)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await heading(page, 'What came back').waitFor()
}

const sound = (name: string): Promise<void> => expectSound(app.page, name)

next('a request for a server is made, saved, signed by OpenSSL, and its answer joins its key', async () => {
  const { page } = app
  await page.getByRole('link', { name: 'Requests' }).click()
  await heading(page, 'Requests').waitFor()
  await page.getByText('No requests yet').waitFor()
  await sound('requests-empty')
  await page.getByRole('link', { name: 'Make a request…' }).click()
  await heading(page, 'Make a request').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('www.example.com')
  await page.getByLabel('Names and addresses it is valid for').fill('www.example.com\nexample.com')
  await sound('request-make')
  await page.getByRole('button', { name: 'Make the request' }).click()
  await heading(page, 'Request for www.example.com').waitFor()
  await sound('request-waiting')
  const saved = await download(
    page,
    () => page.getByRole('button', { name: 'Save as PEM' }).click(),
    folder.path,
  )
  expect(saved).toMatch(/www\.example\.com\.csr\.pem$/)
  await paste(await sign(saved, 'renamed'))
  await page.getByText('Certificate for the request www.example.com: its key is here.').waitFor()
  await page.getByText('whose certificate is not here').waitFor()
  await page.getByText(/fields are not as requested/).click()
  await page
    .getByRole('row', { name: /subjectAltName|Alternative/i })
    .getByText('changed')
    .waitFor()
  await sound('request-answer')
  await page.getByRole('button', { name: 'Add 1 certificate' }).click()
  await heading(page, 'Added').waitFor()
  await page.getByText('www.example.com is joined to its key.').waitFor()
  await page.getByRole('link', { name: 'Back to the requests' }).click()
  await page.getByText('Certified by CN=Outside Root').waitFor()
  await page.getByRole('link', { name: 'www.example.com' }).click()
  await heading(page, 'Request for www.example.com').waitFor()
  await page.getByText('What it asked for, and what it got').waitFor()
  await sound('request-answered')
})

next('an intermediate is certified outside: with its root it stands in the tree, and signs', async () => {
  const { page } = app
  await visit(page, '#/make-request?profile=intermediate')
  await heading(page, 'Make a request').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Our Issuing CA')
  await page.getByRole('button', { name: 'Make the request' }).click()
  await heading(page, 'Request for Our Issuing CA').waitFor()
  const saved = await download(
    page,
    () => page.getByRole('button', { name: 'Save as PEM' }).click(),
    folder.path,
  )
  await paste((await sign(saved, 'below')) + new TextDecoder().decode(outside.root))
  await page.getByText('It becomes a CA of this hierarchy that can sign.').waitFor()
  await expect.poll(() => page.getByText('The chain is valid.').count()).toBe(2)
  await sound('request-answer-chain')
  await page.getByRole('button', { name: 'Add 2 certificates' }).click()
  await page.getByText('Our Issuing CA is joined to its key and can sign.').waitFor()
  await page.getByText('Outside Root is in the hierarchy, with its key kept elsewhere.').waitFor()
  await page.getByRole('link', { name: 'See the hierarchy' }).click()
  await page.getByText('Key kept elsewhere').waitFor()
  await sound('hierarchy-elsewhere')
  await page.getByRole('link', { name: 'Outside Root' }).click()
  await page.getByRole('complementary').getByText('Key kept elsewhere').waitFor()
})

next('the same key is certified once more outside, from the page of its certificate', async () => {
  const { page } = app
  await visit(page, '#/hierarchy')
  await page.getByRole('link', { name: 'Our Issuing CA' }).click()
  await page.getByRole('link', { name: 'Open the page of this certificate' }).click()
  await page.getByRole('link', { name: 'Request a certificate for its key elsewhere…' }).click()
  await page.getByLabel('The key of Our Issuing CA').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Our Issuing CA')
  await sound('request-again')
  await page.getByRole('button', { name: 'Make the request' }).click()
  await heading(page, 'Request for Our Issuing CA').waitFor()
  const saved = await download(
    page,
    () => page.getByRole('button', { name: 'Save as PEM' }).click(),
    folder.path,
  )
  await paste(await sign(saved, 'below'))
  await page.getByRole('button', { name: 'Add 1 certificate' }).click()
  await page.getByText('Our Issuing CA is joined to its key and can sign.').waitFor()
  await page.getByRole('link', { name: 'See the hierarchy' }).click()
  await page.getByRole('link', { name: 'Our Issuing CA' }).waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'Our Issuing CA' }).count()).toBe(1)
})

next('a CA kept elsewhere is added by its certificate; a stranger’s certificate is called one', async () => {
  const { page } = app
  const self = ['-x509', '-config', 'ca.cnf', '-subj', '/CN=Other Root', ...NEW_P256, 'other.key']
  await openssl('req', '-new', ...self, '-out', 'other.pem')
  await visit(page, '#/elsewhere')
  await heading(page, 'Add a CA kept elsewhere').waitFor()
  await sound('elsewhere')
  await paste(readFileSync(file('other.pem'), 'utf8'))
  await page.getByRole('button', { name: 'Add 1 certificate' }).click()
  await page.getByText('Other Root is in the hierarchy').waitFor()
  const stranger = ['-config', 'ca.cnf', '-subj', '/CN=stranger', ...NEW_P256, 'other.key']
  await openssl('req', '-new', ...stranger, '-out', 'stranger.csr')
  await visit(page, '#/requests')
  await paste(await sign('stranger.csr', 'renamed'))
  await page.getByText('Its key belongs to no request made here.').waitFor()
  expect(await page.getByRole('button', { name: /^Add \d+ certificate/ }).isDisabled()).toBe(true)
})

next(
  'a key in an encrypted file is brought: the wrong passphrase is said, the right one makes the request',
  async () => {
    const { page } = app
    await openssl('genrsa', '-aes256', '-passout', 'pass:secret', '-out', 'own.key', '2048')
    await visit(page, '#/make-request?profile=tlsClient')
    await page.getByLabel('Name', { exact: true }).fill('Bea')
    await page.getByRole('radio', { name: 'Bring a key' }).check()
    expect(await page.getByRole('button', { name: 'Make the request' }).isDisabled()).toBe(true)
    await page.getByLabel('Choose the key file…').setInputFiles(file('own.key'))
    await page.getByText('Its key comes from own.key.').waitFor()
    await page.getByLabel('Passphrase of the key file').fill('wrong')
    await page.getByRole('button', { name: 'Make the request' }).click()
    await page.getByRole('alert').waitFor()
    await sound('request-brought')
    await page.getByLabel('Passphrase of the key file').fill('secret')
    await page.getByRole('button', { name: 'Make the request' }).click()
    await heading(page, 'Request for Bea').waitFor()
    await page.getByText('RSA 2048').first().waitFor()
  },
)

next('a request that waits is given up with its key', async () => {
  const { page } = app
  await visit(page, '#/make-request?profile=tlsClient')
  await page.getByLabel('Name', { exact: true }).fill('Ann')
  await page.getByRole('button', { name: 'Make the request' }).click()
  await heading(page, 'Request for Ann').waitFor()
  await page.getByRole('button', { name: 'Give it up…' }).click()
  await page.getByRole('button', { name: 'Give up the request' }).click()
  await heading(page, 'Requests').waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'Ann', exact: true }).count()).toBe(0)
})

next('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
