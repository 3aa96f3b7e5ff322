import type { Finding } from '../findings.ts'
import type { StatusSource } from './revocation/statement.ts'

/** A detail reported by a step, JSON-able: the value that decided. */
export type Detail =
  string | number | boolean | null | Date | readonly Detail[] | { readonly [key: string]: Detail }

export interface Outcome {
  readonly outcome: 'held' | 'failed' | 'not-applicable' | 'unchecked'
  readonly detail: Detail
  readonly findings: readonly Finding[]
  /** CRLs and responses that were consulted; their own faults are reported there. */
  readonly sources?: readonly StatusSource[]
}

const NONE: readonly Finding[] = []

/** The two outcomes without any detail. */
export const HELD: Outcome = { outcome: 'held', detail: null, findings: NONE }
export const NOT_APPLICABLE: Outcome = { outcome: 'not-applicable', detail: null, findings: NONE }

/** The rule applies and is met; accompanying findings are notes. */
export const held = (detail: Detail = null, ...findings: Finding[]): Outcome =>
  detail === null && findings.length === 0 ? HELD : { outcome: 'held', detail, findings }

/** The rule applies and is broken. */
export const failed = (detail: Detail, ...findings: Finding[]): Outcome => ({
  outcome: 'failed',
  detail,
  findings,
})

/** The rule does not apply. */
export const notApplicable = (detail: Detail = null): Outcome =>
  detail === null ? NOT_APPLICABLE : { outcome: 'not-applicable', detail, findings: NONE }

/** The rule applies but cannot be decided here. */
export const unchecked = (detail: Detail, ...findings: Finding[]): Outcome => ({
  outcome: 'unchecked',
  detail,
  findings,
})

/** Held if there are no findings, else failed. */
export const decided = (detail: Detail, findings: readonly Finding[]): Outcome =>
  findings.length === 0 ? held(detail) : { outcome: 'failed', detail, findings }
