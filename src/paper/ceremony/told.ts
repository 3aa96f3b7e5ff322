/** What a plan and the lines of its transcript say, in the order and form in which paper has it. */
import type { CeremonyView } from '../../border/protocol/ceremony.ts'
import type { CeremonyKind } from '../../ceremony/events.ts'
import {
  SIGNING_ACTS,
  type Person,
  type Plan,
  type PlannedCertificate,
  type Role,
  type Step,
} from '../../ceremony/plan.ts'
import type { LineValue, TranscriptLine } from '../../ceremony/transcript.ts'
import { messages, type Messages } from '../../messages/messages.ts'

export type SheetWords = Awaited<ReturnType<Messages['packs']['ceremony']>>['sheets']

/** What all sheets of one ceremony are made from. `view`: null before it. */
export interface Told {
  readonly words: SheetWords
  readonly plan: Plan
  readonly planSha256: string
  readonly kind: CeremonyKind
  readonly view: CeremonyView | null
  /** SHA-256 (hex) of the certificates of CAs that exist already, by their ids. */
  readonly existing: ReadonlyMap<string, string>
}

export const linesOf = ({ view }: Told, event: string): readonly TranscriptLine[] =>
  (view?.lines ?? []).filter((line) => line.event === event)

/** The line that ended a step. */
export const endOf = (told: Told, step: string): TranscriptLine | null =>
  linesOf(told, 'ended').findLast((line) => line.step === step) ?? null

/** When a step was begun for the last time. */
export const beginOf = (told: Told, step: string): Date | null =>
  linesOf(told, 'began').findLast((line) => line.step === step)?.at ?? null

/** A value of a line as text; empty if it has none. */
export const textOf = (line: TranscriptLine | null, name: string): string => {
  const value = line?.more[name] ?? null
  return value === null || Array.isArray(value) ? '' : String(value)
}

/** A list in a line; empty if it has none. */
export const listOf = (line: TranscriptLine | null, name: string): readonly string[] => {
  const value: LineValue | undefined = line?.more[name]
  return Array.isArray(value) ? value.map(String) : []
}

export const numberOf = (line: TranscriptLine | null, name: string): number => {
  const value = line?.more[name]
  return typeof value === 'number' ? value : 0
}

/** The name of a person (id); what is written if the plan has none. */
export const personName = ({ plan, words }: Told, id: string): string =>
  id === '' ? words.page : (plan.people.find((person) => person.id === id)?.name ?? `${id} ${words.nobody}`)

export const rolesOf = ({ words }: Told, roles: readonly Role[]): string =>
  messages().format.series(roles.map((role) => words.roles[role]))

/** The first step that does this to that. */
export const stepOn = ({ plan }: Told, act: Step['act'], on: string): Step | undefined =>
  plan.steps.find((step) => step.act === act && step.on === on)

/** Steps have the number that they have in the plan. */
export const stepLabel = ({ plan }: Told, id: string): string => {
  const at = plan.steps.findIndex((step) => step.id === id)
  return at < 0 ? id : `${messages().format.number(at + 1)} ${id}`
}

/** The common name of a planned certificate, or its id. */
export const certificateName = ({ id, subject }: PlannedCertificate): string =>
  subject.findLast(({ type }) => type === 'commonName')?.value ?? id

/** The first step that makes a key of the plan, and the first that signs: null if there is none. */
export function pointsOfNoReturn({ plan }: Told): { key: string | null; signature: string | null } {
  const keyOf = (on: string | null): string | undefined => plan.certificates.find(({ id }) => id === on)?.key
  const key = plan.steps.find(
    ({ act, on }) => act === 'certificate' && plan.keys.some(({ id }) => id === keyOf(on)),
  )
  const signature = plan.steps.find(({ act }) => SIGNING_ACTS.includes(act))
  return { key: key?.id ?? null, signature: signature?.id ?? null }
}

/** Numbers of the exceptions of a step, as written on the sheet. */
export const exceptionsOf = (told: Told, step: string): string[] =>
  linesOf(told, 'exception')
    .filter((line) => line.step === step)
    .map((line) => messages().format.number(numberOf(line, 'number')))

/** What was found when a step was done, a sentence a line; empty if it is not known. */
export function foundIn(told: Told, { act, id }: Step): string[] {
  const line = endOf(told, id)
  if (!line) return []
  const { found } = told.words
  const names = (ids: readonly string[]): string[] => ids.map((each) => personName(told, each))
  switch (act) {
    case 'tool':
      return [found.tool(textOf(line, 'how'))]
    case 'storage': {
      const { persisted } = line.more
      return [found.storage(typeof persisted === 'boolean' ? persisted : null)]
    }
    case 'clock':
      return [found.clock(textOf(line, 'elsewhere'), numberOf(line, 'ahead'))]
    case 'roll-call':
      return [found['roll-call'](names(listOf(line, 'present')))]
    case 'vault':
      return [found.vault(textOf(line, 'opened'))]
    case 'certificate':
      return [
        `${found.sha256} ${textOf(line, 'sha256')}`,
        `${found.serial} ${textOf(line, 'serial')}`,
        found.reread(textOf(line, 'reread')),
      ]
    case 'request':
      return [
        `${found.sha256} ${textOf(line, 'sha256')}`,
        found.request(personName(told, textOf(line, 'readBy'))),
      ]
    case 'backup':
      return [`${found.sha256} ${textOf(line, 'sha256')}`, found.backup(numberOf(line, 'octets'))]
    case 'read-back':
      return [found['read-back'](numberOf(line, 'records'))]
    case 'lists':
      return [found.lists(listOf(line, 'objects').length), found.reread(textOf(line, 'reread'))]
    case 'responses':
      return [found.responses(listOf(line, 'objects').length), found.reread(textOf(line, 'reread'))]
    case 'sign-off':
      return [found['sign-off'](listOf(line, 'agree').length, listOf(line, 'disagree').length)]
    case 'plan-words':
    case 'destroy':
    case 'close':
      return [found[act]]
  }
}

/** Where one person has two roles that should be separate, or a role has nobody; empty if all is as it should be. */
export function separationFaults({ plan, words }: Told): string[] {
  const has = ({ roles }: Person, ...any: Role[]): boolean => roles.some((role) => any.includes(role))
  const { separation } = words
  const both = plan.people.filter(
    (person) =>
      (has(person, 'operator') && has(person, 'administrator')) ||
      (has(person, 'witness', 'external-witness', 'auditor') && has(person, 'operator', 'administrator')),
  )
  const alone = plan.steps.filter(({ reads, does }) => reads === does).map(({ id }) => id)
  return [
    ...both.map(({ name, roles }) =>
      separation.both(
        name,
        roles.map((role) => words.roles[role]),
      ),
    ),
    ...(plan.people.some((person) => has(person, 'external-witness', 'auditor'))
      ? []
      : [separation.noOutside]),
    ...(plan.people.some((person) => has(person, 'witness', 'external-witness', 'auditor'))
      ? []
      : [separation.noWitness]),
    ...(alone.length > 0 ? [separation.alone(alone)] : []),
  ]
}

/** Breaks of the room, each with its end if it has one. */
export function breaksOf({ view }: Told): { from: Date; to: Date | null; text: string }[] {
  const breaks: { from: Date; to: Date | null; text: string }[] = []
  for (const line of view?.lines ?? []) {
    const last = breaks.at(-1)
    if (line.event === 'break') breaks.push({ from: line.at, to: null, text: textOf(line, 'text') })
    if (line.event === 'resumed' && last) last.to = line.at
  }
  return breaks
}
