/** The report on a ceremony: what auditors ask for, as far as a page can know it. */
import type { PlannedCertificate } from '../../ceremony/plan.ts'
import { algorithmName } from '../../messages/called.ts'
import { messages } from '../../messages/messages.ts'
import { fact, facts, grid, heading, paragraphs, row, together, type Piece } from './pieces.ts'
import { doneCell, timesOf } from './plan-sheet.ts'
import { presentOf, separation } from './people-sheets.ts'
import { abortion, destroyed, keyPieces } from './thing-sheets.ts'
import { toWrite } from './shapes.ts'
import { wordsOf } from './leaves.ts'
import { unpublished } from './unpublished.ts'
import {
  breaksOf,
  certificateName,
  endOf,
  foundIn,
  linesOf,
  listOf,
  numberOf,
  personName,
  rolesOf,
  stepLabel,
  stepOn,
  textOf,
  type Told,
} from './told.ts'

type Section = keyof Told['words']['report']['sections']

/** Returns the report; `told` has a view. */
export function reportPieces(told: Told): Piece[] {
  const { report } = told.words
  const section = (name: Section, pieces: readonly Piece[]): Piece[] =>
    pieces.length > 0 ? [heading(report.sections[name]), ...pieces] : []
  return [
    heading(report.title(told.plan.title), 1),
    ...section('about', about(told)),
    ...section('unpublished', unpublished(told)),
    ...section('identity', identity(told)),
    ...section('approval', [toWrite(report.fields.approvedBy), toWrite(report.fields.approvedOn)]),
    ...section('place', place(told)),
    ...section('people', people(told)),
    ...section('separation', separation(told)),
    ...section('devices', devices(told)),
    ...section('keys', [...keyPieces(told, () => []), ...secrets(told)]),
    ...section(
      'certificates',
      told.plan.certificates.flatMap((each) => certificate(told, each)),
    ),
    ...section('lists', lists(told)),
    ...section('responses', responses(told)),
    ...section('requests', requests(told)),
    ...section('storage', storage(told)),
    ...section('destroyed', destructions(told)),
    ...section('steps', steps(told)),
    ...section('deviations', deviations(told)),
    ...section('findings', findings(told)),
    ...section('evidence', evidence(told)),
    ...section('signOff', signOff(told)),
  ]
}

function about({ words, kind, view }: Told): Piece[] {
  const { about: said } = words.report
  return [
    ...paragraphs(said.fips, 'statement'),
    ...paragraphs(words.statements[kind], kind === 'rehearsal' ? 'statement' : 'plain'),
    ...paragraphs(said.made),
    ...paragraphs(said.proof),
    ...(view ? paragraphs(words.statements.after(view.lines.length, view.head)) : []),
  ]
}

function outcomeOf({ words, view }: Told): string {
  const { outcomes } = words.report
  if (view?.phase === 'done') return outcomes.done
  return view?.phase === 'completed' || view?.phase === 'aborted' ? outcomes[view.phase] : outcomes.open
}

function identity(told: Told): Piece[] {
  const { plan, planSha256, words, view } = told
  const { fields, transcript } = words.report
  const { noSealed, notChecked } = fields
  const [opened] = linesOf(told, 'open')
  const check = plan.steps.find(({ act }) => act === 'tool')
  const list = facts()
  const hash = (label: string, sha256: string, otherwise = words.none): Piece[] =>
    fact(list, label, sha256 === '' ? otherwise : [{ text: sha256, mono: true }])
  return [
    ...fact(list, fields.outcome, [{ text: outcomeOf(told), strong: true }]),
    ...hash(fields.plan, planSha256),
    ...fact(list, fields.planWords, wordsOf(planSha256).join(' ')),
    ...hash(fields.tool, plan.tool),
    ...fact(list, fields.toolChecked, (check && foundIn(told, check)[0]) ?? notChecked),
    ...hash(fields.build, textOf(opened ?? null, 'build')),
    ...hash(fields.sealed, textOf(opened ?? null, 'sealed'), noSealed),
    ...hash(fields.previous, plan.previous ?? '', words.plan.noPrevious),
    ...fact(list, fields.transcript, [
      transcript(view?.lines.length ?? 0),
      { text: view?.head ?? '', mono: true },
    ]),
  ]
}

function place(told: Told): Piece[] {
  const { plan, words, view } = told
  const { fields, held } = words.report
  const list = facts()
  const first = view?.lines[0]
  const last = view?.lines.at(-1)
  const clock = plan.steps.find(({ act }) => act === 'clock')
  const breaks = breaksOf(told).map(({ from, to, text }) => `${words.exceptions.breakOf(from, to)} ${text}`)
  return [
    ...fact(list, fields.place, plan.place),
    ...fact(list, fields.placeSaid, textOf(first ?? null, 'place') || words.none),
    ...fact(list, fields.window, words.range(plan.window.from, plan.window.to)),
    ...fact(list, fields.held, first && last ? held(first.at, last.at) : words.none),
    ...fact(list, fields.clock, (clock && foundIn(told, clock)[0]) ?? fields.notChecked),
    ...fact(list, fields.breaks, breaks.length > 0 ? breaks : words.none),
    toWrite(fields.access),
  ]
}

