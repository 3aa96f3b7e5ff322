import type { Role, StepAct } from '../plan.ts'
import type { Linted } from './finding.ts'

const WITNESSES: readonly Role[] = ['witness', 'external-witness', 'auditor']

/** What only an operator does: it changes the vault, or uses a key. */
const OPERATING: readonly StepAct[] = [
  'vault',
  'certificate',
  'backup',
  'read-back',
  'lists',
  'responses',
  'destroy',
  'close',
]

/** Separate people where roles must be separate, and every key with people who hold it. */
export function lintPeople({ plan, add }: Linted): void {
  const { people, keys } = plan
  const has = (role: Role): boolean => people.some(({ roles }) => roles.includes(role))
  for (const role of ['administrator', 'operator'] as const) if (!has(role)) add('role-missing', { role })
  if (!WITNESSES.some(has)) add('no-witness', null)
  for (const { id, roles } of people)
    if (roles.includes('operator') && roles.some((role) => WITNESSES.includes(role)))
      add('operator-is-witness', { person: id })
  for (const { id, holders } of keys) {
    if (holders.length === 0) add('holders-missing', { key: id })
    for (const person of holders)
      if (!people.some((each) => each.id === person && each.roles.includes('holder')))
        add('holder-without-role', { key: id, person })
  }
  const [first] = keys[0]?.holders ?? []
  if (first !== undefined && keys.every(({ holders }) => holders.length === 1 && holders[0] === first))
    add('one-holds-all', { person: first })
}

/** Who acts in a step may do so, and is not the one who reads it. */
export function lintActing({ plan, add }: Linted): void {
  const rolesOf = (person: string): readonly Role[] =>
    plan.people.find(({ id }) => id === person)?.roles ?? []
  plan.steps.forEach(({ act, reads, does }, index) => {
    if (!OPERATING.includes(act)) return
    const roles = rolesOf(does)
    if (roles.some((role) => WITNESSES.includes(role))) add('witness-acts', { person: does, act }, index)
    else if (!roles.includes('operator')) add('not-operator', { person: does, act }, index)
    if (reads === does) add('reads-and-acts', { person: does, act }, index)
  })
}
