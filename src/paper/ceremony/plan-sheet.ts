/** The plan as a script: what is signed, and each step with room for initials and the time. */
import type { ExistingAuthority, PlannedCertificate, PlannedResponses, Step } from '../../ceremony/plan.ts'
import { algorithmName } from '../../messages/called.ts'
import { messages } from '../../messages/messages.ts'
import { fact, facts, grid, heading, paragraphs, row, together, type Cell, type Piece } from './pieces.ts'
import { noReturn } from './shapes.ts'
import {
  beginOf,
  endOf,
  exceptionsOf,
  foundIn,
  personName,
  pointsOfNoReturn,
  stepLabel,
  type Told,
} from './told.ts'

export function planSheet(told: Told): Piece[] {
  const { words, kind, view } = told
  const { statements } = words
  return [
    heading(words.names.plan, 1),
    ...(kind === 'rehearsal' ? paragraphs(statements.rehearsal, 'statement') : paragraphs(statements.live)),
    ...paragraphs(view ? statements.after(view.lines.length, view.head) : statements.before),
    ...headFacts(told),
    heading(words.plan.signed),
    ...signed(told),
    ...acceptedFindings(told),
    ...together([
      heading(words.plan.stop),
      ...paragraphs(words.plan.stopLead),
      ...[...words.plan.stops, ...told.plan.stop].flatMap((text) => paragraphs(`– ${text}`)),
    ]),
    heading(words.plan.script),
    ...script(told),
  ]
}

function headFacts({ plan, words, kind }: Told): Piece[] {
  const list = facts()
  const { fields, noPrevious } = words.plan
  return [
    ...fact(list, fields.title, plan.title),
    ...fact(list, fields.purpose, plan.purpose),
    ...fact(list, fields.kind, words.kinds[kind]),
    ...fact(list, fields.place, plan.place),
    ...fact(list, fields.window, words.range(plan.window.from, plan.window.to)),
    ...fact(list, fields.tool, [{ text: plan.tool, mono: true }]),
    ...fact(list, fields.previous, [{ text: plan.previous ?? noPrevious, mono: plan.previous !== null }]),
    ...fact(list, fields.words, plan.words),
  ]
}

function signed(told: Told): Piece[] {
  const { plan, words } = told
  return [
    ...plan.existing.flatMap((each) => existing(told, each)),
    ...plan.certificates.flatMap((certificate) => certificatePieces(told, certificate)),
    ...plan.requests.flatMap(({ id, from, sha256 }) => {
      const list = facts()
      const fields = words.plan.requestFields
      return together([
        ...paragraphs(words.plan.request(id), 'item'),
        ...fact(list, fields.from, from),
        ...fact(list, fields.sha256, [{ text: sha256, mono: true }]),
      ])
    }),
    ...plan.lists.flatMap(({ id, issuer, number, count, thisUpdate, days, overlapDays }) => {
      const list = facts()
      const fields = words.plan.listFields
      return together([
        ...paragraphs(words.plan.lists(id), 'item'),
        ...fact(list, fields.issuer, issuer),
        ...fact(list, fields.numbers, words.plan.numbers(number, count)),
        ...fact(list, fields.first, messages().format.second(thisUpdate)),
        ...fact(list, fields.rhythm, words.plan.rhythm(days, overlapDays)),
      ])
    }),
    ...plan.responses.flatMap((planned) => responses(told, planned)),
  ]
}

function responses({ words }: Told, planned: PlannedResponses): Piece[] {
  const { id, issuer, responder, certificates, hashes, thisUpdate, count, days, overlapDays } = planned
  const { series, second } = messages().format
  const list = facts()
  const fields = words.plan.responseFields
  return together([
    ...paragraphs(words.plan.responses(id), 'item'),
    ...fact(list, fields.issuer, issuer),
    ...fact(list, fields.signer, responder ?? issuer),
    ...fact(list, fields.about, series(certificates)),
    ...fact(list, fields.hashes, series(hashes)),
    ...fact(list, fields.first, second(thisUpdate)),
    ...fact(list, fields.rhythm, words.plan.responseRhythm(count, days, overlapDays)),
  ])
}

function existing({ words, existing: sums }: Told, { id, revoked }: ExistingAuthority): Piece[] {
  const sum = { text: sums.get(id) ?? '', mono: true }
  const { serial, since, reason } = words.plan.revokedColumns
  const table = grid([serial, since, reason], [50, 25, 25])
  return [
    ...together([
      ...paragraphs(words.plan.existing(id), 'item'),
      ...fact(facts(), words.plan.existingCertificate, [sum]),
    ]),
    ...(revoked.length > 0 ? paragraphs(words.plan.revoked(revoked.length)) : []),
    ...revoked.flatMap((each) =>
      row(table, [
        [{ text: each.serial, mono: true }],
        messages().format.second(each.since),
        each.reason ?? words.plan.noReason,
      ]),
    ),
  ]
}

