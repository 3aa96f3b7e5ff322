import type { Actor } from '../border/views.ts'

/** Who acts, as typed, and a remark for the next entry of the journal. */
export class Operator {
  who = $state('')
  remark = $state('')
  /** Set by the operator after reading the clock, when it is behind the last journal entry. */
  clockConfirmed = $state(false)

  /** The actor of an act that starts now. */
  actor(): Actor {
    const remark = this.remark.trim()
    return {
      who: this.who.trim(),
      ...(remark ? { remark } : {}),
      ...(this.clockConfirmed ? { clockConfirmed: true } : {}),
    }
  }

  /** The remark belongs to one act only. */
  acted(): void {
    this.remark = ''
  }
}
