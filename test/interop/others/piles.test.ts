import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { createPool } from '../../../src/validate/pool.ts'
import { guess } from '../../../src/validate/question/guess.ts'
import { othersOf } from '../../../src/validate/question/others.ts'
import type { Report } from '../../../src/validate/report.ts'
import { validate } from '../../../src/validate/validate.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { PEERS } from '../../support/peers/peers.ts'
import { writeQuestion, type Question } from '../../support/peers/question.ts'
import { once, scratchFor } from '../../support/run.ts'

// Piles of peculiar forms, asked as the page asks: its own guess, and every self-issued certificate trusted. The five are given no
// lists, so piles with one are left out; so are those whose first certificate cannot be read.

const FIXTURES = new URL('../../fixtures/judge/', import.meta.url)
const PEER_OF = { openssl: 'openssl', go: 'go', java: 'java', gnutls: 'certtool', nss: 'nss' } as const
const folder = scratchFor('others-piles')

interface Asked {
  readonly name: string
  readonly question: Question
  readonly report: Report
}

async function ask(name: string): Promise<Asked | null> {
  const bytes = new Uint8Array(readFileSync(new URL(name, FIXTURES)))
  const { items, problems } = await readPile([{ name, bytes }], {})
  if (problems.length > 0 || items.some(({ kind }) => kind === 'crl' || kind === 'ocspResponse')) return null
  const certificates = items.flatMap((item): Certificate[] =>
    item.kind === 'certificate' ? [item.certificate] : [],
  )
  const { target, purpose, peerName, roots } = guess(certificates)
  const anchors = roots.map((index) => certificates[index]!)
  const asked = certificates[target]
  if (!asked || anchors.length === 0 || (peerName !== null && peerName.kind !== 'DNS')) return null
  const sent = certificates.filter((each) => each !== asked && !anchors.includes(each))
  const der = (each: Certificate) => each.der
  const question = writeQuestion(
    folder,
    name.replace(/\.pem$/, ''),
    { target: der(asked), intermediates: sent.map(der), anchors: anchors.map(der) },
    { purpose, ...(peerName && { host: peerName.value }) },
  )
  const pool = createPool({ anchors, intermediates: sent })
  const peerNames = peerName ? [peerName] : []
  const report = await validate(asked, pool, { at: new Date(), purpose, peerNames, revocation: 'given' })
  return { name, question, report }
}

const piles = once(async () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.pem'))
  const all = (await Promise.all(names.map(ask))).filter((each) => each !== null)
  expect(all.length).toBeGreaterThan(20)
  return all
})

test.each(Object.keys(PEER_OF) as (keyof typeof PEER_OF)[])(
  '%s contradicts nothing that is said of it for peculiar piles',
  async (program) => {
    const all = await piles()
    const answers = await PEERS[PEER_OF[program]](all.map(({ question }) => question))
    const contradicted: Record<string, string> = {}
    let unknown = 0
    all.forEach(({ name, report }, i) => {
      const { verdict, reasons } = othersOf(report).find((each) => each.program === program)!
      const { accepted, reason } = answers[i]!
      if (verdict === 'unknown') unknown++
      else if (verdict !== (accepted ? 'accepts' : 'refuses'))
        contradicted[name] =
          `we ${report.verdict}; said ${verdict} ${reasons.map(({ code }) => code).join(' ')}; it ${accepted ? 'accepts' : `refuses: ${reason}`}`
    })
    console.info(`${program}: ${all.length} piles, ${unknown} unknown`)
    expect(contradicted).toEqual({})
  },
)
