import { expect, test } from 'vitest'
import { createPool } from '../../../src/validate/pool.ts'
import { isValid } from '../../../src/validate/report.ts'
import { validate } from '../../../src/validate/validate.ts'
import { PEERS, type PeerName } from '../../support/peers/peers.ts'
import { writeQuestion } from '../../support/peers/question.ts'
import { once, scratchFor } from '../../support/run.ts'
import { BREAKS } from './breaks.ts'
import { DISAGREEMENTS } from './disagreements.ts'
import { drawChain, type DrawnChain } from './draw.ts'

/** Every way to break a chain six times; another start draws others. */
const COUNT = 6 * BREAKS.length
const START = Number(process.env['CHAINS_SEED'] ?? 0) * COUNT

interface Examined {
  readonly chain: DrawnChain
  readonly ours: boolean
  readonly codes: string
}

async function examine(chain: DrawnChain): Promise<Examined> {
  const der = ({ certificate }: { certificate: DrawnChain['target']['certificate'] }) => certificate
  const pool = createPool({ anchors: chain.anchors.map(der), intermediates: chain.sent.map(der) })
  const report = await validate(chain.target.certificate, pool, {
    at: new Date(),
    purpose: 'serverAuth',
    peerNames: [{ kind: 'DNS', value: chain.host }],
  })
  const path = report.paths[report.best]
  const codes = path?.certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code)) ?? []
  return { chain, ours: isValid(report.verdict), codes: codes.join(' ') }
}

const examined = once(async () => {
  const all: Examined[] = []
  for (let seed = START; seed < START + COUNT; seed++) all.push(await examine(await drawChain(seed)))
  return all
})

const folder = scratchFor('chains')

const questions = once(async () =>
  (await examined()).map(({ chain }) =>
    writeQuestion(
      folder,
      String(chain.seed),
      {
        target: chain.target.certificate.der,
        intermediates: chain.sent.map(({ certificate }) => certificate.der),
        anchors: chain.anchors.map(({ certificate }) => certificate.der),
      },
      { purpose: 'serverAuth', host: chain.host },
    ),
  ),
)

test.each(Object.keys(PEERS) as PeerName[])(
  '%s validates drawn chains as we do, but where a rule we can name says otherwise',
  async (peer) => {
    const ours = await examined()
    const theirs = await PEERS[peer](await questions())
    const known = DISAGREEMENTS.filter(({ peers }) => peers.includes(peer))
    const surprises: Record<string, string> = {}
    const met = new Set<string>()
    ours.forEach(({ chain: { broken, seed }, ours: accepted, codes }, i) => {
      const { accepted: others, reason } = theirs[i]!
      if (accepted === others) return
      if (known.some((row) => row.breaks.includes(broken.id) && (row.ours === 'accepted') === accepted))
        met.add(broken.id)
      else
        surprises[`${broken.id} (seed ${seed})`] = accepted ? `we accept; ${reason}` : `we refuse: ${codes}`
    })
    expect(surprises).toEqual({})
    const unmet = known.flatMap(({ breaks }) => breaks).filter((id) => !met.has(id))
    expect(unmet, 'rows of the table that no chain met').toEqual([])
  },
)
