import type { Person, Plan, PlannedCertificate, Role, Step, StepAct } from './plan.ts'

type WithoutSteps = Omit<Plan, 'steps'>

const FIRST: readonly StepAct[] = ['tool', 'storage', 'clock', 'roll-call', 'plan-words']
const WITNESSES: readonly Role[] = ['witness', 'external-witness', 'auditor']
/** What is compared, and said, by somebody who does not operate. */
const BY_WITNESS: readonly StepAct[] = ['tool', 'clock', 'roll-call', 'plan-words', 'sign-off']

/**
 * Returns the steps of a plan in an order that lint-plan.ts accepts: what is checked before the first key, requests,
 * each certificate after its issuer, a backup before a new key signs anything else, lists, destructions, the end.
 */
export function stepsOf(plan: WithoutSteps): readonly Step[] {
  return new Writer(plan).write()
}

class Writer {
  readonly #plan: WithoutSteps
  readonly #steps: Step[] = []
  /** Keys that were made, and those of them that a backup has. */
  readonly #made = new Set<string>()
  readonly #safe = new Set<string>()
  /** Whether the vault holds something that no backup has. */
  #isUnsaved = false

  constructor(plan: WithoutSteps) {
    this.#plan = plan
  }

  write(): readonly Step[] {
    const { requests, destructions } = this.#plan
    for (const act of FIRST) this.#add(act)
    for (const { id } of requests) this.#add('request', id)
    this.#add('vault')
    this.#certificates()
    this.#lists()
    this.#responses()
    for (const { id } of destructions) this.#keyed('destroy', id)
    if (this.#isUnsaved) this.#save()
    this.#add('close')
    this.#add('sign-off')
    return this.#steps
  }

  #certificates(): void {
    const remaining = [...this.#plan.certificates]
    const signed = new Set(this.#plan.existing.map(({ id }) => id))
    const hasIssuer = ({ issuer }: PlannedCertificate): boolean => issuer === null || signed.has(issuer)
    while (remaining.length > 0) {
      const ready = remaining.findIndex((each) => hasIssuer(each) && this.#isSafe(each.issuer))
      if (ready === -1 && remaining.some(hasIssuer)) {
        this.#save()
        continue
      }
      // Certificates that wait for one another are left in their order: lint says what is wrong.
      const [next] = remaining.splice(Math.max(ready, 0), 1)
      this.#keyed('certificate', next!.id)
      this.#made.add(next!.key)
      signed.add(next!.id)
    }
  }

  #lists(): void {
    const { lists } = this.#plan
    const later = lists.filter(({ issuer }) => !this.#isSafe(issuer))
    for (const { id } of lists.filter((each) => !later.includes(each))) this.#keyed('lists', id)
    if (later.length > 0) this.#save()
    for (const { id } of later) this.#keyed('lists', id)
  }

  #responses(): void {
    const { responses } = this.#plan
    if (responses.some(({ issuer, responder }) => !this.#isSafe(responder ?? issuer))) this.#save()
    for (const { id } of responses) this.#keyed('responses', id)
  }

  /** Whether a backup has the key of an issuer: any but those made here is in one. */
  #isSafe(issuer: string | null): boolean {
    const key = this.#plan.certificates.find(({ id }) => id === issuer)?.key
    const isNew = this.#plan.keys.some(({ id }) => id === key)
    return key === undefined || !isNew || this.#safe.has(key)
  }

  #keyed(act: StepAct, on: string): void {
    this.#add(act, on)
    this.#isUnsaved = true
  }

  #save(): void {
    this.#add('backup')
    this.#add('read-back')
    for (const key of this.#made) this.#safe.add(key)
    this.#isUnsaved = false
  }

  #add(act: StepAct, on: string | null = null): void {
    const { people } = this.#plan
    const operator = having(people, ['operator'])
    const does = BY_WITNESS.includes(act) ? having(people, WITNESSES, operator) : operator
    const reads = having(people, ['administrator'])
    this.#steps.push({ id: this.#idOf(on ?? act), act, on, reads, does, note: '' })
  }

  #idOf(base: string): string {
    const taken = new Set(this.#steps.map(({ id }) => id))
    for (let n = 1; ; n += 1) {
      const end = n === 1 ? '' : `-${String(n)}`
      const id = base.slice(0, 40 - end.length) + end
      if (!taken.has(id)) return id
    }
  }
}

/** The first person with one of these roles, or whom else there is. */
const having = (people: readonly Person[], roles: readonly Role[], otherwise?: string): string =>
  people.find((each) => each.roles.some((role) => roles.includes(role)))?.id ??
  otherwise ??
  people[0]?.id ??
  'nobody'
