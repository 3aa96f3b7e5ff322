import type { Actor } from '../border/views.ts'

/** The acting person's name, as typed, and a remark for the next journal entry. */
export class Operator {
  who = $state('')
  remark = $state('')
  /** Set by the operator after reading the clock, when it is behind the last journal entry. */
  clockConfirmed = $state(false)

  /** Returns the actor of an operation that starts now. */
  actor(): Actor {
    const remark = this.remark.trim()
    return {
      who: this.who.trim(),
      ...(remark ? { remark } : {}),
      ...(this.clockConfirmed ? { clockConfirmed: true } : {}),
    }
  }

  /** The remark belongs to one operation only. */
  acted(): void {
    this.remark = ''
  }
}