function people(told: Told): Piece[] {
  const { plan, words } = told
  const { people: columns, present } = words.report
  const here = presentOf(told)
  const table = grid([columns.person, columns.organization, columns.roles, columns.present], [30, 26, 28, 16])
  const presence = (id: string): string =>
    here === null ? present.unknown : here.includes(id) ? present.yes : present.no
  return plan.people.flatMap(({ id, name, organization, roles }) =>
    row(table, [[{ text: name, strong: true }], organization, rolesOf(told, roles), presence(id)]),
  )
}

const devices = ({ words }: Told): Piece[] => {
  const { fields, about: said } = words.report
  return [
    ...paragraphs(said.fips),
    toWrite(fields.computer),
    toWrite(fields.system),
    toWrite(fields.hardware),
  ]
}

const secrets = ({ plan, words }: Told): Piece[] => [
  ...plan.keys.flatMap(({ id, holders }) => paragraphs(words.report.splitKnowledge(id, holders.length))),
  toWrite(words.report.fields.secrets),
]

/** A certificate as planned, and what was signed. */
function certificate(told: Told, planned: PlannedCertificate): Piece[] {
  const { words } = told
  const { fields } = words.report
  const step = stepOn(told, 'certificate', planned.id)
  const line = step ? endOf(told, step.id) : null
  const list = facts()
  const value = (label: string, name: string): Piece[] =>
    fact(list, label, [{ text: textOf(line, name), mono: true }])
  const { subject, issuer, key, notBefore, notAfter, signature, section } = planned
  const { plan } = words
  return together([
    ...paragraphs(`${plan.certificate(planned.id)}: ${certificateName(planned)}`, 'item'),
    ...(line
      ? [
          ...fact(list, fields.sha256, [{ text: textOf(line, 'sha256').toUpperCase(), mono: true }]),
          ...value(fields.serial, 'serial'),
          ...value(fields.tbs, 'tbs'),
          ...value(fields.masked, 'masked'),
          ...value(words.keys.fields.spki, 'spki'),
          ...fact(list, fields.reread, words.found.reread(textOf(line, 'reread'))),
          ...fact(list, fields.signedAt, messages().format.second(line.at)),
        ]
      : fact(list, fields.sha256, step ? words.notDone : fields.notChecked)),
    ...fact(
      list,
      fields.subject,
      subject.map((each) => `${each.type}: ${each.value}`),
    ),
    ...fact(list, fields.issuer, issuer ?? plan.selfSigned),
    ...fact(list, plan.certificateFields.key, key),
    ...fact(list, plan.certificateFields.signature, algorithmName(signature)),
    ...fact(list, fields.validity, words.range(notBefore, notAfter)),
    ...fact(list, fields.section, section || plan.noSection),
  ])
}

function lists(told: Told): Piece[] {
  const { plan, words } = told
  const { id, sha256, issuer } = words.report.listColumns
  const table = grid([id, sha256, issuer], [16, 68, 16])
  return plan.lists.flatMap((planned) => {
    const step = stepOn(told, 'lists', planned.id)
    const line = step ? endOf(told, step.id) : null
    const hashes = listOf(line, 'sha256')
    if (hashes.length === 0) return row(table, [planned.id, words.notDone, planned.issuer])
    const objects = listOf(line, 'objects')
    return hashes.flatMap((hash, i) =>
      row(table, [objects[i] ?? '', [{ text: hash.toUpperCase(), mono: true }], planned.issuer]),
    )
  })
}

function responses(told: Told): Piece[] {
  const { plan, words } = told
  const { id, about, sha256 } = words.report.responseColumns
  const table = grid([id, about, sha256], [18, 14, 68])
  return plan.responses.flatMap((planned) => {
    const step = stepOn(told, 'responses', planned.id)
    const line = step ? endOf(told, step.id) : null
    const [hashes, certificates, paths] = ['sha256', 'about', 'paths'].map((name) => listOf(line, name))
    if (!hashes?.length) return row(table, [planned.id, '', words.notDone])
    return listOf(line, 'objects').flatMap((object, i) =>
      row(table, [
        object,
        certificates?.[i] ?? '',
        [
          { text: (hashes[i] ?? '').toUpperCase(), mono: true },
          { text: paths?.[i] ?? '', mono: true },
        ],
      ]),
    )
  })
}

function requests(told: Told): Piece[] {
  const { plan, words } = told
  const { id, from, sha256, read } = words.report.requestColumns
  const table = grid([id, from, sha256, read], [16, 20, 46, 18])
  return plan.requests.flatMap((planned) => {
    const step = stepOn(told, 'request', planned.id)
    const line = step ? endOf(told, step.id) : null
    const hashes = line ? [textOf(line, 'sha256'), textOf(line, 'spki')] : [words.notDone]
    const by = line ? personName(told, textOf(line, 'readBy')) : ''
    return row(table, [planned.id, planned.from, hashes.map((text) => ({ text, mono: line !== null })), by])
  })
}

