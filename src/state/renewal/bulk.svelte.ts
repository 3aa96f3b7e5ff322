import type { BulkAct, BulkPlan, BulkResult, BulkWhich } from '../../border/protocol/bulk.ts'
import type { In } from '../../border/protocol.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'

export type BulkKind = BulkAct['kind']
type BulkReason = Exclude<In<'revocation.revoke'>['reason'], 'cACompromise'>

/** One operation on many certificates: chosen in the inventory, previewed, run. */
export class Bulk {
  which = $state.raw<BulkWhich | null>(null)
  kind = $state<BulkKind>('renew')
  revokeFormer = $state(false)
  reason = $state<BulkReason>('unspecified')
  plan = $state.raw<BulkPlan | null>(null)
  acknowledged = $state(false)
  result = $state.raw<BulkResult | null>(null)
  readonly planning: Task
  readonly running: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.planning = calls.task()
    this.running = calls.task()
  }

  /** Certificates with warnings that were not accepted. */
  readonly waiting = $derived(new Set(this.acknowledged ? [] : this.plan?.warned))
  readonly wanted = $derived(this.plan?.ready.filter((id) => !this.waiting.has(id)) ?? [])
  /** How many the last run left out for that reason. */
  leftWaiting = $state(0)

  /** Takes the selection, and previews it. */
  begin(kind: BulkKind, which: BulkWhich): void {
    this.kind = kind
    this.which = which
    this.revokeFormer = false
    this.reason = 'unspecified'
    this.result = null
    this.running.clear()
    this.preview()
  }

  /** Previews again after an option has changed. */
  preview(): void {
    const { which } = this
    if (which === null) return
    this.plan = null
    this.acknowledged = false
    this.planning.run(async (options) => {
      this.plan = await this.#newest((act) => this.#calls.ask('bulk.plan', { which, act }, options))
    })
  }

  run(then: () => void): void {
    const { plan } = this
    const { wanted, waiting, acknowledged } = this
    if (plan === null || wanted.length === 0) return
    this.running.run(async (options) => {
      this.result = await this.#calls.act(
        'bulk.run',
        {
          ids: wanted,
          act: this.#act(),
          signers: plan.closedSigners,
          acknowledged: acknowledged ? plan.warnings.map(({ finding }) => finding.code) : [],
          shown: acknowledged ? plan.against : [],
        },
        options,
      )
      this.leftWaiting = waiting.size
      this.plan = null
      this.which = null
      then()
    })
  }

  /** A preview is no longer valid once the vault is locked. */
  lockAway(): void {
    this.plan = null
    this.which = null
  }

  /** Repeats the call if the options changed meanwhile. */
  async #newest(ask: (act: BulkAct) => Promise<BulkPlan>): Promise<BulkPlan> {
    for (;;) {
      const { kind, reason } = this
      const plan = await ask(this.#act())
      if (kind === this.kind && reason === this.reason) return plan
    }
  }

  #act(): BulkAct {
    return this.kind === 'revoke'
      ? { kind: 'revoke', reason: this.reason }
      : { kind: this.kind, revokeFormer: this.revokeFormer }
  }
}
