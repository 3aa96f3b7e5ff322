// Plays a scenario as the page's lab does: `npm run -s lab -- [options] SCENARIO.json`, see USAGE. Exit: 0 they connect,
// 1 they do not, 2 usage error or a file that cannot be read.
import { readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { JudgementView, LabView, RefusalView } from '../src/border/protocol/lab.ts'
import { en } from '../src/messages/en.ts'
import { errorSentence, messages, speak } from '../src/messages/messages.ts'
import { labWords, learn } from '../src/messages/pack-words.ts'
import { answerScenario } from '../src/mtls/handshake.ts'
import type { ProgramId } from '../src/mtls/programs/program.ts'
import { PROGRAMS } from '../src/mtls/programs/programs.ts'
import { READY_IDS, type ReadyId } from '../src/mtls/ready-ids.ts'
import { SCENARIO_LIMITS } from '../src/mtls/scenario-file/marks.ts'
import type { ScenarioFault } from '../src/mtls/scenario-file/fault.ts'
import { readScenario } from '../src/mtls/scenario-file/scenario-file.ts'
import { codeName } from '../src/mtls/wire/code-points.ts'
import { LabSession } from '../src/services/lab/session.ts'
import { labView } from '../src/services/lab/view.ts'
import { publicRootsText } from './public-roots.ts'
import { refusalFixes, refusalSentences } from '../src/ui/lab/refusal-text.ts'
import { PublicRoots } from '../src/services/validate/public-roots.ts'
import { random } from '../src/webcrypto/seal.ts'

const USAGE = `Usage: npm run -s lab -- [options] SCENARIO.json

Plays the handshake of a scenario as the page’s lab does, and says who refuses whom, why, by which alert, when the other
side learns of it, and what would fix it. docs/lab.md has the format of the file; - is standard input.

  --at INSTANT     the clock of a side that has none of its own in the file, ISO 8601; now, if not given
  --ready ID       a ready scenario instead of a file, made as of that instant
  --list           the ready scenarios
  --program NAME   what this program was seen to do in the place of each side, or all; may be repeated; those that the
                   file names are in the answer anyway
  --json           the result as JSON

Exit: 0 they connect, 1 they do not, 2 usage error or a file that cannot be read.`

const SEE_HELP = 'See --help.'
type Side = 'client' | 'server'

/** A usage error: one sentence, exit 2. */
class Mistake extends Error {}

/** A file that is no scenario, exit 2. */
class Unread extends Error {
  readonly path: string
  readonly faults: readonly ScenarioFault[]
  constructor(path: string, faults: readonly ScenarioFault[]) {
    super('unread')
    this.path = path
    this.faults = faults
  }
}

speak(en)
await learn('lab')

async function main({ values, positionals }: ReturnType<typeof argumentsOf>): Promise<number> {
  const isJson = values.json === true
  if (values.help === true) return say(USAGE)
  if (values.list === true) return listReady(isJson)
  const at = instantOf(values.at)
  const programs = programsOf(values.program ?? [])
  const session = new LabSession()
  session.publicRoots = new PublicRoots(publicRootsText())
  const named = await begin(session, values.ready, positionals, at)
  const answer = await answerScenario(session.staged(), session.signers(), random)
  const told = toldOf(session, await labView(session, answer), named, programs)
  say(isJson ? JSON.stringify(told, null, 2) : linesOf(told).join('\n'))
  return told.connects ? 0 : 1
}

function argumentsOf() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        at: { type: 'string' },
        ready: { type: 'string' },
        list: { type: 'boolean' },
        program: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // Anything after the first sentence is about writing programs.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(?=\s|$)/)
    throw new Mistake(`${sentence}. ${SEE_HELP}`)
  }
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

function listReady(isJson: boolean): 0 {
  const { ready } = labWords().page
  const all = READY_IDS.map((id) => ({ id, ...ready[id] }))
  return say(
    isJson ? JSON.stringify(all, null, 2) : all.map(({ id, name }) => `${id.padEnd(36)}${name}`).join('\n'),
  )
}

function instantOf(text: string | undefined): Date {
  const at = text === undefined ? new Date() : new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new Mistake(`“${text ?? ''}” is no instant: write it as 2026-11-30T12:00:00Z.`)
  return at
}

function programsOf(names: readonly string[]): readonly ProgramId[] {
  const all = Object.keys(PROGRAMS) as ProgramId[]
  return names.flatMap((name) => {
    const found = name === 'all' ? all : all.filter((id) => id === name)
    if (found.length === 0) throw new Mistake(`--program is one of ${all.join(', ')} or all, not “${name}”.`)
    return found
  })
}

interface Named {
  readonly name: string
  readonly note: string
}

