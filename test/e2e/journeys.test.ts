import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { opensslCa } from '../support/ca-folder.ts'
import { endEntity, intermediate, pem, root } from '../support/chain.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { Keyboard, Mouse, type Hand } from './support/hands.ts'
import { heading, PASSPHRASE } from './support/operator.ts'
import { story } from '../support/story.ts'

// What people come for, from the first page on, and how much of it has to be done by hand: once with a mouse, once
// without. No address is typed, and nothing is pressed that is not there to be seen.

const csr = readFileSync(new URL('../fixtures/requests/csr-good.pem', import.meta.url), 'utf8')
const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
let app: App
beforeAll(async () => {
  app = await startApp()
  writeFileSync(at('shop.csr'), csr)
  mkdirSync(at('old'))
  const ca = await opensslCa(at('old'), { password: 'geheim 123' })
  for (const name of ['a', 'b']) await ca.issue(`${name}.example.com`)
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

describe.each([
  ['with a mouse', Mouse],
  ['by keyboard alone', Keyboard],
])('%s', (_how, Person) => {
  const next = story()
  let page: Page
  let hand: Hand

  beforeAll(async () => {
    page = await app.newVisitor()
  })

  const main = (): Locator => page.getByRole('main')
  const button = (name: string | RegExp): Locator => main().getByRole('button', { name, exact: true }).first()
  const link = (name: string | RegExp): Locator => main().getByRole('link', { name, exact: true }).first()
  const radio = (name: string): Locator => main().getByRole('radio', { name, exact: true })
  const field = (name: string): Locator => main().getByLabel(name, { exact: true })
  const rail = (name: string): Locator =>
    page.getByRole('navigation').getByRole('link', { name, exact: true })
  const inDialog = (name: string): Locator =>
    page.getByRole('dialog').getByRole('button', { name, exact: true })
  const isShown = (title: string | RegExp): Promise<void> => heading(page, title).waitFor()

  /** One thing that somebody comes for, in at most so many presses and fields. */
  const journey = (name: string, most: readonly [clicks: number, fields: number], go: () => Promise<void>) =>
    next(name, async () => {
      hand = new Person(page)
      await go()
      console.info(`${name}: ${String(hand.clicks)} clicks, ${String(hand.fields)} fields`)
      expect([hand.clicks <= most[0], hand.fields <= most[1]], `${hand.clicks}, ${hand.fields}`).toEqual([
        true,
        true,
      ])
    })

  const sign = async (what: string | RegExp): Promise<void> => {
    await hand.press(button('Review it…'))
    await hand.press(button(what))
  }

  journey('a chain that was pasted is answered', [1, 1], async () => {
    const top = await root({ subject: 'CN=Acme Root' })
    const ca = await intermediate(top, { subject: 'CN=Acme Issuing CA' })
    await hand.fill(field('Certificates, as text'), pem(await endEntity(ca, {}), top))
    await hand.press(button('Validate them'))
    await page.locator('main .banner').getByText('The server leaves out Acme Issuing CA').waitFor()
  })

  journey('a chain that breaks a rule, and why there is that rule', [4, 1], async () => {
    await hand.press(rail('Hierarchy'))
    await hand.press(link('The rules'))
    await hand.fill(field('Search'), 'path longer')
    await hand.press(link('Path longer than allowed'))
    await page.getByRole('heading', { name: 'A chain that breaks it, made just now' }).waitFor()
    await hand.press(rail('Hierarchy'))
  })

  journey('a vault', [2, 3], async () => {
    await hand.press(link('Create a vault'))
    await hand.fill(field('Passphrase'), PASSPHRASE)
    await hand.fill(field('The same passphrase again'), PASSPHRASE)
    await hand.fill(field('Your name, for the journal'), 'Ada')
    await hand.press(button('Create the vault'))
    await isShown('The hierarchy')
  })

  journey('a root', [3, 1], async () => {
    await hand.press(link('Make a root'))
    await hand.fill(field('Name'), 'Example Root')
    await sign('Make the root')
    await isShown('Example Root is issued')
  })

  journey('a CA below it', [3, 1], async () => {
    await hand.press(link('Issue below it'))
    await hand.fill(field('Name'), 'Example CA')
    await sign('Sign the certificate')
    await isShown('Example CA is issued')
  })

  journey('a server: its key and chain as PKCS#12', [4, 2], async () => {
    await hand.press(link('Issue below it'))
    await hand.fill(field('Names and addresses it is valid for'), 'www.example.com\n10.0.0.1')
    await sign('Sign the certificate')
    await isShown('www.example.com is issued')
    await hand.fill(field('Passphrase for the file'), 'a passphrase for the file only')
    const file = await download(page, () => hand.press(button('Save as PKCS#12')), folder.path)
    expect(file).toMatch(/www\.example\.com.*\.p12$/)
  })

  journey('a client', [4, 1], async () => {
    await hand.press(link('Issue another'))
    await hand.choose(radio('TLS client'))
    await hand.fill(field('Name'), 'ada')
    await sign('Sign the certificate')
    await isShown('ada is issued')
  })

  journey('locked, and unlocked', [2, 1], async () => {
    await hand.press(page.getByRole('button', { name: 'Lock now' }))
    await hand.fill(field('Passphrase'), PASSPHRASE)
    await hand.press(button('Unlock'))
    await page.getByRole('button', { name: 'Lock now' }).waitFor()
  })

  journey('a request of somebody else, compared and certified', [9, 0], async () => {
    await hand.press(rail('Requests'))
    await hand.press(link('Certify requests…'))
    await hand.pick(field('Choose files…'), at('shop.csr'))
    await hand.select(field('Who signs it'), 'Example CA')
    await hand.press(button('Show what it would get'))
    await hand.press(main().getByLabel(/: compared with what its sender/))
    await hand.press(main().getByLabel('I have read it and want to sign'))
    await hand.press(button('Sign 1 certificate'))
    await main().getByText('1 certificate signed and stored').waitFor()
  })

  journey('two hundred by a table', [6, 1], async () => {
    await hand.press(rail('Hierarchy'))
    await hand.press(main().locator('summary', { hasText: 'More' }).first())
    await hand.press(link('Issue many…'))
    const rows = Array.from({ length: 200 }, (_, n) => `n${String(n)}.fleet.test,n${String(n)}.fleet.test`)
    await hand.fill(field('The table'), ['commonName,dns', ...rows].join('\n'))
    await hand.press(button('Read the table'))
    await hand.select(field('What happens to the keys'), 'Keep it sealed in the vault')
    await hand.press(button('Sign 200 certificates'))
    await main().getByText('200 certificates issued and stored.').waitFor()
  })

  journey('one of them found, to be renewed', [3, 1], async () => {
    await hand.press(link('Show all 200 in the inventory'))
    await hand.fill(field('Search'), 'n77.')
    await hand.press(link('n77.fleet.test'))
    await hand.press(link('Renew or replace…'))
    await isShown('Renew n77.fleet.test')
  })

  journey('renewed', [2, 0], async () => {
    await sign(/^Sign /)
    await isShown('n77.fleet.test is renewed')
  })

  journey('a certificate revoked, and the list that says so', [7, 0], async () => {
    await hand.press(link('See the new certificate'))
    await hand.press(button('Revoke…'))
    await hand.press(inDialog('Revoke it'))
    await main().getByText('Revoked on').waitFor()
    await hand.press(link('Revocation lists'))
    await hand.press(button('Sign a list…'))
    await hand.press(page.getByRole('dialog').getByLabel('The clock here is right'))
    await download(page, () => hand.press(inDialog('Sign the list')), folder.path)
  })

  journey('a root goes over to a new key', [7, 0], async () => {
    await hand.press(rail('Hierarchy'))
    await hand.press(link('Example Root'))
    await hand.press(link('Renew or replace…'))
    await hand.choose(radio('A new key: the two roots certify each other'))
    await sign('Sign 3 certificates')
    await isShown('Example Root is renewed')
    await hand.press(link('See what to install where and when'))
    await isShown(/^Rollover to a new key/)
  })

  journey('an openssl ca is taken over', [7, 1], async () => {
    await hand.press(rail('Hierarchy'))
    await hand.press(main().locator('summary', { hasText: 'More' }).first())
    await hand.press(link('Bring in…'))
    await hand.pick(field('Choose a folder…'), at('old'))
    await hand.fill(main().getByLabel(/^Password of .*cakey\.pem/), 'geheim 123')
    await hand.press(button('Open'))
    await hand.press(button(/^Bring in \d/))
    await main()
      .getByText(/^Brought in: /)
      .waitFor()
  })

  journey('a backup', [2, 0], async () => {
    await hand.press(link(/^Make a backup/))
    await download(page, () => hand.press(button('Make a backup')), folder.path)
  })

  next('nothing was complained of', () => {
    expect(app.complaints).toEqual([])
  })
})
