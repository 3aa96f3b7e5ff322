/** What names what in a plan: every id is there once, and what it names is there and of the right kind. */
import type { Json } from '../../strict-json/json.ts'
import type { Plan, StepAct } from '../plan.ts'
import type { Faults, Referred } from './fault.ts'

/** The kinds of thing that an id names, in the order of the file. */
const THINGS = [
  'people',
  'existing',
  'keys',
  'requests',
  'certificates',
  'lists',
  'responses',
  'destructions',
] as const

/** What each act is done to; null: to nothing. */
export const ACTS_ON: Readonly<Record<StepAct, readonly Referred[] | null>> = {
  tool: null,
  storage: null,
  clock: null,
  'plan-words': null,
  'roll-call': null,
  vault: null,
  certificate: ['certificates'],
  request: ['requests'],
  backup: null,
  'read-back': null,
  lists: ['lists'],
  responses: ['responses'],
  destroy: ['destructions'],
  close: null,
  'sign-off': null,
}

/** Notes what is named and not there, named twice, or in a circle. */
export function checkReferences(plan: Plan, root: Json, faults: Faults): void {
  new References(plan, root, faults).check()
}

type Part = string | number
const within = (at: Json, part: Part): Json => {
  const found = at.kind === 'record' ? at.of.get(String(part)) : at.kind === 'list' ? at.of[Number(part)] : at
  return found ?? at
}

class References {
  readonly #plan: Plan
  readonly #root: Json
  readonly #faults: Faults
  readonly #kinds = new Map<string, Referred>()

  constructor(plan: Plan, root: Json, faults: Faults) {
    this.#plan = plan
    this.#root = root
    this.#faults = faults
  }

  check(): void {
    this.#checkIds()
    const { keys, certificates, lists, responses, destructions, accepted } = this.#plan
    keys.forEach(({ holders }, i) =>
      holders.forEach((each, j) => this.#refer(each, ['people'], 'keys', i, 'holders', j)),
    )
    certificates.forEach(({ key, issuer }, i) => {
      this.#refer(key, ['keys', 'requests', 'existing'], 'certificates', i, 'key')
      if (issuer !== null) this.#refer(issuer, ['certificates', 'existing'], 'certificates', i, 'issuer')
    })
    lists.forEach(({ issuer }, i) => this.#refer(issuer, ['certificates', 'existing'], 'lists', i, 'issuer'))
    responses.forEach(({ issuer, responder, certificates: about }, i) => {
      this.#refer(issuer, ['certificates', 'existing'], 'responses', i, 'issuer')
      if (responder !== null) this.#refer(responder, ['certificates'], 'responses', i, 'responder')
      about.forEach((each, j) =>
        this.#refer(each, ['certificates', 'existing'], 'responses', i, 'certificates', j),
      )
    })
    destructions.forEach(({ authority }, i) =>
      this.#refer(authority, ['certificates', 'existing'], 'destructions', i, 'authority'),
    )
    accepted.forEach(({ on, by }, i) => {
      this.#refer(on, ['certificates', 'lists'], 'accepted', i, 'on')
      this.#refer(by, ['people'], 'accepted', i, 'by')
    })
    this.#checkSteps()
    this.#checkCircles()
  }

  #at(...path: readonly Part[]): Json {
    return path.reduce(within, this.#root)
  }

  /** One id is of one thing: files are named after them. Steps are usually called as what they are done to. */
  #checkIds(): void {
    for (const kind of THINGS)
      this.#plan[kind].forEach(({ id }, i) => {
        if (this.#kinds.has(id)) this.#faults.add(this.#at(kind, i, 'id'), 'plan-id-twice', { id })
        this.#kinds.set(id, this.#kinds.get(id) ?? kind)
      })
    this.#plan.existing.forEach(({ revoked }, i) => {
      const serials = new Set<string>()
      revoked.forEach(({ serial }, j) => {
        if (serials.has(serial))
          this.#faults.add(this.#at('existing', i, 'revoked', j, 'serial'), 'plan-twice', { text: serial })
        serials.add(serial)
      })
    })
    const steps = new Set<string>()
    this.#plan.steps.forEach(({ id }, i) => {
      if (steps.has(id)) this.#faults.add(this.#at('steps', i, 'id'), 'plan-id-twice', { id })
      steps.add(id)
    })
  }

  #refer(id: string, to: readonly Referred[], ...path: readonly Part[]): void {
    const kind = this.#kinds.get(id)
    if (kind === undefined || !to.includes(kind))
      this.#faults.add(this.#at(...path), 'plan-reference', { id, to })
  }

  #checkSteps(): void {
    this.#plan.steps.forEach(({ act, on, reads, does }, i) => {
      const to = ACTS_ON[act]
      if (to === null ? on !== null : on === null)
        this.#faults.add(this.#at('steps', i, 'on'), 'plan-step-on', { act, to })
      else if (to && on !== null) this.#refer(on, to, 'steps', i, 'on')
      this.#refer(reads, ['people'], 'steps', i, 'reads')
      this.#refer(does, ['people'], 'steps', i, 'does')
    })
  }

  #checkCircles(): void {
    const issuers = new Map(this.#plan.certificates.map(({ id, issuer }) => [id, issuer]))
    this.#plan.certificates.forEach(({ id }, i) => {
      const passed = new Set<string>()
      let at = issuers.get(id) ?? null
      while (at !== null && at !== id && !passed.has(at)) {
        passed.add(at)
        at = issuers.get(at) ?? null
      }
      if (at === id) this.#faults.add(this.#at('certificates', i, 'issuer'), 'plan-circle', { id })
    })
  }
}