/** Takes the scenario that was asked for. */
async function begin(
  session: LabSession,
  ready: string | undefined,
  files: readonly string[],
  at: Date,
): Promise<Named> {
  if (ready !== undefined) {
    if (files.length > 0) throw new Mistake(`Give either --ready or a file, not both. ${SEE_HELP}`)
    const id = READY_IDS.find((each) => each === ready)
    if (id === undefined) throw new Mistake(`There is no ready scenario “${ready}”. --list has them all.`)
    await session.begin(id, at)
    return namedReady(id)
  }
  const [path, ...more] = files
  if (path === undefined) throw new Mistake(`No scenario was given. ${SEE_HELP}`)
  if (more.length > 0) throw new Mistake(`Only one scenario is played at a time. ${SEE_HELP}`)
  const read = await readScenario(bytesOf(path), at)
  if ('faults' in read) throw new Unread(path, read.faults)
  session.open(read.file)
  return read.file
}

const namedReady = (id: ReadyId): Named => {
  const { name, says } = labWords().page.ready[id]
  return { name, note: says }
}

/** Too large a file is not read: its size alone refuses it. */
function bytesOf(path: string): Uint8Array {
  try {
    if (path === '-') return new Uint8Array(readFileSync(0))
    const { size } = statSync(path)
    const { octets: limit } = SCENARIO_LIMITS
    if (size > limit)
      throw new Unread(path, [{ code: 'scenario-too-large', detail: { size, limit }, path: '', line: null }])
    return new Uint8Array(readFileSync(path))
  } catch (error) {
    if (error instanceof Unread) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new Mistake(`There is no file ${path}.`)
    if (code === 'EISDIR') throw new Mistake(`${path} is a folder: name the scenario in it.`)
    throw new Mistake(`${path} cannot be read${code === '' ? '' : ` (${code})`}.`)
  }
}

const told = (refusal: RefusalView, by: Side) => ({
  why: refusal.why,
  codes: refusal.why === 'chain' ? refusal.findings.map(({ finding }) => finding.code) : [],
  sentences: refusalSentences(refusal, by),
  fixes: refusalFixes(refusal),
})

function judgementOf(session: LabSession, view: LabView, by: Side, asked: readonly ProgramId[]) {
  const judgement = view.answer[by]
  if (!judgement) return null
  const words = labWords().page
  const { lets, letsAt } = session.staged()[by]
  return {
    title: words.judges(by),
    verdict: verdictOf(judgement),
    presented: judgement.presented,
    possession: judgement.possession,
    refusals: judgement.refusals.map((each) => told(each, by)),
    overlooked: judgement.overlooked.map((each) => told(each, by)),
    warnings: view.warnings[by].map((warning) => ({
      ...warning,
      sentence: labWords().warnings.says(warning, by),
    })),
    chosen: chosenOf(view, by),
    addresses: judgement.addresses && {
      ...judgement.addresses,
      sentences: labWords().forwarding.sentences(judgement.addresses),
    },
    programs: programsIn(judgement, [...asked, ...[session.programs[by] ?? []].flat()]),
    lets: lets && { at: letsAt, met: judgement.met, rule: lets, sentence: words.letsIn(letsAt) },
  }
}

/** What the program that the file says it is was seen to do beside that. */
function chosenOf({ answer }: LabView, by: Side) {
  const chosen = answer.chosen[by]
  if (!chosen) return null
  const words = labWords().programs
  // What it does as the one who judges is among the programs, if it was measured.
  const rest = { ...chosen, judges: chosen.judges?.seen ? null : chosen.judges }
  const sentences = words.chosen(rest, by, (code) => codeName('alert', code) ?? String(code))
  const { id, name, sends, prints } = chosen
  return { id, name, sends, prints, sentences }
}

/** What the named programs were seen to do in the place of the one who judges. */
function programsIn({ programs, circumstance }: JudgementView, asked: readonly ProgramId[]) {
  const words = labWords().programs
  const names = new Set(asked.map((id) => PROGRAMS[id].name))
  return programs
    .filter(({ name }) => names.has(name))
    .map(({ name, seen, said }) => ({
      ...{ program: name, version: seen?.version ?? null, circumstance, answer: seen?.answer ?? null, said },
      sentence: seen
        ? words.answer(seen.answer, (code) => codeName('alert', code) ?? String(code))
        : words.notMeasured,
    }))
}

function verdictOf({ refusals, presented }: JudgementView): string {
  const words = labWords().page
  if (refusals.length > 0) return words.refusesIt
  if (presented === 'not-asked') return words.notAsked
  return presented === 'chain' ? words.accepts : words.withoutCertificate
}

