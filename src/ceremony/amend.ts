/** A plan changed in what its author adds to it by hand. */
import { readPlan, writePlan } from './plan-file.ts'
import type { PlanFault } from './plan-file/fault.ts'

export interface Amendments {
  /** The note of each step that is named (ids), as typed. */
  readonly notes: Readonly<Record<string, string>>
  /** Who holds each key that is named: people (ids). */
  readonly holders: Readonly<Record<string, readonly string[]>>
  /** All of them, as typed. */
  readonly accepted: readonly {
    readonly code: string
    readonly on: string
    readonly reason: string
    readonly by: string
  }[]
}

export type AmendedPlan = { readonly file: Uint8Array } | { readonly faults: readonly PlanFault[] }

/** Returns the file of the changed plan, or what is wrong with it. */
export function amendPlan(octets: Uint8Array, { notes, holders, accepted: typed }: Amendments): AmendedPlan {
  const read = readPlan(octets)
  if ('faults' in read) return read
  const { plan } = read
  const accepted = typed.map(({ code, on, reason, by }) => ({
    code: code.trim(),
    on,
    reason: reason.trim(),
    by,
  }))
  const file = writePlan({
    ...plan,
    // What is no code of a finding is a fault of the file that is written.
    accepted: accepted as unknown as typeof plan.accepted,
    keys: plan.keys.map((key) => ({ ...key, holders: own(holders, key.id) ?? key.holders })),
    steps: plan.steps.map((step) => ({ ...step, note: own(notes, step.id)?.trim() ?? step.note })),
  })
  const again = readPlan(file)
  return 'faults' in again ? again : { file }
}

const own = <T>(values: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(values, id) ? values[id] : undefined
