import { expect } from 'vitest'
import { testInEveryEngine } from '../support/browser/engines.ts'
import { rereadWords } from '../../src/messages/en/second-reading.ts'

/** What a person does: opens the sample, whose CAs are made then, and reads its journal. */
const SCRIPT = `
  await press('Try with a sample hierarchy')
  await until(() => /Sample Root/.test(document.querySelector('main').innerText))
  location.hash = '#/journal'
  return until(() => {
    const said = document.querySelector('main').innerText
    // The last that is made is the cross-certificate, whose entry is the newest.
    return /CA from outside certified[^]*Vault created/.test(said) && said
  })
`

const count = (said: string, what: string): number => said.split(what).length - 1

testInEveryEngine('CAs are read again before they are stored', SCRIPT, (said) => {
  expect(count(said, 'CA created')).toBe(6)
  // Each has two entries, one for its certificate; what is issued to end entities is not read again.
  const others = count(said, 'CA from outside certified') + count(said, 'Revocation list signed')
  expect(count(said, rereadWords['same']!)).toBe(2 * 6 + others)
  expect(said).not.toContain('Not read again')
})
