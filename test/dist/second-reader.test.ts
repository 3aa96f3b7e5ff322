import { expect } from 'vitest'
import { testInEveryEngine } from '../support/browser/engines.ts'
import { rereadWords } from '../../src/messages/en/second-reading.ts'

/** What a person does: opens the sample, whose CAs are made then, and reads its journal. */
const SCRIPT = `
  await press('Try with a sample hierarchy')
  // The page goes to the hierarchy once everything is issued.
  await until(() => /2 certificates[^]*2 certificates/.test(document.querySelector('main').innerText))
  location.hash = '#/journal'
  return until(() => {
    const said = document.querySelector('main').innerText
    return /ead again/.test(said) && /Ben Example/.test(said) && said
  })
`

testInEveryEngine('CAs are read again before they are stored', SCRIPT, (said) => {
  // Two entries each for the root and two CAs below it; what they issue to end entities is not read again.
  expect(said.split(rereadWords['same']!)).toHaveLength(7)
  expect(said).not.toContain('Not read again')
})
