import { authoritiesOf, type Authority } from '../authorities.ts'
import type { Plan, Step } from '../plan.ts'
import { KEYED_ACTS, firstStep, type Linted } from './finding.ts'

/** What signs in a step, by its id, and what is signed. */
interface Signing {
  readonly index: number
  readonly on: string
  /** Null: it signs itself. */
  readonly issuer: string | null
}

function signingsOf({ steps, certificates, lists, responses }: Plan): Signing[] {
  return steps.flatMap(({ act, on }: Step, index) => {
    const answers = act === 'responses' ? responses.find(({ id }) => id === on) : undefined
    if (answers) return [{ index, on: answers.id, issuer: answers.responder ?? answers.issuer }]
    const those = act === 'certificate' ? certificates : act === 'lists' ? lists : []
    const found = those.find(({ id }) => id === on)
    return found ? [{ index, on: found.id, issuer: found.issuer }] : []
  })
}

/** Nothing is signed before what it needs. */
export function lintOrder({ plan, add }: Linted): void {
  const { certificates, requests, responses, destructions } = plan
  const done = (act: Step['act'], on: string): number =>
    firstStep(plan, (step) => step.act === act && step.on === on)
  for (const { index, on, issuer } of signingsOf(plan)) {
    const isPlanned = certificates.some(({ id }) => id === issuer)
    if (issuer !== null && isPlanned && done('certificate', issuer) > index)
      add('issuer-later', { on, issuer }, index)
    const about = responses.find(({ id }) => id === on)?.certificates ?? []
    for (const each of about)
      if (certificates.some(({ id }) => id === each) && done('certificate', each) > index)
        add('responses-before', { on, about: each }, index)
    const key = certificates.find(({ id }) => id === on)?.key
    const request = requests.find(({ id }) => id === key)
    if (request && done('request', request.id) > index)
      add('request-later', { on, request: request.id }, index)
    const gone = destructions.some(({ id, authority }) => authority === issuer && done('destroy', id) < index)
    if (issuer !== null && gone) add('signs-destroyed', { on, issuer }, index)
  }
}

/**
 * A key signs nothing but its own certificate before a backup that has it left the machine and was read back: what only
 * this machine could sign again would be lost with it.
 */
export function lintBackups({ plan, add }: Linted): void {
  const authorities = authoritiesOf(plan)
  const { steps } = plan
  let saved = -1
  steps.forEach(({ act }, index) => {
    if (act === 'backup') saved = index
    if (act === 'read-back' && saved === -1) add('read-back-without-backup', null, index)
  })
  const changed = steps.findLastIndex(({ act }) => KEYED_ACTS.includes(act) && act !== 'backup')
  if (changed > steps.findLastIndex(({ act }) => act === 'backup')) add('unsaved-at-end', null, changed)
  for (const { id: key } of plan.keys) {
    const made = madeIn(plan, key)
    if (made === steps.length) continue
    const safe = safeFrom(plan, made)
    if (safe === steps.length && !isDestroyed(plan, authorities, key)) add('never-backed-up', { key }, made)
    for (const { index, on, issuer } of signingsOf(plan)) {
      const by = issuer === null ? null : (authorities.get(issuer)?.signsBy ?? null)
      if (by === key && index < safe) add('signs-before-backup', { key, on }, index)
    }
  }
}

/** The step in which a key is made: that of its first certificate. */
const madeIn = (plan: Plan, key: string): number =>
  firstStep(
    plan,
    ({ act, on }) =>
      act === 'certificate' && plan.certificates.some((each) => each.id === on && each.key === key),
  )

/** The step by which a backup made after this one was read back. */
function safeFrom({ steps }: Plan, made: number): number {
  const backup = steps.findIndex(({ act }, index) => act === 'backup' && index > made)
  const readBack = steps.findIndex(({ act }, index) => act === 'read-back' && index > backup)
  return backup === -1 || readBack === -1 ? steps.length : readBack
}

const isDestroyed = (plan: Plan, authorities: ReadonlyMap<string, Authority>, key: string): boolean =>
  plan.destructions.some(({ authority }) => authorities.get(authority)?.signsBy === key)
