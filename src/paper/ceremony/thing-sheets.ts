/** Sheets about hashes, keys, exceptions and what is destroyed. */
import type { TranscriptLine } from '../../ceremony/transcript.ts'
import { algorithmName } from '../../messages/called.ts'
import { messages } from '../../messages/messages.ts'
import { fact, facts, grid, heading, paragraphs, row, together, type CellLine, type Piece } from './pieces.ts'
import { aloud, toWrite } from './shapes.ts'
import {
  beginOf,
  breaksOf,
  endOf,
  linesOf,
  numberOf,
  personName,
  stepLabel,
  stepOn,
  textOf,
  type Told,
} from './told.ts'

/** Exceptions that can be written by hand: before the ceremony, and beside those that the page knows. */
const BLANK_BEFORE = 5
const BLANK_AFTER = 2
const BLANK_MEDIA = 5

export function wordsSheet(told: Told): Piece[] {
  const { plan, words, planSha256, view } = told
  const hash = (label: string, sha256: string): Piece[] => together([heading(label), ...aloud(sha256)])
  const certificates = plan.certificates.flatMap(({ id }) => {
    const sha256 = certificateSha256(told, id)
    if (sha256 !== '') return hash(words.words.certificateOf(id), sha256)
    return [toWrite(words.words.write(id))]
  })
  return [
    heading(words.names.words, 1),
    ...paragraphs(words.words.lead),
    ...hash(words.words.planOf, planSha256),
    ...hash(words.words.toolOf, plan.tool),
    ...plan.requests.flatMap(({ id, sha256 }) => hash(words.words.requestOf(id), sha256)),
    ...certificates,
    ...(view ? hash(words.words.headOf, view.head) : []),
  ]
}

/** SHA-256 (hex) of a certificate that was signed; empty if it was not. */
function certificateSha256(told: Told, id: string): string {
  const step = stepOn(told, 'certificate', id)
  return step ? textOf(endOf(told, step.id), 'sha256') : ''
}

/** What is known of a planned key: the step that made it, and its line. */
export function madeBy(told: Told, key: string): { step: string; line: TranscriptLine } | null {
  const certified = new Set(told.plan.certificates.filter((each) => each.key === key).map(({ id }) => id))
  const step = told.plan.steps.find(
    ({ act, on, id }) => act === 'certificate' && certified.has(on ?? '') && endOf(told, id) !== null,
  )
  return step ? { step: step.id, line: endOf(told, step.id)! } : null
}

/** What the inventory of keys has, `more` below each key of the plan. */
export function keyPieces(told: Told, more: (table: ReturnType<typeof facts>) => Piece[]): Piece[] {
  const { plan, words } = told
  const { fields } = words.keys
  const keys = plan.keys.flatMap(({ id, algorithm, holders }) => {
    const made = madeBy(told, id)
    const begun = made ? beginOf(told, made.step) : null
    const list = facts()
    const certificates = plan.certificates.filter((each) => each.key === id).map((each) => each.id)
    const when = made && begun ? words.report.generation(begun, made.line.at) : words.keys.notMade
    return together([
      ...paragraphs(words.keys.key(id), 'item'),
      ...fact(list, fields.algorithm, algorithmName(algorithm)),
      ...fact(
        list,
        fields.holders,
        holders.length > 0 ? holders.map((each) => personName(told, each)) : words.none,
      ),
      ...fact(list, fields.certificates, messages().format.series(certificates) || words.none),
      ...(told.view
        ? [
            ...fact(list, fields.made, when),
            ...fact(list, fields.spki, [{ text: textOf(made?.line ?? null, 'spki'), mono: true }]),
          ]
        : [toWrite(fields.made), toWrite(fields.spki)]),
      ...more(list),
    ])
  })
  return [...keys, ...outsideKeys(told)]
}

/** Keys that are not made here. */
function outsideKeys(told: Told): Piece[] {
  const { plan, words } = told
  const list = facts()
  const requests = plan.requests.flatMap(({ id }) => {
    const step = stepOn(told, 'request', id)
    const spki: CellLine = { text: step ? textOf(endOf(told, step.id), 'spki') : '', mono: true }
    return fact(list, id, [words.keys.fields.spki, spki])
  })
  return [
    ...(requests.length > 0 ? [heading(words.keys.outside), ...requests] : []),
    ...(plan.existing.length > 0
      ? [
          heading(words.keys.existing),
          ...[...told.existing].flatMap(([id, sum]) =>
            fact(list, id, [words.plan.existingCertificate, { text: sum, mono: true }]),
          ),
        ]
      : []),
  ]
}