function storage(told: Told): Piece[] {
  const { plan, words } = told
  const { backupColumns: columns, backupMade, backupRead, fields } = words.report
  const table = grid([columns.step, columns.when, columns.what, columns.sha256], [16, 18, 22, 44])
  const backups = plan.steps.flatMap(({ id, act }) => {
    const line = act === 'backup' || act === 'read-back' ? endOf(told, id) : null
    if (!line) return []
    const what =
      act === 'backup' ? backupMade(numberOf(line, 'octets')) : backupRead(numberOf(line, 'records'))
    const hash = { text: textOf(line, 'sha256'), mono: true }
    return row(table, [stepLabel(told, id), messages().format.second(line.at), what, [hash]])
  })
  const again = linesOf(told, 'backup').flatMap((line) =>
    row(table, [
      stepLabel(told, line.step),
      messages().format.second(line.at),
      backupMade(numberOf(line, 'octets')),
      [{ text: textOf(line, 'sha256'), mono: true }],
    ]),
  )
  return [...backups, ...again, toWrite(fields.backupsAt), toWrite(fields.next)]
}

const destructions = (told: Told): Piece[] => {
  const { plan, words, kind } = told
  return [
    ...(plan.destructions.length === 0 ? paragraphs(words.destruction.none) : destroyed(told)),
    ...(kind === 'rehearsal' ? paragraphs(words.destruction.rehearsal) : []),
  ]
}

function steps(told: Told): Piece[] {
  const { plan, words } = told
  const { step, who, when, found } = words.report.stepColumns
  const table = grid([step, who, when, found], [16, 20, 28, 36])
  return plan.steps.flatMap((each) => {
    const by = [personName(told, each.reads), personName(told, each.does)]
    return row(table, [
      [{ text: stepLabel(told, each.id), strong: true }],
      by,
      timesOf(told, each),
      doneCell(told, each),
    ])
  })
}

function deviations(told: Told): Piece[] {
  const { words } = told
  const recorded = linesOf(told, 'exception')
  const { number, step, what, decision } = words.report.deviationColumns
  const { why, decisions } = words.exceptions
  const table = grid([number, step, what, decision], [8, 20, 42, 30])
  return [
    ...paragraphs(
      recorded.length === 0 ? words.report.noDeviation : words.report.deviations(recorded.length),
    ),
    ...recorded.flatMap((line) => {
      const kind = textOf(line, 'why')
      const decided = textOf(line, 'decision')
      return row(table, [
        messages().format.number(numberOf(line, 'number')),
        [stepLabel(told, line.step), messages().format.second(line.at)],
        [{ text: why[kind] ?? kind, strong: true }, textOf(line, 'text')],
        [decisions[decided] ?? decided, personName(told, textOf(line, 'by'))],
      ])
    }),
    ...abortion(told),
  ]
}

function findings(told: Told): Piece[] {
  const { plan, words } = told
  const { code, on, reason, by } = words.plan.acceptedColumns
  const table = grid([code, on, reason, by], [22, 16, 42, 20])
  if (plan.accepted.length === 0) return paragraphs(words.none)
  return plan.accepted.flatMap((each) =>
    row(table, [each.code, each.on, each.reason, personName(told, each.by)]),
  )
}

function evidence({ words, view }: Told): Piece[] {
  const { name, octets, sha256 } = words.report.evidenceColumns
  const table = grid([name, octets, sha256], [23, 9, 68])
  const files = view?.files ?? []
  return [
    ...paragraphs(words.report.evidenceLead(files.length)),
    ...files.flatMap((file) =>
      row(table, [file.name, words.report.octets(file.octets), [{ text: file.sha256, mono: true }]]),
    ),
  ]
}

function signOff(told: Told): Piece[] {
  const { words } = told
  const { said, signatures, witnesses, witnessKey } = words.report
  const line = linesOf(told, 'ended').findLast(({ more }) => Array.isArray(more['agree'])) ?? null
  const names = listOf(line, 'agree').map((id) => personName(told, id))
  // A key that was made again counts instead of the one before.
  const roll = new Map(linesOf(told, 'witness').map((each) => [textOf(each, 'person'), each]))
  const keys = [...roll.values()].map((each) => witnessKey(textOf(each, 'name'), textOf(each, 'key') || null))
  return [
    ...(line ? [] : paragraphs(said.nobody)),
    ...(names.length > 0 ? paragraphs(said.agree(names)) : []),
    ...listOf(line, 'disagree').flatMap((id, i) =>
      paragraphs(said.disagree(personName(told, id), listOf(line, 'reasons')[i] ?? ''), 'strong'),
    ),
    ...(keys.length > 0
      ? [...paragraphs(witnesses, 'strong'), ...keys.flatMap((each) => paragraphs(each))]
      : []),
    ...paragraphs(signatures.lead),
    toWrite(signatures.responsible),
    toWrite(signatures.independent),
  ]
}
