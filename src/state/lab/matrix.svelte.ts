import type { MatrixAnswer, MatrixId, MatrixServer, MatrixView } from '../../border/protocol/lab-matrix.ts'
import type { LabView } from '../../border/protocol/lab.ts'
import { labWords } from '../../messages/pack-words.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import type { Task } from '../task.svelte.ts'

/** A cell of the matrix. */
export interface Pair {
  readonly client: number
  readonly server: number
}

/** `kept`: a rule or a trust bundle explains the refusal; `unverified` and `wrong` surprise. */
export type AnswerKind = 'connects' | 'unverified' | 'kept' | 'wrong'

const kindOf = ({ ending, surprises }: MatrixAnswer): AnswerKind =>
  ending === null ? (surprises ? 'unverified' : 'connects') : surprises ? 'wrong' : 'kept'

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Many clients and many servers: who reaches whom. */
export class LabMatrix {
  id = $state<MatrixId>('issuing-ca')
  view = $state.raw<MatrixView | null>(null)
  /** The cell that is explained. */
  at = $state.raw<Pair>({ client: 0, server: 0 })
  onlySurprises = $state(false)
  readonly task: Task
  readonly clients = $derived(namesOf(this.view, 'clients'))
  readonly servers = $derived(namesOf(this.view, 'servers'))
  /** By answer. */
  readonly kinds: readonly AnswerKind[] = $derived(this.view?.answers.map(kindOf) ?? [])
  /** What is shown of them: those that surprise alone, if that is asked. */
  readonly rows = $derived(upTo(this.clients.length).filter((client) => this.#isShown(client, null)))
  readonly columns = $derived(upTo(this.servers.length).filter((server) => this.#isShown(null, server)))
  /** How many servers each client reaches, and how many clients reach each server. */
  readonly #connected = $derived.by(() => {
    const connects = this.view?.answers.map(({ ending }) => ending === null) ?? []
    return this.view?.cells.map((row) => row.map((cell) => connects[cell] ?? false)) ?? []
  })
  readonly reached = $derived(this.#connected.map((row) => row.filter(Boolean).length))
  readonly reaching = $derived(
    upTo(this.servers.length).map((server) => this.#connected.filter((row) => row[server] === true).length),
  )
  #followed: LabView | null = null
  readonly #calls: Calls
  readonly #clock: Clock

  constructor(calls: Calls, clock: Clock) {
    this.#calls = calls
    this.#clock = clock
    this.task = calls.task()
  }

  /** Begins if nothing is there. */
  enter(): void {
    if (this.view === null && !this.task.busy) this.begin()
  }

  /** Asks again if it shows what is in the lab, and that has changed. */
  follow(lab: LabView | null): void {
    if (lab === this.#followed || this.id !== 'lab') return
    this.#followed = lab
    if (lab === null) this.view = null
    else this.begin()
  }

  /** Draws the example again; its changes are dropped. */
  begin(): void {
    const { id } = this
    this.task.queue(async (options) => {
      this.view = await this.#calls.ask('lab.matrix', { id, at: this.#clock.read() }, options)
      this.at = { client: 0, server: 0 }
    })
  }

  /** Changes one server, and asks again. */
  change(server: number, change: Partial<Pick<MatrixServer, 'trusts' | 'lets'>>): void {
    const before = this.view?.servers[server]
    if (!before) return
    const { trusts, lets } = { ...before, ...change }
    this.task.queue(async (options) => {
      this.view = await this.#calls.ask('lab.matrix.change', { server, trusts, lets }, options)
    })
  }

  kindAt({ client, server }: Pair): AnswerKind {
    return this.kinds[this.view?.cells[client]?.[server] ?? -1] ?? 'connects'
  }

  answerAt({ client, server }: Pair): MatrixAnswer | null {
    return this.view?.answers[this.view.cells[client]?.[server] ?? -1] ?? null
  }

  /** How many cells there are of each kind. */
  tally(): Readonly<Record<AnswerKind, number>> {
    const tally = { connects: 0, unverified: 0, kept: 0, wrong: 0 }
    for (const row of this.view?.cells ?? []) for (const cell of row) tally[this.kinds[cell] ?? 'kept'] += 1
    return tally
  }

  #isShown(client: number | null, server: number | null): boolean {
    if (!this.onlySurprises) return true
    const others = client === null ? upTo(this.clients.length) : upTo(this.servers.length)
    return others.some((other) => {
      const kind = this.kindAt({ client: client ?? other, server: server ?? other })
      return kind === 'unverified' || kind === 'wrong'
    })
  }
}

/** Each end by the name of its certificate, told apart where two are called alike. */
function namesOf(view: MatrixView | null, side: 'clients' | 'servers'): readonly string[] {
  const words = labWords().matrix
  const seen = new Map<string, number>()
  return (view?.[side] ?? []).map(({ sends: [own] }, i) => {
    const name = view?.certificates[own ?? -1]?.name ?? words.nameless(i + 1)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : words.twin(name, times)
  })
}
