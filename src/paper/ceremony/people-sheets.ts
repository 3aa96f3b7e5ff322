/** Sheets that people sign or check off: roll call, materials, sign-off. */
import type { Person } from '../../ceremony/plan.ts'
import { algorithmName } from '../../messages/called.ts'
import { grid, heading, paragraphs, row, together, type Cell, type Piece } from './pieces.ts'
import { toTick, toWrite } from './shapes.ts'
import { linesOf, listOf, personName, rolesOf, separationFaults, stepLabel, type Told } from './told.ts'

/** Blank rows for what nobody has planned. */
const BLANK = 4

const named = ({ name, organization }: Person): Cell => [{ text: name, strong: true }, organization]

/** Whom the roll call found; null before it. */
export function presentOf(told: Told): readonly string[] | null {
  const step = told.plan.steps.find(({ act }) => act === 'roll-call')
  const line = linesOf(told, 'ended').findLast((each) => each.step === step?.id)
  return line ? listOf(line, 'present') : null
}

export function rollSheet(told: Told): Piece[] {
  const { words, plan } = told
  const { person, roles, present, document, signature } = words.roll.columns
  const table = grid([person, roles, present, document, signature], [26, 20, 14, 18, 22], 44)
  const { name, why, times, signature: signs } = words.roll.othersColumns
  const others = grid([name, why, times, signs], [34, 22, 22, 22], 30)
  const here = presentOf(told)
  return [
    heading(words.names.roll, 1),
    ...paragraphs(words.roll.lead),
    ...plan.people.flatMap((each) =>
      row(table, [named(each), rolesOf(told, each.roles), presence(told, here, each), '', '']),
    ),
    heading(words.roll.separation),
    ...separation(told),
    heading(words.roll.others),
    ...Array.from({ length: BLANK }, () => row(others, ['', '', '', ''])).flat(),
  ]
}

function presence({ words }: Told, here: readonly string[] | null, { id }: Person): Cell {
  if (!here) return [{ text: words.roll.present, box: 'open' }]
  return [
    {
      text: here.includes(id) ? words.roll.present : words.roll.absent,
      box: here.includes(id) ? 'ticked' : 'open',
    },
  ]
}

/** What speaks against how roles are given out, or that nothing does. */
export function separation(told: Told): Piece[] {
  const faults = separationFaults(told)
  return faults.length === 0
    ? paragraphs(told.words.separation.kept)
    : faults.flatMap((fault) => paragraphs(fault, 'strong'))
}

export function materialsSheet(told: Told): Piece[] {
  const { words } = told
  const { what, mark, seal, present, initials } = words.materials.columns
  const table = grid([what, mark, seal, present, initials], [44, 20, 16, 10, 10], 26)
  const things = [
    ...told.plan.materials,
    ...thingsOf(told).map((text) => ({ what: text, serial: '', bag: '' })),
  ]
  const planned = things.flatMap(({ what: text, serial, bag }) =>
    row(table, [text, serial, bag, [{ text: '', box: 'open' }], '']),
  )
  const blank = Array.from({ length: BLANK }, () =>
    row(table, ['', '', '', [{ text: '', box: 'open' }], '']),
  ).flat()
  return [heading(words.names.materials, 1), ...paragraphs(words.materials.lead), ...planned, ...blank]
}

/** What the plan needs on the table. */
function thingsOf(told: Told): string[] {
  const { plan, words } = told
  const { materials } = words
  const holders = new Set(plan.keys.flatMap((key) => key.holders))
  const witnesses = plan.people.filter(({ roles }) =>
    roles.some((role) => role === 'witness' || role === 'external-witness' || role === 'auditor'),
  )
  return [
    materials.computer,
    materials.second,
    materials.file,
    materials.clock,
    materials.plans(plan.people.length),
    ...witnesses.map(({ name }) => materials.witness(name)),
    ...[...holders].map((id) => materials.secret(personName(told, id))),
    ...plan.existing.map(({ id }) => materials.existing(id)),
    ...plan.requests.map(({ id }) => materials.request(id)),
    ...plan.steps
      .filter(({ act }) => act === 'backup')
      .map(({ id }) => materials.backup(stepLabel(told, id))),
    ...plan.destructions.map(({ authority }) => materials.destroy(authority)),
    materials.carry,
  ]
}

/** What one person takes along who knows what opens a key. */
export function holderSheet(told: Told, { id, name, organization }: Person): Piece[] {
  const { plan, words } = told
  const { holder } = words
  const held = plan.keys.filter(({ holders }) => holders.includes(id))
  const table = grid([holder.columns.key, holder.columns.algorithm, holder.columns.with], [24, 22, 54])
  return [
    heading(holder.title(name), 1),
    ...(organization === '' ? [] : paragraphs(organization)),
    ...paragraphs(holder.lead, 'statement'),
    ...held.flatMap((key) =>
      row(table, [
        [{ text: key.id, strong: true }],
        algorithmName(key.algorithm),
        key.holders.filter((other) => other !== id).map((other) => personName(told, other)),
      ]),
    ),
    ...holder.rules.flatMap((rule) => paragraphs(`– ${rule}`)),
    ...[holder.envelope, holder.kept, holder.deputy].map((label) => toWrite(label)),
    toWrite(words.signOff.lines.signature),
    toWrite(words.signOff.lines.date),
  ]
}

export function signOffSheet(told: Told): Piece[] {
  const { words, plan } = told
  return [
    heading(words.names.signOff, 1),
    ...paragraphs(words.signOff.lead, 'statement'),
    toWrite(words.signOff.manifest),
    ...plan.people.flatMap((each) => person(told, each)),
    ...together([
      heading(words.signOff.closing),
      ...words.signOff.closingItems.map((text) => toWrite(text, 'open')),
    ]),
  ]
}

/** What somebody said at the end, with room to sign. */
function person(told: Told, { id, name, roles }: Person): Piece[] {
  const { words } = told
  const said = linesOf(told, 'ended').findLast((line) => Array.isArray(line.more['agree'])) ?? null
  const disagree = listOf(said, 'disagree')
  const reason = listOf(said, 'reasons')[disagree.indexOf(id)] ?? ''
  const { signature, date } = words.signOff.lines
  // Nobody signs on another sheet than their name is on.
  return together([
    ...paragraphs(`${name} · ${rolesOf(told, roles)}`, 'item'),
    toTick(words.signOff.agree, listOf(said, 'agree').includes(id)),
    toWrite(words.signOff.disagree, disagree.includes(id) ? 'ticked' : 'open'),
    ...(reason === '' ? [] : paragraphs(reason)),
    toWrite(signature),
    toWrite(date),
  ])
}
