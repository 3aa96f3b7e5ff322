/** A whole handshake: what both sides say, what each thinks of the other, and who learns of a refusal when. */
import { ownOf } from './chain.ts'
import { Examiner } from './judge/examine.ts'
import { alertOf } from './judge/alerts.ts'
import type { Judgement, Possession, Refusal } from './judge/judgement.ts'
import { judgeClient, judgeServer } from './judge/judge.ts'
import { clientPeer, serverPeer } from './judge/peers-of.ts'
import { possessionIn } from './judge/possession.ts'
import type { Lacking, NotNegotiated } from './negotiate.ts'
import type { HandshakeSigner, Peer } from './peers.ts'
import { playHandshake, type Played } from './play.ts'
import type { Scenario } from './scenario.ts'
import { TLS12, TLS13 } from './wire/code-points.ts'
import type { Side } from './wire/transcript.ts'

/** How the refused side is informed. `none`: there is no connection at all. */
export type Told = 'alert' | 'answer' | 'none'

/**
 * When the other side learns of it. `after-success`: its own handshake has already ended well; it reads an alert, or a
 * reset if it has written before. `from-the-answer`: the handshake has ended well on both sides.
 */
export type Learns = 'in-handshake' | 'after-success' | 'from-the-answer' | 'no-connection'

/** The end of an attempt that fails. */
export interface Ending {
  readonly by: Side
  readonly refusal: Refusal | { readonly why: 'nothing-in-common'; readonly lacks: Lacking }
  readonly told: Told
  /** RFC 8446 §6.2; null if no alert says it. */
  readonly alert: number | null
  readonly learns: Learns
  /** How many of the messages are sent before. */
  readonly sent: number
}

export interface Answer {
  readonly played: Played
  /** What each side thinks of the other, whether the attempt comes so far or not; null without a common version. */
  readonly client: Judgement | null
  readonly server: Judgement | null
  /** Null if they connect. */
  readonly ending: Ending | null
}

export type Signers = Readonly<Record<Side, HandshakeSigner | null>>

/** Plays a scenario and judges it. `random` draws what the messages hold (RFC 8446 §4.1.2). */
export async function answerScenario(
  scenario: Scenario,
  signers: Signers,
  random: (length: number) => Uint8Array,
): Promise<Answer> {
  const client = clientPeer(scenario.client, signers.client)
  const server = serverPeer(scenario.server, signers.server)
  const played = await playHandshake(client, server, random)
  const examiner = new Examiner()
  const apart = played.apart && { ...nothingInCommon(played.apart), sent: played.messages.length }
  if (played.version === null) return { played, client: null, server: null, ending: apart }
  const judgements = {
    client: await judgeServer(scenario, await possession(played, 'server', server), examiner),
    server: await judgeClient(scenario, played.version, await possession(played, 'client', client), examiner),
  }
  const ending = apart ?? endingFrom(scenario, judgements, played)
  return { played, ...judgements, ending }
}

function possession(played: Played, side: Side, { chain }: Peer): Promise<Possession> {
  const own = ownOf(chain)
  return own ? possessionIn(played, side, own.spki) : Promise.resolve('not-proved')
}

/** The server ends it at once. */
export const nothingInCommon = ({ lacks, alert }: NotNegotiated): Omit<Ending, 'sent'> => ({
  by: 'server',
  refusal: { why: 'nothing-in-common', lacks },
  told: 'alert',
  alert,
  learns: 'in-handshake',
})

/** The order in which refusals come: on the network, in the handshake (the client first), in the applications. */
export function endingFrom(
  scenario: Scenario,
  judgements: Readonly<Record<Side, Judgement>>,
  { messages, version }: Pick<Played, 'messages' | 'version'>,
): Ending | null {
  const refusals = (['client', 'server'] as const).flatMap((by) => {
    const [refusal] = judgements[by].refusals
    return refusal ? [{ by, refusal, at: placeOf(scenario[by], refusal) }] : []
  })
  const first = PLACES.flatMap((place) => refusals.filter(({ at }) => at === place))[0]
  if (!first) return null
  const { by, refusal, at } = first
  const upTo = (flight: number): number => messages.filter((each) => each.flight <= flight).length
  if (at === 'network') return { by, refusal, told: 'none', alert: null, learns: 'no-connection', sent: 0 }
  if (at === 'application')
    return { by, refusal, told: 'answer', alert: null, learns: 'from-the-answer', sent: messages.length }
  const alert = alertOf(refusal, version ?? TLS12)
  const learns = by === 'server' && version === TLS13 ? 'after-success' : 'in-handshake'
  return { by, refusal, told: 'alert', alert, learns, sent: upTo(by === 'client' ? 2 : 3) }
}

const PLACES = ['network', 'tls', 'application'] as const

function placeOf({ verifies, letsAt }: Scenario[Side], refusal: Refusal): (typeof PLACES)[number] {
  if (refusal.why === 'rule') return letsAt === 'proxy' ? 'application' : letsAt
  if (refusal.why === 'possession' || verifies !== 'application') return 'tls'
  return 'application'
}
