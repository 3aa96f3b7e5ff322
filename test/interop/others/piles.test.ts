import { expect, test } from 'vitest'
import { once, scratchFor } from '../../support/run.ts'
import { askOf, contradictionsOf, HELD } from './ask.ts'
import type { Asked } from './ask.ts'
import { pileNames, readChain } from './pile-chains.ts'

const folder = scratchFor('others-piles')

async function ask(name: string): Promise<Asked | null> {
  const chain = await readChain(name)
  return chain && askOf(folder, name.replace(/\.pem$/, ''), chain)
}

const piles = once(async () => {
  const all = (await Promise.all(pileNames().map(ask))).filter((each) => each !== null)
  expect(all.length).toBeGreaterThan(20)
  return all
})

test.each(HELD)('%s contradicts nothing that is said of it for peculiar piles', async (program) => {
  expect(await contradictionsOf(program, await piles())).toEqual({})
})
