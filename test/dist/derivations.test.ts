import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { testInEveryEngine } from '../support/browser/engines.ts'

/** A PKCS#12 whose keys take 600,000 rounds each, and a key sealed with AES-192, which Chromium has not. */
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url))
const TEXT = `${fixture('q19-600k.p12').toString('base64')}\n\n${fixture('q10-aes192.key').toString()}`

/** What a person does on the page: pastes both, types the password, and reads what is said. */
const SCRIPT = `
  await toValidate()
  type(await until(() => document.querySelector('main textarea')), ${JSON.stringify(TEXT)})
  await press('Validate them')
  type(await until(() => document.querySelector('main input[type=password]')), 'secret')
  await press('Open with this password')
  await until(() => /private key[^]*private key/.test(document.querySelector('main').innerText))
  return document.querySelector('main').innerText
`

function expectOpened(said: string): void {
  expect(said.match(/You added a private key \(/g)).toHaveLength(2)
  expect(said).not.toMatch(/protected with a password|could not process/)
}

testInEveryEngine('a slow PKCS#12 and AES-192 open', SCRIPT, expectOpened)