function certificatePieces({ words }: Told, certificate: PlannedCertificate): Piece[] {
  const list = facts()
  const { subject, subjectAltNames, issuer, key, notBefore, notAfter, signature, extensions, section } =
    certificate
  const { certificateFields: fields, selfSigned, random, noSection } = words.plan
  return together([
    ...paragraphs(words.plan.certificate(certificate.id), 'item'),
    ...fact(
      list,
      fields.subject,
      subject.map(({ type, value }) => `${type}: ${value}`),
    ),
    ...(subjectAltNames.length > 0
      ? fact(
          list,
          fields.names,
          subjectAltNames.map((name) => `${name.kind}: ${name.value}`),
        )
      : []),
    ...fact(list, fields.issuer, issuer ?? selfSigned),
    ...fact(list, fields.key, key),
    ...fact(list, fields.validity, words.range(notBefore, notAfter)),
    ...fact(list, fields.signature, algorithmName(signature)),
    ...fact(list, fields.serial, random),
    ...fact(
      list,
      fields.extensions,
      Object.entries(extensions).map(([name, value]) => `${name}: ${valueText(value)}`),
    ),
    ...fact(list, fields.section, section || noSection),
  ])
}

/** A value of an extension as the plan has it. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return messages().format.series(value.map(valueText)) || '–'
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, each]) => `${name} ${valueText(each)}`)
      .join(' · ')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '–'
}

function acceptedFindings(told: Told): Piece[] {
  const { plan, words } = told
  if (plan.accepted.length === 0) return []
  const { code, on, reason, by } = words.plan.acceptedColumns
  const table = grid([code, on, reason, by], [22, 16, 42, 20])
  return [
    heading(words.plan.accepted),
    ...plan.accepted.flatMap((each) =>
      row(table, [each.code, each.on, each.reason, personName(told, each.by)]),
    ),
  ]
}

function script(told: Told): Piece[] {
  const { words, plan } = told
  const { step, who, what, done } = words.plan.columns
  const columns = [step, who, what, done, words.initials, words.time]
  const table = grid(columns, told.view ? [12, 16, 28, 21, 9, 14] : [14, 23, 36, 9, 9, 9], 44)
  const points = pointsOfNoReturn(told)
  return plan.steps.flatMap((each) => [
    ...(points.key === each.id ? [{ ...noReturn(words.plan.noReturn.key), leads: true }] : []),
    ...row(table, cellsOf(told, each)),
    ...(points.signature === each.id ? [noReturn(words.plan.noReturn.signature)] : []),
  ])
}

function cellsOf(told: Told, each: Step): Cell[] {
  const { words } = told
  const act = words.acts[each.act]
  return [
    [{ text: stepLabel(told, each.id), strong: true }],
    [words.plan.reads(personName(told, each.reads)), words.plan.does(personName(told, each.does))],
    [
      act.does(each.on ?? ''),
      words.plan.expected(act.expects()),
      ...(each.note === '' ? [] : [{ text: each.note, strong: true }]),
    ],
    doneCell(told, each),
    '',
    hoursOf(told, each),
  ]
}

/** What was found, with the numbers of its exceptions; blank before the ceremony. */
export function doneCell(told: Told, step: Step): Cell {
  const { words, view } = told
  if (!view) return ''
  const numbers = exceptionsOf(told, step.id)
  return [
    ...(endOf(told, step.id) ? foundIn(told, step) : [words.notDone]),
    ...(numbers.length > 0 ? [{ text: words.found.exceptions(numbers), strong: true }] : []),
  ]
}

/** The day, and the times of day when it was begun and ended. */
function hoursOf(told: Told, { id }: Step): Cell {
  const times = [beginOf(told, id), endOf(told, id)?.at ?? null].flatMap((at) =>
    at ? [at.toISOString()] : [],
  )
  return [...times.slice(0, 1).map((time) => time.slice(0, 10)), ...times.map((time) => time.slice(11, 19))]
}

/** When it was begun and ended. */
export function timesOf(told: Told, { id }: Step): Cell {
  const times = [beginOf(told, id), endOf(told, id)?.at ?? null]
  return times.flatMap((at) => (at ? [messages().format.second(at)] : []))
}
