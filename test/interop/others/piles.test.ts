import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { guess } from '../../../src/validate/question/guess.ts'
import { once, scratchFor } from '../../support/run.ts'
import { askOf, contradictionsOf, HELD } from './ask.ts'
import type { Asked } from './ask.ts'

// Piles of peculiar forms, asked as the page asks: its own guess, and every self-issued certificate trusted. Left out are those
// whose first certificate cannot be read.

const FIXTURES = new URL('../../fixtures/judge/', import.meta.url)
const folder = scratchFor('others-piles')

async function ask(name: string): Promise<Asked | null> {
  const bytes = new Uint8Array(readFileSync(new URL(name, FIXTURES)))
  const { items, problems } = await readPile([{ name, bytes }], {})
  if (problems.length > 0) return null
  const certificates = items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate] : []))
  const { target, purpose, peerName, roots } = guess(certificates)
  const asked = certificates[target]
  if (!asked) return null
  const anchors = roots.map((index) => certificates[index]!)
  return askOf(folder, name.replace(/\.pem$/, ''), {
    target: asked,
    anchors,
    intermediates: certificates.filter((each) => each !== asked && !anchors.includes(each)),
    crls: items.flatMap((item) => (item.kind === 'crl' ? [item.crl] : [])),
    ocspResponses: items.flatMap((item) => (item.kind === 'ocspResponse' ? [item.response] : [])),
    asked: { purpose, peerNames: peerName ? [peerName] : [], revocation: 'given' },
  })
}

const piles = once(async () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.pem'))
  const all = (await Promise.all(names.map(ask))).filter((each) => each !== null)
  expect(all.length).toBeGreaterThan(20)
  return all
})

test.each(HELD)('%s contradicts nothing that is said of it for peculiar piles', async (program) => {
  expect(await contradictionsOf(program, await piles())).toEqual({})
})
