import type { CeremonyView } from '../../../src/border/protocol/ceremony.ts'
import type { CeremonyKind, CeremonyEvents, Said } from '../../../src/ceremony/events.ts'
import type { Plan, Step } from '../../../src/ceremony/plan.ts'
import { standingOf } from '../../../src/ceremony/standing.ts'
import { appendLine, NO_LINES, readTranscript, type LineValue } from '../../../src/ceremony/transcript.ts'
import { utf8 } from '../../../src/octets.ts'
import { SECOND } from '../../../src/time.ts'

/** What happens beside the steps. */
export interface Happened {
  /** The step that is begun and not ended: it signs, and then the ceremony is aborted. */
  readonly abortIn?: string
  /** Typed by somebody. */
  readonly text?: string
  /** An exception and a break after this step. */
  readonly exceptionAfter?: string
}

type More = Readonly<Record<string, LineValue>>

export const HEX = '0123456789abcdef'.repeat(4)
/** A hash (hex) that is another one for every name. */
export const hashFor = (name: string): string =>
  Array.from({ length: 32 }, (_, i) =>
    ((name.charCodeAt(i % name.length) * (i + 7)) % 256).toString(16).padStart(2, '0'),
  ).join('')

/** A ceremony as the page sees it at its end, with a line for everything that was done, made without a worker. */
export async function viewAfter(
  plan: Plan,
  kind: CeremonyKind,
  { abortIn, exceptionAfter, text = 'The printer had no paper.\nIt was filled.' }: Happened = {},
): Promise<CeremonyView> {
  let at = plan.window.from.getTime() + 9 * 3_600 * SECOND
  let head = NO_LINES
  const texts: string[] = []
  const add = async (event: keyof CeremonyEvents | 'witness', more: More, step = ''): Promise<void> => {
    at += 47 * SECOND
    const line = await appendLine(head, { at: new Date(at), kind, step, event, more })
    head = line.head
    texts.push(`${line.text}\n`)
  }
  const witness = (key: string): Promise<void> =>
    add('witness', { person: 'wim', name: 'Wim Witness', key: hashFor(key) })
  await add('open', {
    ...{
      plan: HEX,
      sealed: kind === 'live' ? hashFor('sealed') : null,
      build: hashFor('build'),
      before: plan.previous,
    },
    ...{
      place: 'Room 1, second floor',
      people: plan.people.map(({ id }) => id),
      names: plan.people.map(({ name }) => name),
    },
  })
  for (const step of plan.steps) {
    await add('began', {}, step.id)
    if (step.act === 'certificate') await add('no-return', { of: 'key' }, step.id)
    if (step.act === 'certificate') await add('signing', { object: step.on!, tbs: hashFor('tbs') }, step.id)
    if (step.id === abortIn) {
      await add('exception', { number: 1, why: 'stopped', decision: 'abort', text, by: 'wim' }, step.id)
      await add('aborted', { text, by: 'ada' })
      break
    }
    await add('ended', said(plan, step), step.id)
    if (step.id === exceptionAfter) {
      await add('exception', { number: 1, why: 'deviation', decision: 'go-on', text, by: 'wim' }, step.id)
      await add('break', { text: 'Lunch' })
      await add('resumed', {})
    }
  }
  for (const key of ['lost', 'wim']) await witness(key)
  const { lines } = await readTranscript(utf8(texts.join('')))
  const { phase, step, passed } = standingOf(plan, lines, false)
  const files = ['plan.json', 'objects/root.der', 'objects/root-lists-1.crl', 'sealed.json'].map((name) => ({
    ...{ name, octets: 1234, sha256: hashFor(name) },
  }))
  return {
    ...{ kind, phase, plan, planSha256: HEX, step: step?.id ?? null, lines, head: head.hash, files },
    ...{ passed: { key: passed.has('key'), signature: passed.has('signature') || passed.has('key') } },
    ...{ found: null, vault: 'locked', manifest: null, signers: [] },
  }
}

function said(plan: Plan, { act, on, id }: Step): More {
  const everybody = plan.people.map((person) => person.id)
  const sums = { sha256: hashFor(id), tbs: hashFor(`${id}t`), masked: hashFor(`${id}m`) }
  const lists = plan.lists.find((each) => each.id === on)
  const objects = Array.from({ length: lists?.count ?? 0 }, (_, i) => `${on!}-${String(i + 1)}`)
  const answers = plan.responses.flatMap(({ id, count }) =>
    id === on ? Array.from({ length: count }, (_, i) => `${id}-${String(i + 1)}`) : [],
  )
  const all: Said = {
    tool: { sha256: plan.tool, how: 'typed' },
    storage: { persisted: null, notPrivate: true },
    clock: { elsewhere: '2026-11-30T09:05:00.000Z', ahead: 2 },
    'plan-words': { sha256: HEX },
    'roll-call': { present: everybody },
    vault: { opened: 'made' },
    certificate: {
      ...{ object: on!, ...sums, serial: `4f${HEX.slice(0, 38)}`, spki: hashFor(`${id}k`) },
      ...{ reread: 'same', record: 'r1', authority: 'a1' },
    },
    request: { object: on!, sha256: hashFor(id), spki: hashFor(`${id}k`), readBy: 'wim' },
    backup: { sha256: hashFor(id), octets: 54_321 },
    'read-back': { sha256: hashFor(id), records: 7 },
    lists: {
      ...{ objects, sha256: objects.map(hashFor), tbs: objects.map(hashFor), masked: objects.map(hashFor) },
      reread: 'same',
    },
    responses: {
      ...{ objects: answers, sha256: answers.map(hashFor), about: answers.map(() => 'issuing') },
      ...{ paths: answers.map(() => 'MFYwVKADAgEAMA==/index.html'), reread: 'same' },
    },
    destroy: { authority: 'root' },
    close: { locked: true },
    'sign-off': { agree: everybody.slice(1), disagree: everybody.slice(0, 1), reasons: ['I came late.'] },
  }
  return { ...all[act] }
}

/** Text that wants to be more than text: markup, marks that turn its direction, and 200 characters. */
export const HOSTILE = `</td></table><script>alert(1)</script><style>*{display:none}</style>‮evil‬ "'\`& ${'W'.repeat(60)}${'שלום'.repeat(10)}${'語'.repeat(20)}`

/** The same plan with hostile text wherever somebody wrote it. */
export function hostilePlan(plan: Plan): Plan {
  return {
    ...plan,
    ...{ title: HOSTILE, purpose: HOSTILE, place: HOSTILE, stop: [HOSTILE, HOSTILE] },
    people: plan.people.map((person) => ({
      ...person,
      name: `${person.id} ${HOSTILE}`,
      organization: HOSTILE,
    })),
    certificates: plan.certificates.map((each) => ({
      ...each,
      ...{ subject: [{ type: 'commonName', value: HOSTILE }], section: HOSTILE },
      extensions: { ...each.extensions, netscapeComment: HOSTILE, certificatePolicies: [HOSTILE] },
    })),
    requests: plan.requests.map((each) => ({ ...each, from: HOSTILE })),
    destructions: [{ id: 'end', authority: 'root', reason: HOSTILE }],
    accepted: [{ code: 'signature-sha1', on: 'root', reason: HOSTILE, by: 'ada' }],
    steps: plan.steps.map((step) => ({ ...step, note: HOSTILE })),
  }
}
