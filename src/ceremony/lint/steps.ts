import type { Plan, StepAct } from '../plan.ts'
import { KEYED_ACTS, firstStep, type Kind, type Linted } from './finding.ts'

/** What is done before the vault is opened, so before the first key. */
const BEFORE_KEYS = ['tool', 'storage', 'clock', 'roll-call', 'plan-words'] as const
const KINDS: readonly (readonly [kind: Kind, act: StepAct, of: (plan: Plan) => readonly { id: string }[]])[] =
  [
    ['certificate', 'certificate', ({ certificates }) => certificates],
    ['request', 'request', ({ requests }) => requests],
    ['lists', 'lists', ({ lists }) => lists],
    ['responses', 'responses', ({ responses }) => responses],
    ['destruction', 'destroy', ({ destructions }) => destructions],
  ]

/** Everything that is planned is in exactly one step. */
export function lintCover({ plan, add }: Linted): void {
  const { steps, keys, certificates, lists, responses, destructions, requests, existing } = plan
  for (const [kind, act, of] of KINDS)
    for (const { id: on } of of(plan)) {
      const first = firstStep(plan, (step) => step.act === act && step.on === on)
      if (first === steps.length) add('not-in-steps', { kind, on })
      steps.forEach((step, index) => {
        if (step.act === act && step.on === on && index > first)
          add('twice-in-steps', { kind, on, first: first + 1 }, index)
      })
    }
  const certified = new Set(certificates.map(({ key }) => key))
  for (const { id: key } of keys) if (!certified.has(key)) add('key-unused', { key })
  for (const { id: on } of requests) if (!certified.has(on)) add('request-unused', { on })
  const named = new Set<string | null>([
    ...certified,
    ...[...certificates, ...lists, ...responses].map(({ issuer }) => issuer),
    ...responses.flatMap((each) => each.certificates),
    ...destructions.map(({ authority }) => authority),
  ])
  for (const { id: on } of existing) if (!named.has(on)) add('authority-unused', { on })
}

/** What must be done before the first key, and after the last. */
export function lintFrame({ plan, add }: Linted): void {
  const { steps } = plan
  const opened = firstStep(plan, ({ act }) => act === 'vault' || KEYED_ACTS.includes(act))
  for (const act of BEFORE_KEYS) {
    const index = firstStep(plan, (step) => step.act === act)
    if (index === steps.length) add('act-missing', { act })
    else if (index > opened) add('act-late', { act, before: opened + 1 }, index)
  }
  if (!steps.some(({ act }) => act === 'sign-off')) add('act-missing', { act: 'sign-off' })
  const isLast = steps.at(-1)?.act === 'sign-off'
  const signedOff = firstStep(plan, ({ act }) => act === 'sign-off')
  if (signedOff < steps.length && !isLast) add('sign-off-not-last', null, signedOff)
}

/** Keys are used while the vault is open, and it is closed at the end. */
export function lintVault({ plan, add }: Linted): void {
  const { steps } = plan
  let isOpen = false
  let last = -1
  if (!steps.some(({ act }) => act === 'vault')) add('act-missing', { act: 'vault' })
  steps.forEach(({ act }, index) => {
    if (act === 'vault') isOpen = true
    if (act === 'close') isOpen = false
    if (!KEYED_ACTS.includes(act) && act !== 'vault') return
    if (!isOpen) add('vault-closed', { act }, index)
    last = index
  })
  const isClosed = steps.some(({ act }, index) => act === 'close' && index > last)
  if (last >= 0 && !isClosed) add('never-closed', null, last)
}
