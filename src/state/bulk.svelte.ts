import type { BulkAct, BulkPlan, BulkResult, BulkWhich } from '../worker/protocol/bulk.ts'
import type { Client } from '../worker/client.ts'
import type { In } from '../worker/protocol.ts'
import type { Clock } from './clock.svelte.ts'
import type { Operator } from './operator.svelte.ts'
import { Task } from './task.svelte.ts'

export type BulkKind = BulkAct['kind']
type BulkReason = Exclude<In<'revocation.revoke'>['reason'], 'cACompromise'>

/** One act on many certificates: chosen in the inventory, previewed, run. */
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
  readonly #client: Client
  readonly #operator: Operator

  constructor(client: Client, clock: Clock, operator: Operator) {
    this.#client = client
    this.#operator = operator
    this.planning = new Task(clock)
    this.running = new Task(clock)
  }

  readonly canRun = $derived(
    this.plan !== null &&
      this.plan.ready.length > 0 &&
      (this.plan.warnings.length === 0 || this.acknowledged),
  )

  /** Takes what was chosen, and previews it. */
  begin(kind: BulkKind, which: BulkWhich): void {
    this.kind = kind
    this.which = which
    this.revokeFormer = false
    this.reason = 'unspecified'
    this.result = null
    this.running.clear()
    this.preview()
  }

  /** Says again what would happen, after a choice was changed. */
  preview(): void {
    const { which } = this
    if (which === null) return
    this.plan = null
    this.acknowledged = false
    this.planning.run(async (options) => {
      this.plan = await this.#newest((act) => this.#client.call('bulk.plan', { which, act }, options))
    })
  }

  run(then: () => void): void {
    const { plan } = this
    if (plan === null || !this.canRun) return
    this.running.run(async (options) => {
      this.result = await this.#client.call(
        'bulk.run',
        {
          ids: plan.ready,
          act: this.#act(),
          acknowledged: plan.warnings.map(({ finding }) => finding.code),
          actor: this.#operator.actor(),
        },
        options,
      )
      this.plan = null
      this.which = null
      this.#operator.acted()
      then()
    })
  }

  /** What was previewed no longer holds once the vault is locked. */
  lockAway(): void {
    this.plan = null
    this.which = null
  }

  /** Asked again where the choice was changed meanwhile. */
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
