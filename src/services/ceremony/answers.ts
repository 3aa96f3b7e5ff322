/** What people say at the end of a step, held against the plan. */
import type { CeremonyEvents, Said } from '../../ceremony/events.ts'
import type { Plan } from '../../ceremony/plan.ts'
import { CodedError } from '../../errors.ts'
import { seen } from '../../plain-text.ts'
import { SECOND } from '../../time.ts'
import type { StepAnswer } from '../../border/protocol/ceremony.ts'
import { PLAN_FILE, type CeremonyRun } from './run.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

/** A clock that is further off than this is set first: dates in certificates come from the plan, but lines do not. */
const CLOCK_LIMIT = 300

/** Longer reasons belong on paper. */
const LONGEST_REASON = 500
const LONGEST_TEXT = 2000

/**
 * Returns what the line says. Rejects with 'ceremony-other', 'ceremony-private-window', 'ceremony-clock', 'ceremony-window',
 * 'ceremony-absent', 'ceremony-unanswered' or 'ceremony-person'.
 */
export async function saidBy(
  run: CeremonyRun,
  answer: Exclude<StepAnswer, { act: 'request' }>,
  now: number,
): Promise<CeremonyEvents['ended']> {
  const { plan } = run
  switch (answer.act) {
    case 'tool':
      requireSame('tool', plan.tool, answer.sha256.trim().toLowerCase())
      return { sha256: plan.tool, how: answer.how === 'witness' ? 'witness' : 'typed' } satisfies Said['tool']
    case 'storage':
      if ((answer.notPrivate as unknown) !== true) throw new CodedError('ceremony-private-window', null)
      return { persisted: answer.persisted, notPrivate: true } satisfies Said['storage']
    case 'clock':
      return clockSaid(run, answer.elsewhere, now)
    case 'plan-words': {
      const sha256 = await sha256Hex((await run.store.file(PLAN_FILE)) ?? new Uint8Array(0))
      requireSame('plan', sha256, answer.sha256)
      return { sha256 } satisfies Said['plan-words']
    }
    case 'roll-call':
      return { present: [...presentOf(plan, answer.present)] } satisfies Said['roll-call']
    case 'sign-off':
      return signOffSaid(run, answer)
  }
}

/** What somebody has typed, as a line keeps it: cut, and with the name of each character that nobody would see. */
export const typedText = (text: string, limit = LONGEST_TEXT): string =>
  seen(text.trim().slice(0, limit).replaceAll('\n', ' ')).slice(0, limit)

/** Throws 'ceremony-other'. */
export function requireSame(
  what: 'tool' | 'plan' | 'request' | 'backup',
  expected: string,
  found: string,
): void {
  if (expected !== found)
    throw new CodedError('ceremony-other', { what, expected, found: found.slice(0, 200) })
}

/** Throws 'ceremony-person' unless the plan has somebody of this id. */
export function requirePerson({ people }: Pick<Plan, 'people'>, id: string): void {
  if (!people.some((person) => person.id === id))
    throw new CodedError('ceremony-person', { id: id.slice(0, 60) })
}

/** Throws 'ceremony-reason' unless something is said. */
export function requireReason(text: string): void {
  if (typedText(text).trim() === '') throw new CodedError('ceremony-reason', null)
}

function clockSaid({ plan, kind }: CeremonyRun, typed: string, now: number): Said['clock'] {
  const elsewhere = new Date(typed)
  const ahead = Math.round((now - elsewhere.getTime()) / SECOND)
  if (!(Math.abs(ahead) <= CLOCK_LIMIT)) throw new CodedError('ceremony-clock', { ahead, limit: CLOCK_LIMIT })
  const { from, to } = plan.window
  // It is rehearsed on another day.
  if (kind === 'live' && (now < from.getTime() || now > to.getTime()))
    throw new CodedError('ceremony-window', { now: new Date(now), from, to })
  return { elsewhere: elsewhere.toISOString(), ahead }
}

/** Everybody whom a step names must be here, and somebody for each role. */
function presentOf({ people, steps }: Plan, present: readonly string[]): readonly string[] {
  for (const id of present) requirePerson({ people }, id)
  const here = people.filter(({ id }) => present.includes(id))
  const named = new Set(steps.flatMap(({ reads, does }) => [reads, does]))
  const roles = new Set(here.flatMap((person) => person.roles))
  const missing = people.filter(
    ({ id, roles: all }) => !present.includes(id) && (named.has(id) || all.some((role) => !roles.has(role))),
  )
  if (missing.length > 0) throw new CodedError('ceremony-absent', { names: missing.map(({ name }) => name) })
  return here.map(({ id }) => id)
}

function signOffSaid(
  run: CeremonyRun,
  { agree, disagree, reasons }: Pick<Said['sign-off'], 'agree' | 'disagree' | 'reasons'>,
): Said['sign-off'] {
  const { plan } = run
  const rollCall = plan.steps.find(({ act }) => act === 'roll-call')
  const here = rollCall ? run.said(rollCall.id, 'present') : null
  const asked = Array.isArray(here) ? here.map(String) : plan.people.map(({ id }) => id)
  for (const id of [...agree, ...disagree]) requirePerson(plan, id)
  const silent = plan.people.filter(
    ({ id }) => asked.includes(id) && agree.includes(id) === disagree.includes(id),
  )
  const isReasoned = reasons.length === disagree.length && reasons.every((text) => text.trim() !== '')
  if (silent.length > 0 || !isReasoned)
    throw new CodedError('ceremony-unanswered', { names: silent.map(({ name }) => name) })
  return {
    agree: [...agree],
    disagree: [...disagree],
    reasons: reasons.map((text) => typedText(text, LONGEST_REASON)),
  }
}