export const keysSheet = (told: Told): Piece[] => [
  heading(told.words.names.keys, 1),
  ...paragraphs(told.words.keys.lead),
  ...keyPieces(told, () => [toWrite(told.words.keys.fields.kept), toWrite(told.words.keys.fields.slot)]),
]

export function exceptionsSheet(told: Told): Piece[] {
  const { words, view } = told
  const recorded = linesOf(told, 'exception')
  const breaks = breaksOf(told)
  const first = recorded.length + 1
  const blank = Array.from({ length: view ? BLANK_AFTER : BLANK_BEFORE }, (_, i) =>
    blankException(told, first + i),
  )
  return [
    heading(words.names.exceptions, 1),
    ...paragraphs(words.exceptions.lead),
    ...recorded.flatMap((line) => exception(told, line)),
    ...(view && recorded.length === 0 ? paragraphs(words.exceptions.noneRecorded, 'strong') : []),
    ...abortion(told),
    ...(breaks.length > 0 ? [heading(words.exceptions.breaks)] : []),
    ...breaks.flatMap(({ from, to, text }) => [
      ...paragraphs(words.exceptions.breakOf(from, to)),
      ...(text === '' ? [] : paragraphs(text)),
    ]),
    ...paragraphs(view ? words.exceptions.unused : words.exceptions.toFill),
    ...blank.flat(),
  ]
}

/** When, why and by whom it was aborted; nothing if it was not. */
export function abortion(told: Told): Piece[] {
  return linesOf(told, 'aborted').flatMap((line) => [
    heading(told.words.exceptions.aborted),
    ...paragraphs(`${messages().format.second(line.at)} · ${personName(told, textOf(line, 'by'))}`),
    ...paragraphs(textOf(line, 'text')),
  ])
}

function exception(told: Told, line: TranscriptLine): Piece[] {
  const { words } = told
  const { fields, why, decisions } = words.exceptions
  const list = facts()
  const kind = textOf(line, 'why')
  const decision = textOf(line, 'decision')
  return together([
    heading(words.exceptions.one(messages().format.number(numberOf(line, 'number')))),
    ...fact(list, fields.step, stepLabel(told, line.step)),
    ...fact(list, fields.began, messages().format.second(line.at)),
    ...fact(list, fields.why, why[kind] ?? kind),
    ...fact(list, fields.happened, textOf(line, 'text')),
    ...fact(list, fields.decided, decisions[decision] ?? decision),
    ...fact(list, fields.by, personName(told, textOf(line, 'by'))),
  ])
}

function blankException({ words }: Told, number: number): Piece[] {
  const { fields } = words.exceptions
  const table = grid([], [27, 73], 30)
  const box = { text: words.notUsed, box: 'open' } as const
  return together([
    heading(words.exceptions.one(messages().format.number(number))),
    ...row(table, [[box], `${fields.step}, ${fields.began}:`]),
    ...row(table, [fields.happened, ''], 50),
    ...[fields.decided, fields.by].flatMap((label) => row(table, [label, ''])),
  ])
}

export function destructionSheet(told: Told): Piece[] {
  const { plan, words, kind } = told
  const { what, how, time, by } = words.destruction.columns
  const media = grid([what, how, time, by], [34, 26, 16, 24], 30)
  return [
    heading(words.names.destruction, 1),
    ...paragraphs(words.destruction.lead),
    ...(kind === 'rehearsal' ? paragraphs(words.destruction.rehearsal) : []),
    ...(plan.destructions.length === 0 ? paragraphs(words.destruction.none) : destroyed(told)),
    heading(words.destruction.media),
    ...row(grid([], [100]), [[{ text: words.notUsed, box: 'open' }]]),
    ...Array.from({ length: BLANK_MEDIA }, () => row(media, ['', '', '', ''])).flat(),
  ]
}

/** Each key that the plan destroys, and what is known of that. */
export function destroyed(told: Told): Piece[] {
  const { plan, words } = told
  const { fields } = words.destruction
  return plan.destructions.flatMap(({ id, authority, reason }) => {
    const step = stepOn(told, 'destroy', id)
    const line = step ? endOf(told, step.id) : null
    const list = facts()
    return [
      ...paragraphs(authority, 'item'),
      ...fact(list, fields.reason, reason),
      ...fact(list, fields.step, step ? stepLabel(told, step.id) : words.none),
      ...fact(list, fields.done, line ? messages().format.second(line.at) : told.view ? words.notDone : ''),
      ...fact(list, fields.by, line && step ? personName(told, step.does) : ''),
    ]
  })
}
