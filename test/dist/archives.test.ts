import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { testInEveryEngine } from '../support/browser/engines.ts'
import { debianRoots } from '../support/roots.ts'

/** A ZIP, a gzip that breaks off within, and one that would become huge, as mail has them: every engine inflates in its own way. */
const [[, first], [, second]] = debianRoots() as [[string, Buffer], [string, Buffer]]
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url))
const noise = randomBytes(400_000)
const packed = gzipSync(Buffer.concat([first, noise]))
const TEXT = [
  fixture('q26.zip'),
  packed.subarray(0, packed.length - 1000),
  gzipSync(Buffer.concat([second, Buffer.alloc(100_000_000)])),
]
  .map((octets) => octets.toString('base64').replace(/.{76}/g, '$&\n'))
  .join('\n\n')

/** Pastes them, and reads what is said: the body of a function. */
const SCRIPT = `
  await toValidate()
  type(await until(() => document.querySelector('main textarea')), ${JSON.stringify(TEXT)})
  await press('Validate them')
  await until(() => /100 times/.test(document.querySelector('main').innerText))
  return document.querySelector('main').innerText
`

function expectRead(said: string): void {
  // Two of the ZIP, and what came out of each gzip before its end.
  expect(said).toContain('4 certificates')
  expect(said).toContain('This gzip is damaged, or is several in one.')
  expect(said).toContain('more than 100 times as large as it is')
  expect(said).not.toContain('could not process')
}

testInEveryEngine('archives are read', SCRIPT, expectRead)
