import { expect, test } from 'vitest'
import { createPool } from '../../../src/validate/pool.ts'
import { othersOf } from '../../../src/validate/survey/others.ts'
import type { DifferenceCode, Opinion } from '../../../src/validate/survey/others.ts'
import type { Program } from '../../../src/validate/survey/programs.ts'
import type { Report } from '../../../src/validate/report.ts'
import { validate } from '../../../src/validate/validate.ts'
import { PEERS, type PeerName } from '../../support/peers/peers.ts'
import { writeQuestion, type PeerPurpose, type Question } from '../../support/peers/question.ts'
import { once, scratchFor } from '../../support/run.ts'
import { BREAKS } from '../chains/breaks.ts'
import { drawChain } from '../chains/draw.ts'
import { ODD_CHAINS, type OddChain } from './chains.ts'

const PEER_OF = {
  openssl: 'openssl',
  go: 'go',
  java: 'java',
  gnutls: 'certtool',
  nss: 'nss',
} as const satisfies {
  [P in Program]?: PeerName
}
type Held = keyof typeof PEER_OF

/** Where the panel says "it depends", what the version at hand does; and what nobody has to know of these five. */
const AT_HAND: Readonly<Record<Held, { readonly [C in DifferenceCode]?: 'accepts' | 'refuses' }>> = {
  openssl: { 'ml-dsa-by-version': 'refuses' },
  go: {
    'negative-serial': 'accepts',
    'small-rsa-by-version': 'accepts',
    'ml-dsa-unknown': 'refuses',
    'policy-extensions-by-version': 'refuses',
  },
  java: { 'ml-dsa-by-version': 'refuses' },
  gnutls: { 'ml-dsa-by-version': 'refuses' },
  // vfychain asks for no name; a program that links NSS does.
  nss: { 'ml-dsa-unknown': 'refuses', 'name-asked-elsewhere': 'accepts' },
}

interface Asked {
  readonly id: string
  readonly question: Question
  readonly report: Report
}

const folder = scratchFor('others')

async function ask(id: string, { target, sent, anchors, options }: OddChain, host: string): Promise<Asked> {
  const der = ({ certificate }: OddChain['target']) => certificate.der
  const certificates = { target: der(target), intermediates: sent.map(der), anchors: anchors.map(der) }
  const purpose = (options?.purpose ?? 'serverAuth') as PeerPurpose
  const question = writeQuestion(folder, id, certificates, { purpose, host })
  const pool = createPool({
    anchors: anchors.map(({ certificate }) => certificate),
    intermediates: sent.map(({ certificate }) => certificate),
  })
  const peerNames = [{ kind: 'DNS', value: host }] as const
  const report = await validate(target.certificate, pool, {
    at: new Date(),
    purpose: 'serverAuth',
    peerNames,
    ...options,
  })
  return { id, question, report }
}

/** Every known difference once, and every way to break a chain three times. */
const asked = once(async () => {
  const all: Asked[] = []
  for (const [id, draw] of Object.entries(ODD_CHAINS)) all.push(await ask(id, await draw(), 'example.com'))
  for (let seed = 0; seed < 3 * BREAKS.length; seed++) {
    const chain = await drawChain(seed)
    all.push(await ask(`${chain.broken.id}-${seed}`, chain, chain.host))
  }
  return all
})

/** What the panel has the program at hand do. */
function foretold(program: Held, { verdict, reasons }: Opinion): string {
  if (verdict !== 'unknown') return verdict
  const known = reasons.map(({ code }) => AT_HAND[program][code] ?? `unknown (${code})`)
  return known.find((each) => each !== 'accepts') ?? 'accepts'
}

test.each(Object.keys(PEER_OF) as Held[])(
  '%s says what the panel says it would say, of each known difference and of drawn chains',
  async (program) => {
    const all = await asked()
    const answers = await PEERS[PEER_OF[program]](all.map(({ question }) => question))
    const surprises: Record<string, string> = {}
    all.forEach(({ id, report }, i) => {
      const opinion = othersOf(report).find((each) => each.program === program)!
      const said = foretold(program, opinion)
      const { accepted, reason } = answers[i]!
      // What is called unknown contradicts nothing.
      if (!said.startsWith('unknown') && said !== (accepted ? 'accepts' : 'refuses'))
        surprises[id] =
          `we ${report.verdict} ${codes(report)}; panel ${said} ${JSON.stringify(opinion.reasons.map(({ code }) => code))}; it ${accepted ? 'accepts' : `refuses: ${reason}`}`
    })
    expect(surprises).toEqual({})
  },
)

const codes = ({ paths, best }: Report): string =>
  paths[best]?.certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code)).join(' ') ?? ''
