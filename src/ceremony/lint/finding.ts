/** What is wrong with a plan that can be read: the order of its steps, its people, its dates. The words are in messages/. */
import type { FindingCode } from '../../findings.ts'
import type { SignatureAlgorithmId } from '../../webcrypto/algorithms.ts'
import type { KeyUsageBit } from '../../x509/extensions/key-usage.ts'
import type { Plan, PlannedProfile, Role, Step, StepAct } from '../plan.ts'

/** What a step names by its id. */
export type Kind = 'certificate' | 'request' | 'lists' | 'responses' | 'destruction'

/** Code → detail. The codes never change. `person`, `key`, `issuer`, `on` and `other` are ids. */
export interface PlanFindings {
  'role-missing': { role: Role }
  'no-witness': null
  'operator-is-witness': { person: string }
  'witness-acts': { person: string; act: StepAct }
  'not-operator': { person: string; act: StepAct }
  'reads-and-acts': { person: string; act: StepAct }
  'holders-missing': { key: string }
  'holder-without-role': { key: string; person: string }
  'one-holds-all': { person: string }

  'window-empty': null
  'window-past': { to: Date }
  'window-long': { days: number; limit: number }

  'not-in-steps': { kind: Kind; on: string }
  'twice-in-steps': { kind: Kind; on: string; first: number }
  'key-unused': { key: string }
  'request-unused': { on: string }
  'authority-unused': { on: string }
  'act-missing': { act: StepAct }
  'act-late': { act: StepAct; before: number }
  'vault-closed': { act: StepAct }
  'never-closed': null
  'sign-off-not-last': null

  'issuer-later': { on: string; issuer: string }
  'request-later': { on: string; request: string }
  'signs-before-backup': { key: string; on: string }
  'never-backed-up': { key: string }
  'read-back-without-backup': null
  'unsaved-at-end': null
  'signs-destroyed': { on: string; issuer: string }

  'dates-empty': { on: string }
  'outside-issuer': { on: string; issuer: string; end: 'notBefore' | 'notAfter' }
  'not-before-outside-window': { on: string }
  'signature-mismatch': { on: string; signature: SignatureAlgorithmId; issuer: string }
  'path-length': { on: string; issuer: string; pathLen: number }
  'usage-missing': { issuer: string; bit: KeyUsageBit }
  'profile-issuer': { on: string; profile: PlannedProfile }
  'self-signed-key': { on: string; key: string }
  'issuer-elsewhere': { on: string; issuer: string }
  'subject-differs': { on: string; other: string }
  'subject-shared': { on: string; other: string }
  'existing-not-ca': { on: string }
  'existing-not-valid': { on: string }

  'lists-gap': { on: string; former: string; days: number }
  'lists-numbers': { on: string; former: string }
  'lists-no-overlap': { on: string }
  'lists-beyond': { on: string; issuer: string; fit: number; count: number }
  'lists-before-issuer': { on: string; issuer: string }
  'authority-without-lists': { on: string }

  'responses-of-other': { on: string; about: string; issuer: string }
  'responses-before': { on: string; about: string }
  'responses-beyond': { on: string; signer: string; fit: number; count: number }
  'responses-before-signer': { on: string; signer: string }
  'responses-no-overlap': { on: string }
  'responses-too-many': { on: string; count: number; limit: number }
  'responder-unfit': { on: string; responder: string; issuer: string }
  'responder-issues': { on: string; issuer: string }
  'responder-path-length': { on: string }

  'accepted-other-kind': { code: FindingCode; on: string }
  'accepted-twice': { code: FindingCode; on: string }
}

export type PlanFindingCode = keyof PlanFindings

/** An error: the ceremony does not run by this plan. */
export const PLAN_SEVERITIES: Readonly<Record<PlanFindingCode, 'error' | 'warning'>> = {
  'role-missing': 'error',
  'no-witness': 'error',
  'operator-is-witness': 'error',
  'witness-acts': 'error',
  'not-operator': 'warning',
  'reads-and-acts': 'warning',
  'holders-missing': 'error',
  'holder-without-role': 'warning',
  'one-holds-all': 'warning',

  'window-empty': 'error',
  'window-past': 'error',
  'window-long': 'warning',

  'not-in-steps': 'error',
  'twice-in-steps': 'error',
  'key-unused': 'error',
  'request-unused': 'warning',
  'authority-unused': 'warning',
  'act-missing': 'error',
  'act-late': 'error',
  'vault-closed': 'error',
  'never-closed': 'error',
  'sign-off-not-last': 'error',

  'issuer-later': 'error',
  'request-later': 'error',
  'signs-before-backup': 'error',
  'never-backed-up': 'error',
  'read-back-without-backup': 'error',
  'unsaved-at-end': 'warning',
  'signs-destroyed': 'error',

  'dates-empty': 'error',
  'outside-issuer': 'error',
  'not-before-outside-window': 'warning',
  'signature-mismatch': 'error',
  'path-length': 'error',
  'usage-missing': 'error',
  'profile-issuer': 'error',
  'self-signed-key': 'error',
  'issuer-elsewhere': 'error',
  'subject-differs': 'error',
  'subject-shared': 'warning',
  'existing-not-ca': 'error',
  'existing-not-valid': 'error',

  'lists-gap': 'error',
  'lists-numbers': 'error',
  'lists-no-overlap': 'warning',
  'lists-beyond': 'error',
  'lists-before-issuer': 'error',
  'authority-without-lists': 'warning',

  'responses-of-other': 'error',
  'responses-before': 'error',
  'responses-beyond': 'error',
  'responses-before-signer': 'error',
  'responses-no-overlap': 'warning',
  'responses-too-many': 'error',
  'responder-unfit': 'error',
  'responder-issues': 'error',
  'responder-path-length': 'error',

  'accepted-other-kind': 'warning',
  'accepted-twice': 'warning',
}

type Coded = {
  [C in PlanFindingCode]: { readonly code: C; readonly detail: PlanFindings[C] }
}[PlanFindingCode]

/** One code with its detail, and the step that it is about: its id, and its number from 1. */
export type PlanFinding = Coded & {
  readonly severity: 'error' | 'warning'
  readonly step: { readonly id: string; readonly number: number } | null
}

/** What a group of rules is given. */
export interface Linted {
  readonly plan: Plan
  /** Notes a finding; `step` is the index of the step that it is about. */
  readonly add: <C extends PlanFindingCode>(code: C, detail: PlanFindings[C], step?: number) => void
}

/** Acts for which a key is used, or the vault changed. */
export const KEYED_ACTS: readonly StepAct[] = ['certificate', 'lists', 'responses', 'destroy', 'backup']

/** Returns the index of the first step that is so; the number of steps if there is none. */
export function firstStep(plan: Plan, is: (step: Step) => boolean): number {
  const index = plan.steps.findIndex(is)
  return index === -1 ? plan.steps.length : index
}
