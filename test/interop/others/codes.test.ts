import { expect, test, vi } from 'vitest'
import { exampleChain, exampleCodes } from '../../../src/services/validate/rule-examples.ts'
import { once, scratchFor } from '../../support/run.ts'
import { askOf, contradictionsOf, HELD } from './ask.ts'
import type { Asked } from './ask.ts'

// One chain for each finding code: the page's own example of it, drawn today, because not every program can be asked about a day.

vi.mock('../../../src/services/validate/examples/day.ts', () => ({
  AT: new Date(Math.floor(Date.now() / 1000) * 1000),
}))

const folder = scratchFor('others-codes')

const examples = once(async () => {
  const all: Asked[] = []
  for (const code of exampleCodes()) {
    const chain = await exampleChain(code)
    const asked = chain && (await askOf(folder, code, chain))
    if (asked) all.push(asked)
  }
  expect(all.length).toBeGreaterThan(250)
  return all
})

test.each(HELD)('%s contradicts nothing that is said of it for the example of any code', async (program) => {
  expect(await contradictionsOf(program, await examples())).toEqual({})
})
