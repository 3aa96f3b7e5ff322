/** What can be wrong with the file of a plan. */
import type { FieldReason } from '../../errors.ts'
import * as fault from '../../strict-json/fault.ts'
import type { StepAct } from '../plan.ts'

export const FAMILY = 'plan' as const

export type Counted =
  | 'people'
  | 'materials'
  | 'roles'
  | 'holders'
  | 'existing'
  | 'keys'
  | 'requests'
  | 'certificates'
  | 'lists'
  | 'responses'
  | 'destructions'
  | 'accepted'
  | 'steps'
  | 'rules'
  | 'attributes'
  | 'names'
  | 'values'
  | 'revoked'
  | 'hashes'

/** What an id can be of. */
export type Referred =
  'people' | 'existing' | 'keys' | 'requests' | 'certificates' | 'lists' | 'responses' | 'destructions'

/** What is wrong with these files alone: code → detail. The codes never change. */
export interface OwnFaults {
  'plan-id': { text: string }
  'plan-id-twice': { id: string }
  'plan-reference': { id: string; to: readonly Referred[] }
  /** Certificates that issue one another. */
  'plan-circle': { id: string }
  /** What this act is done to; null: to nothing. */
  'plan-step-on': { act: StepAct; to: readonly Referred[] | null }
  'plan-blank': null
  'plan-unseen': { character: string }
  'plan-hash': { text: string }
  'plan-serial': { text: string }
  'plan-decimal': { text: string; digits: number }
  'plan-twice': { text: string }
  'plan-finding': { text: string }
  /** A name or the value of an extension that no certificate can have. */
  'plan-field': { text: string; reason: FieldReason }
}

/** Why a plan is not read: code → detail. */
export type PlanFaults = fault.FaultTable<typeof FAMILY, Counted, OwnFaults>
export type PlanFault = fault.Fault<PlanFaults>

/** Collects what is wrong with a plan. */
export type Faults = fault.Faults<typeof FAMILY, Counted, OwnFaults>

/** Begins to collect. */
export const newFaults = (): Faults => fault.newFaults(FAMILY)
