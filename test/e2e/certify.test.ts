import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { NEW_P256 } from '../support/outside-ca.ts'
import { succeed } from '../support/run.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { compareRequests, createVault, heading, issue, reveal, toReview, visit } from './support/operator.ts'
import { expectSound } from './support/sound.ts'
import { story } from '../support/story.ts'

// Requests from elsewhere: many in one drop, one in the form, and the recipe that makes them.

const next = story()
let app: App
let folder: ReturnType<typeof temporaryFolder>
const file = (name: string): string => join(folder.path, name)

const config = (name: string): string => `[req]
distinguished_name = dn
req_extensions = ext
prompt = no
[dn]
O = Somebody
CN = ${name}
[ext]
subjectAltName = DNS:${name}
keyUsage = digitalSignature, keyAgreement
extendedKeyUsage = serverAuth, codeSigning
tlsfeature = status_request
crlDistributionPoints = URI:http://elsewhere.example/crl
`

async function request(name: string): Promise<string> {
  writeFileSync(file('req.cnf'), config(name))
  const args = ['req', '-new', '-config', 'req.cnf', ...NEW_P256, `${name}.key`, '-out', `${name}.csr`]
  await succeed('openssl', args, { cwd: folder.path })
  return file(`${name}.csr`)
}

const sound = (name: string): Promise<void> => expectSound(app.page, name)