function headlineOf({ answer: { ending, version, suite } }: LabView): string {
  const { headline } = labWords().page
  const title =
    ending === null
      ? headline.connects
      : ending.refusal.why === 'nothing-in-common'
        ? headline.apart
        : headline.refuses(ending.by)
  return `${title} (${headline.kicker(version, suite)})`
}

function endingOf({ answer: { ending } }: LabView) {
  if (!ending) return null
  const words = labWords().page
  const { by, refusal, alert, learns } = ending
  return {
    ...{ by, ...told(refusal, by) },
    alert: alert && { ...alert, sentence: words.alert(by, alert.name, alert.code) },
    learns: { when: learns, sentence: words.learns[learns](by) },
  }
}

/** What was tried, and lets the one who refuses accept the other. */
function triedOf({ answer, certificates }: LabView) {
  const { ending } = answer
  const words = labWords().page
  return (ending ? (answer[ending.by]?.fixes ?? []) : []).map(({ act, side, certificate }) => {
    const name = certificates[certificate]?.name ?? ''
    return { act, side, certificate: name, sentence: words.fix[act](side, name) }
  })
}

const toldOf = (
  session: LabSession,
  view: LabView,
  { name, note }: Named,
  programs: readonly ProgramId[],
) => ({
  ...{ name, note, connects: view.answer.ending === null, headline: headlineOf(view) },
  ...{ version: view.answer.version, suite: view.answer.suite, ending: endingOf(view) },
  client: judgementOf(session, view, 'client', programs),
  server: judgementOf(session, view, 'server', programs),
  tried: triedOf(view),
})
type Told = ReturnType<typeof toldOf>

function linesOf(all: Told): readonly string[] {
  const { ending, client, server, tried, headline } = all
  return [
    headline,
    ...(ending
      ? [
          ...ending.sentences.map((sentence) => `  ${sentence}`),
          `  ${[ending.alert?.sentence, ending.learns.sentence].filter(Boolean).join(' ')}`,
        ]
      : []),
    ...[client, server].flatMap((judgement) => (judgement ? ['', ...judgementLines(judgement)] : [])),
    ...fixLines(ending?.fixes ?? [], tried),
  ]
}

function judgementLines(judgement: NonNullable<Told['client']>): readonly string[] {
  const words = labWords().page
  const { title, verdict, presented, possession, refusals, overlooked, lets, addresses, chosen, warnings } =
    judgement
  const { programs } = judgement
  const marked = (all: typeof refusals, mark: string): readonly string[] =>
    all.flatMap(({ sentences }) => sentences.map((sentence) => `  ${mark} ${sentence}`))
  return [
    `${title}: ${verdict}`,
    ...marked(refusals, '✕'),
    ...(overlooked.length > 0 ? [`  ${words.overlooked}`, ...marked(overlooked, '–')] : []),
    ...(presented === 'chain' && possession !== null ? [`  ${words.possession[possession]}`] : []),
    ...(addresses?.sentences ?? []).map((sentence) => `  ${sentence}`),
    ...(lets ? [`  ${lets.sentence} ${MET[lets.met ?? 'not-asked']}`] : []),
    ...warnings.map(({ sentence }) => `  ! ${sentence}`),
    ...(chosen?.sentences ?? []).map((sentence) => `  ${sentence}`),
    ...programs.map(
      ({ program, version, sentence, said }) =>
        `  ${[program, version].filter(Boolean).join(' ')}: ${sentence}${said === null ? '' : `, and prints “${said}”`}.`,
    ),
  ]
}

const MET = {
  yes: 'It is met.',
  no: 'It is not met.',
  unknown: 'What it asks about is not known, so it lets nobody in.',
  'not-asked': 'It was not asked.',
} as const

const fixLines = (fixes: readonly string[], tried: Told['tried']): readonly string[] => [
  ...(fixes.length > 0 ? ['', messages().ui.validate.fixes, ...fixes.map((fix) => `  ${fix}`)] : []),
  ...(tried.length > 0
    ? ['', 'Tried, and then it is accepted', ...tried.map(({ sentence }) => `  ${sentence}`)]
    : []),
]

/** Says why a file is not read, a line for each fault; in JSON as well, if that was asked for. */
function refuse({ path, faults }: Unread): void {
  const { fault: inWords } = labWords().scenario
  if (process.argv.includes('--json'))
    say(JSON.stringify({ faults: faults.map((each) => ({ ...each, sentence: inWords(each) })) }, null, 2))
  process.stderr.write(`${faults.map((each) => `${path}: ${inWords(each)}`).join('\n')}\n`)
}

try {
  process.exitCode = await main(argumentsOf())
} catch (error) {
  if (error instanceof Unread) refuse(error)
  else process.stderr.write(`${error instanceof Mistake ? error.message : errorSentence(error)}\n`)
  process.exitCode = 2
}
