import type { Rule } from '../../mtls/rules/rule.ts'
import type { ScenarioFault } from '../../mtls/scenario-file/fault.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'
import { rowsOf, ruleOf, type RuleRow } from './rule-rows.ts'

/** Who may connect, while it is edited: as conditions, or as text. */
export class RuleDraft {
  combine = $state<'all' | 'any'>('all')
  rows = $state<RuleRow[]>([])
  text = $state('')
  asText = $state(false)
  /** What is wrong with it, as it was tried last. */
  faults = $state.raw<readonly ScenarioFault[]>([])
  /** Whether it is nested deeper than conditions are. */
  readonly isDeep: boolean
  readonly task: Task
  readonly #calls: Calls

  constructor(calls: Calls, rule: Rule | null) {
    this.#calls = calls
    this.task = calls.task()
    const flat = rowsOf(rule)
    this.isDeep = flat === null
    this.asText = flat === null
    this.combine = flat?.combine ?? 'all'
    this.rows = flat && flat.rows.length > 0 ? [...flat.rows] : [{ not: false, kind: 'issuer', value: '' }]
    this.text = JSON.stringify(rule ?? { kind: 'all', of: [] }, null, 2)
  }

  /** The conditions as text, to go on with there. */
  writeOut(): void {
    this.text = JSON.stringify(ruleOf(this), null, 2)
    this.asText = true
    this.faults = []
  }

  add(): void {
    this.rows.push({ not: false, kind: 'dns', value: '' })
  }

  remove(at: number): void {
    this.rows.splice(at, 1)
    this.faults = []
  }

  /** The faults of one condition; of the whole with null. */
  faultsAt(at: number | null): readonly ScenarioFault[] {
    return this.faults.filter(({ path }) => {
      const [, index] = /^of\[(\d+)\]/.exec(path) ?? []
      return at === null ? this.asText || index === undefined : !this.asText && index === String(at)
    })
  }

  /** Reads it, and hands it over if nothing is wrong with it. */
  apply(done: (rule: Rule) => void): void {
    const text = this.asText ? this.text : JSON.stringify(ruleOf(this))
    this.task.run(async (options) => {
      const read = await this.#calls.ask('lab.rule', { text }, options)
      this.faults = 'faults' in read ? read.faults : []
      if ('rule' in read) done(simplest(read.rule))
    })
  }
}

/** One condition alone needs no list around it. */
function simplest(rule: Rule): Rule {
  const [only, ...rest] = rule.kind === 'all' || rule.kind === 'any' ? rule.of : []
  return only && rest.length === 0 ? only : rule
}
