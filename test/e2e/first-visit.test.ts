import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { download, reloadReady, startApp, temporaryFolder } from './support/app.ts'
import { foreignRequests } from './support/network-log.ts'
import { createVault, fillIn, heading, issue, PASSPHRASE, unlock, visit } from './support/operator.ts'
import { story } from '../support/story.ts'

// One visit after the other in the same browser.

const next = story()
let app: App
let foreign: string[]
const folder = temporaryFolder()
const files: Record<string, string> = {}
beforeAll(async () => {
  app = await startApp()
  foreign = foreignRequests(app.context, app.site.url)
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const openssl = (...words: string[]): string =>
  execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const save = (button: string): Promise<string> =>
  download(app.page, () => app.page.getByRole('button', { name: button }).click(), folder.path)

next('a vault, a root and an intermediate are made', async () => {
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Example Root 2026' })
  files['root'] = await save('Certificate, PEM')
  await issue(page, { issuer: 'Example Root 2026', purpose: 'Intermediate', name: 'Example Issuing CA 1' })
  files['intermediate'] = await save('Certificate, PEM')
  expect(openssl('verify', '-x509_strict', '-CAfile', files['root'], files['intermediate'])).toContain(': OK')
})

next('OpenSSL accepts a server certificate for its names and its purpose alone', async () => {
  const names = 'api.example.com\n10.0.0.1'
  await issue(app.page, { issuer: 'Example Issuing CA 1', purpose: 'TLS server', name: '', names })
  files['server'] = await save('Certificate, PEM')
  expect(verify('server', '-purpose', 'sslserver', '-verify_hostname', 'api.example.com')).toContain(': OK')
  expect(verify('server', '-purpose', 'sslserver', '-verify_ip', '10.0.0.1')).toContain(': OK')
  expect(() => verify('server', '-verify_hostname', 'other.example.com')).toThrow(/hostname mismatch/i)
  expect(() => verify('server', '-purpose', 'sslclient')).toThrow(/purpose/i)
})

next('OpenSSL accepts a client certificate, and its chain as downloaded', async () => {
  await issue(app.page, {
    issuer: 'Example Issuing CA 1',
    purpose: 'TLS client',
    name: 'ada',
    names: 'ada@example.com',
  })
  files['client'] = await save('Certificate, PEM')
  expect(verify('client', '-purpose', 'sslclient', '-verify_email', 'ada@example.com')).toContain(': OK')
  const chain = await save('Chain, PEM')
  expect(openssl('verify', '-CAfile', files['root']!, '-untrusted', chain, chain)).toContain(': OK')
})

next('the key of a server certificate opens with its passphrase and belongs to it', async () => {
  const { page } = app
  await visit(page, '#/inventory')
  await page.getByRole('link', { name: 'api.example.com' }).click()
  await page.getByText('Other formats and the key').click()
  await page.getByLabel('What', { exact: true }).selectOption('private-key')
  await page.getByLabel('Passphrase of the file').fill('file passphrase')
  await page.getByLabel('The same passphrase again').fill('file passphrase')
  const key = await save('Download')
  const ofKey = openssl('pkey', '-in', key, '-passin', 'pass:file passphrase', '-pubout')
  expect(ofKey).toBe(openssl('x509', '-in', files['server']!, '-noout', '-pubkey'))
})

next('after a reload the vault is locked, says so, and refuses a wrong passphrase', async () => {
  const { page } = app
  await visit(page, '#/issue')
  await reloadReady(page)
  await heading(page, 'Unlock the vault').waitFor()
  await unlock(page, 'wrong horse')
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Passphrase', { exact: true }).inputValue()).toBe('wrong horse')
})

next('unlocked again, the same CA goes on issuing', async () => {
  const { page } = app
  await unlock(page)
  await heading(page, /Issue a certificate|Make a root/).waitFor()
  await issue(page, {
    issuer: 'Example Issuing CA 1',
    purpose: 'TLS server',
    name: '',
    names: 'later.example.com',
  })
  files['later'] = await save('Certificate, PEM')
  expect(verify('later', '-verify_hostname', 'later.example.com')).toContain(': OK')
})

next('what was typed survives a lock', async () => {
  const { page } = app
  await fillIn(page, {
    issuer: 'Example Issuing CA 1',
    purpose: 'TLS server',
    name: 'half typed',
    names: 'half.example.com',
  })
  await page.getByRole('button', { name: 'Lock now' }).click()
  await heading(page, 'Unlock the vault').waitFor()
  await unlock(page)
  await heading(page, 'Issue a certificate').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('half typed')
  expect(await page.getByLabel('Names and addresses it is valid for').inputValue()).toBe('half.example.com')
})

next('the journal has every act, the refusal too, and verifies', async () => {
  const { page } = app
  await visit(page, '#/journal')
  await page.getByRole('cell', { name: 'Vault created' }).waitFor()
  await expect.poll(() => page.getByRole('cell', { name: 'Wrong passphrase refused' }).count()).toBe(1)
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/entries verified/).waitFor()
})

next(
  'in another tab the same vault is locked until its own unlock, and a lock there locks here',
  async () => {
    const other = await app.newTab()
    await visit(other, '#/vault')
    await heading(other, 'Unlock the vault').waitFor()
    await unlock(other, PASSPHRASE)
    await heading(other, 'The vault').waitFor()
    await other.getByRole('button', { name: 'Lock now' }).first().click()
    await app.page.getByText('Locked', { exact: true }).waitFor()
    await other.close()
  },
)

next('nothing was asked of anybody else, and the console stayed empty', () => {
  expect(foreign).toEqual([])
  expect(app.complaints).toEqual([])
})

function verify(name: string, ...options: string[]): string {
  return openssl(
    'verify',
    '-x509_strict',
    '-CAfile',
    files['root']!,
    '-untrusted',
    files['intermediate']!,
    ...options,
    files[name]!,
  )
}
