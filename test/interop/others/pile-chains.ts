import { readdirSync, readFileSync } from 'node:fs'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { guess } from '../../../src/validate/advice/guess.ts'
import type { Chain } from '../../../src/services/validate/examples/draw.ts'

const FIXTURES = new URL('../../fixtures/validate/', import.meta.url)

/** Piles of peculiar forms. */
export const pileNames = (): string[] => readdirSync(FIXTURES).filter((name) => name.endsWith('.pem'))

/** A pile asked as the page asks: its own guess, every self-issued certificate trusted; null where something cannot be read. */
export async function readChain(name: string): Promise<Chain | null> {
  const bytes = new Uint8Array(readFileSync(new URL(name, FIXTURES)))
  const { items, problems } = await readPile([{ name, bytes }], {})
  if (problems.length > 0) return null
  const certificates = items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate] : []))
  const { target, purpose, peerName, roots } = guess(certificates)
  const asked = certificates[target]
  if (!asked) return null
  const anchors = roots.map((index) => certificates[index]!)
  return {
    target: asked,
    anchors,
    intermediates: certificates.filter((each) => each !== asked && !anchors.includes(each)),
    crls: items.flatMap((item) => (item.kind === 'crl' ? [item.crl] : [])),
    ocspResponses: items.flatMap((item) => (item.kind === 'ocspResponse' ? [item.response] : [])),
    asked: { purpose, peerNames: peerName ? [peerName] : [], revocation: 'given' },
  }
}
