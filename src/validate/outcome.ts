import type { Finding } from '../findings.ts'
import type { StatusSource } from './revocation/statement.ts'

/** What a step says: JSON-able, the value that mattered. */
export type Detail =
  string | number | boolean | null | Date | readonly Detail[] | { readonly [key: string]: Detail }

export interface Outcome {
  readonly outcome: 'held' | 'failed' | 'not-applicable' | 'unchecked'
  readonly detail: Detail
  readonly findings: readonly Finding[]
  /** Lists and responses that were looked at for it; faults of theirs stand there. */
  readonly sources?: readonly StatusSource[]
}

const NONE: readonly Finding[] = []

/** The two outcomes that say nothing more. */
export const HELD: Outcome = { outcome: 'held', detail: null, findings: NONE }
export const NOT_APPLICABLE: Outcome = { outcome: 'not-applicable', detail: null, findings: NONE }

/** The rule was applied and is met; findings that come along are notes. */
export const held = (detail: Detail = null, ...findings: Finding[]): Outcome =>
  detail === null && findings.length === 0 ? HELD : { outcome: 'held', detail, findings }

/** The rule was applied and is broken. */
export const failed = (detail: Detail, ...findings: Finding[]): Outcome => ({
  outcome: 'failed',
  detail,
  findings,
})

/** There was nothing to apply the rule to. */
export const notApplicable = (detail: Detail = null): Outcome =>
  detail === null ? NOT_APPLICABLE : { outcome: 'not-applicable', detail, findings: NONE }

/** The rule applies and cannot be decided here. */
export const unchecked = (detail: Detail, ...findings: Finding[]): Outcome => ({
  outcome: 'unchecked',
  detail,
  findings,
})

/** Held if nothing was found, else failed. */
export const judged = (detail: Detail, findings: readonly Finding[]): Outcome =>
  findings.length === 0 ? held(detail) : { outcome: 'failed', detail, findings }
