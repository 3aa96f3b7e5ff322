import { readable } from './chain.ts'
import { endingFrom, nothingInCommon, type Ending } from './handshake.ts'
import { Examiner } from './judge/examine.ts'
import { judgeClient, judgeServer } from './judge/judge.ts'
import type { Judgement } from './judge/judgement.ts'
import { clientPeer, serverPeer } from './judge/peers-of.ts'
import { negotiate } from './negotiate.ts'
import type { ClientPeer, ServerPeer } from './peers.ts'
import type { ClientEndpoint, Endpoint, ServerEndpoint } from './scenario.ts'
import type { Side } from './wire/transcript.ts'
import type { Certificate } from '../x509/certificate.ts'
import { nameKey } from '../x509/name-matching.ts'

/** A server, and the host by which every client asks for it; null: the client's own. */
export interface Reachable {
  readonly server: ServerEndpoint
  readonly host: string | null
}

/** Whether a client reaches a server; the ending says why not. */
export interface Reach {
  readonly connects: boolean
  readonly ending: Omit<Ending, 'sent'> | null
  /** Of who ends it; null if they connect, or have nothing in common. */
  readonly judgement: Judgement | null
  /** Who lets the other in without having verified it. */
  readonly unverified: readonly Side[]
  /** Neither a rule nor a trust bundle explains it: it connects unverified, or something else refuses. */
  readonly surprises: boolean
}

export interface MatrixOptions {
  /** What issuers are known: a root that a chain leads to only with what it leaves out is still its root. */
  readonly known?: readonly Certificate[]
  /** What was found before, if the same ends are asked again. */
  readonly examiner?: Examiner
  readonly signal?: AbortSignal
  /** Awaited after each client. */
  readonly onRow?: (done: number) => Promise<void> | void
}

/**
 * Returns who reaches whom, a row for each client, as if each held the key of its certificate. Nothing is signed. Ends
 * with the signal's reason if that is aborted.
 */
export async function reachMatrix(
  clients: readonly ClientEndpoint[],
  servers: readonly Reachable[],
  { known = [], examiner = new Examiner(), signal, onRow }: MatrixOptions = {},
): Promise<readonly (readonly Reach[])[]> {
  const kin = new Kin(known)
  const columns = servers.map(({ server, host }) => ({ server, host, peer: serverPeer(server, null) }))
  const rows: Reach[][] = []
  for (const client of clients) {
    signal?.throwIfAborted()
    const peer = clientPeer(client, null)
    const row: Reach[] = []
    for (const { server, host, peer: other } of columns) {
      const asking = host === null ? client : { ...client, host }
      row.push(await reach({ client: asking, server }, [peer, other], examiner, kin))
    }
    rows.push(row)
    await onRow?.(rows.length)
  }
  return rows
}

async function reach(
  scenario: { client: ClientEndpoint; server: ServerEndpoint },
  peers: readonly [ClientPeer, ServerPeer],
  examiner: Examiner,
  kin: Kin,
): Promise<Reach> {
  const common = negotiate(...peers)
  if ('lacks' in common)
    return { ...REFUSED, ending: nothingInCommon(common), judgement: null, surprises: true }
  const { version } = common
  const judgements = {
    client: await judgeServer(scenario, 'proved', examiner),
    server: await judgeClient(scenario, version, 'proved', examiner),
  }
  const ending = endingFrom(scenario, judgements, { messages: [], version })
  if (ending === null) {
    const unverified = SIDES.filter((side) => isUnverified(judgements[side]))
    return { connects: true, ending, judgement: null, unverified, surprises: unverified.length > 0 }
  }
  const surprises = !isMeant(scenario, ending, kin)
  return { ...REFUSED, ending, judgement: judgements[ending.by], surprises }
}

const REFUSED = { connects: false, unverified: [] } as const

const SIDES = ['client', 'server'] as const

const isUnverified = ({ presented, overlooked }: Judgement): boolean =>
  presented !== 'chain' || overlooked.length > 0

/** Whether a rule refuses, or a bundle that does not hold the root of the chain. */
function isMeant(
  scenario: Readonly<Record<Side, Endpoint>>,
  { by, refusal }: Omit<Ending, 'sent'>,
  kin: Kin,
): boolean {
  if (refusal.why === 'rule') return refusal.weighed.met === 'no'
  if (refusal.why !== 'chain') return false
  const isOfTrust = refusal.findings.every(
    ({ code }) => code === 'issuer-missing' || code === 'anchor-missing',
  )
  const { chain } = scenario[by === 'client' ? 'server' : 'client']
  return isOfTrust && !kin.leadsTo(chain, scenario[by].anchors)
}

/** Who may have issued whom, by name alone. */
class Kin {
  readonly #issuers = new Map<string, Set<string>>()
  readonly #above = new WeakMap<Endpoint['chain'], ReadonlySet<string>>()

  constructor(known: readonly Certificate[]) {
    for (const { subject, issuer } of known) {
      const issuers = this.#issuers.get(nameKey(subject)) ?? new Set()
      this.#issuers.set(nameKey(subject), issuers.add(nameKey(issuer)))
    }
  }

  /** Whether one of these is above the certificate, if every certificate that is known were sent along. */
  leadsTo(chain: Endpoint['chain'], anchors: Endpoint['anchors']): boolean {
    const above = this.#aboveOf(chain)
    return anchors.some(({ subject }) => above.has(nameKey(subject)))
  }

  #aboveOf(chain: Endpoint['chain']): ReadonlySet<string> {
    const known = this.#above.get(chain)
    if (known) return known
    // A set yields what is added while it is walked.
    const above = new Set(readable(chain).map(({ issuer }) => nameKey(issuer)))
    for (const name of above) for (const issuer of this.#issuers.get(name) ?? []) above.add(issuer)
    this.#above.set(chain, above)
    return above
  }
}