let files: string[]
beforeAll(async () => {
  folder = temporaryFolder()
  files = [await request('a.example.com'), await request('b.example.com'), await request('c.example.com')]
  writeFileSync(file('noise.txt'), 'no request in here')
  app = await startApp()
  await createVault(app.page)
  await issue(app.page, { name: 'Some Root' })
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

next(
  'three requests and a stranger’s file are read, shown beside what they would get, and signed together',
  async () => {
    const { page } = app
    await visit(page, '#/requests')
    await page.getByRole('link', { name: 'Certify requests…' }).click()
    await heading(page, 'Certify requests').waitFor()
    await sound('certify-empty')
    await page.getByLabel('Choose files…').setInputFiles([...files, file('noise.txt')])
    await page.getByRole('heading', { name: '3 requests' }).waitFor()
    await page.getByText('noise.txt').waitFor()
    await expect.poll(() => page.getByText('proves possession of its key').count()).toBe(3)
    await page.getByLabel('c.example.com').uncheck()
    await page.getByRole('button', { name: 'Show what the 2 would get' }).click()
    await page.getByText('a.example.com: 4 fields not as requested').click()
    await page.getByText('Left out: the issuer decides this.').first().waitFor()
    await page.getByLabel('Key usage', { exact: true }).check()
    await page.getByText('from the request, as far as the profile allows').first().waitFor()
    expect(await page.getByLabel('CRL distribution points', { exact: true }).isDisabled()).toBe(true)
    const key = page.getByRole('row', { name: /^Public key/ }).first()
    expect(await key.innerText()).toMatch(/request$/)
    await sound('certify-preview')
    const sign = page.getByRole('button', { name: 'Sign 2 certificates' })
    expect(await sign.isDisabled()).toBe(true)
    // What is shown is what the sender's OpenSSL says.
    await succeed('openssl', ['req', '-in', files[0]!, '-outform', 'DER', '-out', file('a.der')])
    const sum = createHash('sha256')
      .update(readFileSync(file('a.der')))
      .digest('hex')
    const spoken = page.getByRole('definition').filter({ hasText: sum.slice(0, 4) })
    expect((await spoken.first().innerText()).replace(/\s/g, '')).toBe(sum)
    await compareRequests(page)
    await sign.click()
    await page.getByText('2 certificates signed and stored, each beside its request.').waitFor()
    await page.getByRole('link', { name: 'Show all 2 in the inventory' }).waitFor()
    await sound('certify-done')
    const zip = await download(
      page,
      () => page.getByRole('button', { name: 'Save them with their chains' }).click(),
      folder.path,
    )
    const { stdout } = await succeed('unzip', ['-l', zip])
    expect(stdout).toMatch(/list\.csv/)
    await page.getByRole('link', { name: 'a.example.com' }).click()
    await heading(page, 'a.example.com').waitFor()
    await page.getByRole('link', { name: 'See the request' }).click()
    await heading(page, 'Request for a.example.com').waitFor()
    await page.getByText('came from elsewhere').waitFor()
    await sound('request-received')
  },
)

next('a request is kept for another day and certified from its own page', async () => {
  const { page } = app
  await visit(page, '#/certify')
  await page.getByLabel('Choose files…').setInputFiles(files[2]!)
  await page.getByRole('button', { name: 'Keep for later' }).click()
  await heading(page, 'Requests').waitFor()
  await page.getByRole('link', { name: 'c.example.com' }).click()
  await page.getByRole('button', { name: 'Certify it…' }).click()
  await heading(page, 'Certify requests').waitFor()
  await page.getByRole('button', { name: 'Show what it would get' }).click()
  await compareRequests(page)
  await page.getByRole('button', { name: 'Sign 1 certificate' }).click()
  await page.getByText('1 certificate signed and stored').waitFor()
  await visit(page, '#/requests')
  await expect.poll(() => page.getByText('Waiting for its certificate').count()).toBe(0)
  await sound('requests-list')
})

next('one request in the form: what is taken of it is chosen there, and the review compares', async () => {
  const { page } = app
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  await page.getByRole('radio', { name: 'TLS server', exact: true }).check()
  await page.getByText('The key was made elsewhere').click()
  await page.getByLabel('Choose a request…').setInputFiles(await request('d.example.com'))
  await page.getByText('The key in d.example.com.csr').waitFor()
  await page.getByLabel('Key usage', { exact: true }).check()
  await sound('issue-request')
  await page.getByRole('button', { name: 'Review it…' }).click()
  await page.getByRole('heading', { name: 'Request and certificate, side by side' }).waitFor()
  const subject = page.getByRole('row', { name: /^Subject CN/ })
  expect(await subject.innerText()).toMatch(/as requested\s+request$/)
  const row = page.getByRole('row', { name: /^Key usage/ })
  expect(await row.innerText()).toMatch(/keyAgreement/)
  await sound('review-request')
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, /is issued$/).waitFor()
})

next(
  'the request of a CA is sent back with its chain and the list of its issuer, and offered no more',
  async () => {
    const { page } = app
    const subject = ['-subj', '/CN=Their Issuing CA', '-addext', 'basicConstraints=critical,CA:TRUE']
    const made = ['req', '-new', ...subject, ...NEW_P256, 'ca.key', '-out', 'ca.csr']
    await succeed('openssl', made, { cwd: folder.path })
    await visit(page, '#/issue')
    await page.getByRole('radio', { name: 'Intermediate', exact: true }).check()
    const pick = page.getByLabel('Choose a request…')
    await reveal(pick, page.getByText('The key was made elsewhere'))
    await pick.setInputFiles([file('ca.csr'), await request('e.example.com')])
    const use = page.getByRole('button', { name: 'Use this one' })
    await page.locator('.row', { hasText: 'Their Issuing CA' }).locator(use).click()
    await toReview(page)
    await page.getByRole('button', { name: 'Sign the certificate' }).click()
    await heading(page, 'Their Issuing CA is issued').waitFor()
    await page.getByText('Some Root has no current revocation list.').waitFor()
    expect(await page.getByRole('link', { name: 'Issue below it' }).count()).toBe(0)
    await sound('issued-elsewhere')
    const chain = page.getByRole('button', { name: 'Chain with the root, PEM' })
    const saved = await download(page, () => chain.click(), folder.path)
    expect(readFileSync(saved, 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    await page.getByRole('link', { name: 'Sign one…' }).click()
    await page.getByRole('button', { name: 'Sign a list…' }).click()
    await page.getByLabel('The clock here is right').check()
    const signList = page.getByRole('button', { name: 'Sign the list' })
    await download(page, () => signList.click(), folder.path)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.goBack()
    await heading(page, 'Their Issuing CA is issued').waitFor()
    const list = page.getByRole('button', { name: /^CRL of Some Root, number \d+$/ })
    expect(await download(page, () => list.click(), folder.path)).toMatch(/Some-Root.*\.crl$/)
    await sound('issued-elsewhere-list')
    await visit(page, '#/issue')
    await use.waitFor()
    expect(await use.count()).toBe(1)
    await page.getByText('e.example.com').first().waitFor()
  },
)

next('several requests dropped into the form go to the desk together', async () => {
  const { page } = app
  await visit(page, '#/issue')
  await heading(page, 'Issue a certificate').waitFor()
  const pick = page.getByLabel('Choose a request…')
  await reveal(pick, page.getByText('The key was made elsewhere'))
  await pick.setInputFiles(files.slice(0, 2))
  await page.getByRole('button', { name: 'Certify all 2 together…' }).click()
  await heading(page, 'Certify requests').waitFor()
  await page.getByRole('heading', { name: '2 requests' }).waitFor()
  await page.getByRole('button', { name: 'Clear the page' }).click()
  await page.getByText('Nothing is signed before you have seen it.').waitFor()
})

next('hostile and long names on the desk are shown as what they are, and do nothing', async () => {
  const { page } = app
  const names = Array.from(
    { length: 100 },
    (_, i) => `DNS:host-${String(i)}.a-quite-long-department.example.com`,
  )
  const hostile = '<img src=x onerror=document.title="owned">\u202egpj.\u0430pple'
  writeFileSync(
    file('req.cnf'),
    config('x')
      .replace('CN = x', `CN = ${hostile.replace(/["$#;]/g, '\\$&')}`)
      .replace('DNS:x', names.join(','))
      .replace('prompt = no', 'prompt = no\nutf8 = yes\nstring_mask = utf8only'),
  )
  const made = ['-config', 'req.cnf', ...NEW_P256, 'h.key', '-out', 'h.csr']
  await succeed('openssl', ['req', '-new', ...made], { cwd: folder.path })
  await visit(page, '#/certify')
  await page.getByLabel('Choose files…').setInputFiles(file('h.csr'))
  await page.getByRole('heading', { name: '1 request' }).waitFor()
  await page.getByRole('button', { name: 'Show what it would get' }).click()
  await page.getByRole('heading', { name: 'What each would get' }).waitFor()
  await page.getByText('‹U+202E›').first().waitFor()
  await sound('certify-hostile')
  expect(await page.title()).not.toBe('owned')
  await expect.poll(() => page.locator('main img').count()).toBe(0)
  await page.getByRole('button', { name: 'Keep for later' }).click()
  await heading(page, 'Requests').waitFor()
  await sound('requests-hostile')
  await page.getByRole('link', { name: /U\+202E/ }).click()
  await heading(page, /Request for/).waitFor()
  await sound('request-hostile')
})

next('the recipe stands filled in, for each program, to be copied', async () => {
  const { page } = app
  await visit(page, '#/recipe')
  await heading(page, 'A request from another machine').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('e.example.com')
  await page.getByLabel('Names and addresses it is valid for').fill('e.example.com\n10.0.0.5')
  await page.getByText('openssl genpkey').waitFor()
  await page.getByRole('radio', { name: 'PowerShell' }).check()
  await page.getByText('certreq -new').waitFor()
  await page.getByLabel('Key algorithm').selectOption({ label: 'Ed25519' })
  await page.getByText('This program cannot make such a request').waitFor()
  await page.getByRole('radio', { name: 'keytool' }).check()
  await page.getByText('keytool -certreq').waitFor()
  await sound('recipe')
})

describe('names beyond ASCII', () => {
  /** As OpenSSL writes them: the octets of UTF-8 where ASCII alone belongs. */
  const asking = async (name: string, names: string): Promise<string> => {
    const made = ['req', '-new', ...NEW_P256, `${name}.key`, '-subj', '/CN=münchen.example', '-utf8']
    const asked = ['-addext', `subjectAltName=${names}`, '-out', `${name}.csr`]
    await succeed('openssl', [...made, ...asked], { cwd: folder.path })
    return file(`${name}.csr`)
  }

  next('on the desk: one is certified only once what is offered for each was confirmed', async () => {
    const { page } = app
    const clear = await asking('clear', 'DNS:münchen.example,email:jörg@example.com')
    const unclear = await asking('unclear', 'DNS:m¼nchen.example')
    await visit(page, '#/certify')
    await page.getByLabel('Choose files…').setInputFiles([clear, unclear])
    await page.getByRole('heading', { name: '2 requests' }).waitFor()
    await page.getByText('It asks for the name DNS:m¼nchen.example, which cannot be used').first().waitFor()
    await sound('certify-beyond-ascii')
    const preview = page.getByRole('button', { name: 'Show what the 2 would get' })
    await preview.click()
    await page.getByText('Confirm above that xn--mnchen-3ya.example is meant').waitFor({ state: 'attached' })
    const sign = page.getByRole('button', { name: /^Sign \d certificates?$/ })
    expect(await sign.isDisabled()).toBe(true)
    await page.getByLabel('Use xn--mnchen-3ya.example').check()
    await preview.click()
    await page.getByText('Confirm above that jörg@example.com is meant').waitFor({ state: 'attached' })
    await page.getByLabel('Use jörg@example.com as an SmtpUTF8Mailbox').check()
    await preview.click()
    await page.getByRole('button', { name: 'Sign 1 certificate' }).waitFor()
    await sound('certify-beyond-ascii-confirmed')
  })

  next('in the form: what is offered goes among the names', async () => {
    const { page } = app
    await visit(page, '#/issue')
    await heading(page, 'Issue a certificate').waitFor()
    const without = page.getByRole('button', { name: 'Make a key here instead' })
    // The form is there with its heading; it holds a request if the test before was run.
    if ((await without.count()) > 0) await without.click()
    await page.getByRole('radio', { name: 'TLS server', exact: true }).check()
    const pick = page.getByLabel('Choose a request…')
    await reveal(pick, page.getByText('The key was made elsewhere'))
    await pick.setInputFiles(await asking('form', 'DNS:plain.example,DNS:münchen.example'))
    const names = page.getByLabel('Names and addresses it is valid for')
    const offer = page.getByLabel('Use xn--mnchen-3ya.example')
    await offer.waitFor()
    expect(await names.inputValue()).toBe('dns:plain.example')
    await sound('issue-beyond-ascii')
    await offer.check()
    expect(await names.inputValue()).toBe('dns:plain.example\ndns:xn--mnchen-3ya.example')
    await offer.uncheck()
    expect(await names.inputValue()).toBe('dns:plain.example')
    await offer.check()
    await page.getByRole('button', { name: 'Review it…' }).click()
    await page.getByRole('heading', { name: 'Request and certificate, side by side' }).waitFor()
    await sound('review-beyond-ascii')
  })
})

next('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
