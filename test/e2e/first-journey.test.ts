import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { axeFindings } from './support/axe.ts'
import { Mouse } from './support/hands.ts'
import { heading, PASSPHRASE } from './support/operator.ts'
import { story } from '../support/story.ts'

// From the first visit to a server's PKCS#12 and a client certificate, and how much of it has to be done by hand.

const next = story()

let app: App
const folder = temporaryFolder()
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

next('at most 18 clicks and 8 fields from nothing to a PKCS#12 and a client certificate', async () => {
  const { page } = app
  const hand = new Mouse(page)
  const press = (role: 'button' | 'link' | 'radio', name: string) =>
    hand.press(page.getByRole(role, { name, exact: true }).first())
  const fill = (label: string, text: string) => hand.fill(page.getByLabel(label, { exact: true }), text)
  const sign = async (button: string) => {
    await press('button', 'Review it…')
    await press('button', button)
    await heading(page, / is issued$/).waitFor()
  }

  await press('link', 'Create a vault')
  await fill('Passphrase', PASSPHRASE)
  await fill('The same passphrase again', PASSPHRASE)
  await fill('Your name, for the journal', 'Ada')
  await press('button', 'Create the vault')
  await press('link', 'Make a root')
  // A CA without a name is reported on the form, at its field.
  await page.getByRole('button', { name: 'Review it…' }).click()
  const name = page.getByLabel('Name', { exact: true })
  expect(await name.getAttribute('aria-invalid')).toBe('true')
  await page.getByText('A CA needs a name').waitFor()
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true)
  await fill('Name', 'Example Root')
  await sign('Make the root')
  await press('link', 'Issue below it')
  await fill('Name', 'Example Issuing CA')
  await sign('Sign the certificate')
  await press('link', 'Issue below it')
  await fill('Names and addresses it is valid for', 'www.example.com\n10.0.0.1')
  await sign('Sign the certificate')
  const row = await page.getByRole('region', { name: 'SHA-256' }).locator('p span').allInnerTexts()
  expect(row).toHaveLength(16)
  expect(await axeFindings(page)).toEqual([])
  await fill('Passphrase for the file', 'a passphrase for the file only')
  const file = await download(page, () => press('button', 'Save as PKCS#12'), folder.path)
  const opened = execFileSync(
    'openssl',
    ['pkcs12', '-in', file, '-nokeys', '-passin', 'pass:a passphrase for the file only'],
    {
      encoding: 'utf8',
    },
  )
  expect(opened.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  await press('link', 'Issue another')
  await press('radio', 'TLS client')
  await fill('Name', 'ada')
  await sign('Sign the certificate')
  console.info(`${String(hand.clicks)} clicks, ${String(hand.fields)} fields`)
  expect(hand.clicks).toBeLessThanOrEqual(18)
  expect(hand.fields).toBeLessThanOrEqual(8)
})

next('key and chain are one PEM file too', async () => {
  const { page } = app
  await page.getByLabel('Passphrase for the file').fill('a passphrase for the file only')
  const save = page.getByRole('button', { name: 'Save as PEM' })
  const text = readFileSync(await download(page, () => save.click(), folder.path), 'utf8')
  expect(text.match(/BEGIN [A-Z ]+/g)).toEqual([
    'BEGIN ENCRYPTED PRIVATE KEY',
    'BEGIN CERTIFICATE',
    'BEGIN CERTIFICATE',
  ])
})
