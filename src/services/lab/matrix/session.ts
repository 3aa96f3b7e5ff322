import type { Call } from '../../../border/dispatch.ts'
import type { In } from '../../../border/protocol.ts'
import type { MatrixAnswer, MatrixId, MatrixView } from '../../../border/protocol/lab-matrix.ts'
import { Examiner } from '../../../mtls/judge/examine.ts'
import { reachMatrix, type Reach } from '../../../mtls/matrix.ts'
import { placesOf } from '../../../mtls/rules/rule.ts'
import type { Weighed } from '../../../mtls/rules/evaluate.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import { isCa } from '../../../x509/roles.ts'
import { Cast } from '../ready/stage.ts'
import type { LabSession } from '../session.ts'
import { certificateView, endingView } from '../view.ts'
import { drawMatrix, type Drawnup } from './examples.ts'
import { fromLab, heldBy } from './from-lab.ts'
import { octetsKey } from './octets-key.ts'

/** Rows between two pauses, in which a cancel reaches the worker. */
const PAUSE = 8

/** Clients and servers between calls. Nothing is signed here, so there are no keys. */
export class MatrixSession {
  #id: MatrixId = 'issuing-ca'
  #ends: Drawnup = { clients: [], servers: [] }
  #known: readonly Certificate[] = []
  #examiner = new Examiner()

  async begin(id: MatrixId, at: Date, lab: LabSession): Promise<void> {
    if (id === 'lab' && lab.scenario === null) await lab.begin('connects', at)
    const cast = new Cast(at)
    const ends = id === 'lab' ? fromLab(lab) : await drawMatrix(id, cast)
    const others = id === 'lab' ? lab.members.map(({ certificate }) => certificate).filter(isCa) : []
    const held = heldBy(ends)
    const known = new Set(held.map(({ der }) => octetsKey(der)))
    this.#id = id
    this.#ends = ends
    this.#known = [...held, ...others.filter(({ der }) => !known.has(octetsKey(der)))]
    this.#examiner = new Examiner()
  }

  /** What is in the lab went with the vault. */
  drop(): void {
    if (this.#id !== 'lab') return
    this.#ends = { clients: [], servers: [] }
    this.#known = []
    this.#examiner = new Examiner()
  }

  change({ server: at, trusts, lets }: In<'lab.matrix.change'>): void {
    const anchors = trusts.map((index) => {
      const certificate = this.#known[index]
      if (!certificate) throw new Error(`no certificate ${index} in the matrix`)
      return certificate
    })
    const servers = this.#ends.servers.map((each, i) =>
      i === at ? { ...each, server: { ...each.server, anchors, lets } } : each,
    )
    this.#ends = { ...this.#ends, servers }
  }

  async view(call: Call): Promise<MatrixView> {
    const { clients, servers } = this.#ends
    const rows = await reachMatrix(clients, servers, {
      known: this.#known,
      examiner: this.#examiner,
      signal: call.signal,
      onRow: async (done) => {
        call.progress({ kind: 'step', step: 'lab.matrix', done, total: clients.length })
        if (done % PAUSE === 0) await new Promise((resolve) => setTimeout(resolve))
      },
    })
    const members = this.#known.map((certificate) => ({ certificate, signer: null }))
    const indexes = new Map(this.#known.map(({ der }, index) => [octetsKey(der), index]))
    const indexOf = (der: Uint8Array): number => indexes.get(octetsKey(der)) ?? -1
    const holds = ({
      chain,
      anchors,
    }: Drawnup['clients'][number] | Drawnup['servers'][number]['server']) => ({
      sends: chain.map(indexOf),
      trusts: anchors.map(({ der }) => indexOf(der)),
    })
    return {
      id: this.#id,
      certificates: await Promise.all(members.map(certificateView)),
      clients: clients.map(holds),
      servers: servers.map(({ server, host }) => {
        const { lets, letsAt } = server
        return { ...holds(server), host, lets, letsAt, places: lets === null ? [] : placesOf(lets) }
      }),
      ...shared(rows),
    }
  }
}

/** Each answer once: most cells say what others say. */
function shared(rows: readonly (readonly Reach[])[]): Pick<MatrixView, 'cells' | 'answers'> {
  const answers: MatrixAnswer[] = []
  const known = new Map<string, number>()
  const numbers = new Map<unknown, number>()
  const numberOf = (thing: unknown): number => {
    const number = numbers.get(thing) ?? numbers.size
    numbers.set(thing, number)
    return number
  }
  const cells = rows.map((row) =>
    row.map((reach) => {
      const key = keyOf(reach, numberOf)
      const index = known.get(key) ?? answers.push(answerOf(reach)) - 1
      known.set(key, index)
      return index
    }),
  )
  return { cells, answers }
}

function keyOf({ ending, unverified, surprises }: Reach, numberOf: (thing: unknown) => number): string {
  if (ending === null) return unverified.join()
  const { by, refusal, told, alert, learns } = ending
  const of = JSON.stringify([by, told, alert, learns, surprises, refusal.why])
  switch (refusal.why) {
    case 'rule':
      return `${of}${numberOf(refusal.weighed.rule)}${pattern(refusal.weighed)}`
    case 'no-certificate':
      return `${of}${refusal.withheld}`
    case 'nothing-in-common':
      return `${of}${refusal.lacks}`
    // The refusals of one examination are shared by all that ask for it.
    default:
      return `${of}${numberOf(refusal)}`
  }
}

const pattern = ({ met, of }: Weighed): string => `${met}(${of.map(pattern).join()})`

const answerOf = ({ ending, judgement, unverified, surprises }: Reach): MatrixAnswer => ({
  ending: ending && endingView(ending, judgement),
  unverified,
  surprises,
})
