import { answerScenario, type Answer } from '../../../src/mtls/handshake.ts'
import { circumstanceOf } from '../../../src/mtls/circumstance.ts'
import type { Circumstance } from '../../../src/mtls/circumstance/unusual.ts'
import { PROGRAMS, seenAnswer, type Answer as ProgramAnswer } from '../../../src/mtls/programs/programs.ts'
import { isMet, type Case } from '../../../src/mtls/programs/cases.ts'
import { TLS12, TLS13, type TlsVersion } from '../../../src/mtls/wire/code-points.ts'
import { signersOf } from '../../../src/services/lab/signers.ts'
import { random } from '../../../src/webcrypto/seal.ts'
import { MEASURED } from '../measured-programs.ts'
import { other, roleOf, type Made } from './files.ts'

/** What the lab says of a scenario, written as what was seen. */

type Pair<T> = readonly [tls12: T, tls13: T]

export interface LabSays {
  /** By the standard: as the cells of programs, with `refuses` for what no alert says. */
  readonly standard: Pair<string>
  readonly circumstance: Circumstance
}

const VERSIONS = [TLS12, TLS13] as const

export async function labSays(made: Made): Promise<LabSays> {
  const answers: Answer[] = []
  for (const version of VERSIONS) {
    const { client, server } = made.scenario
    const versions = [version]
    const scenario = { client: { ...client, versions }, server: { ...server, versions } }
    answers.push(await answerScenario(scenario, signersOf(made.keys), random))
  }
  const [tls12, tls13] = answers as [Answer, Answer]
  return { standard: [codeOf(made, tls12), codeOf(made, tls13)], circumstance: circumstanceIn(made, tls13) }
}

/** In TLS 1.3 a client has finished before the server refuses it. */
function codeOf({ of }: Made, { ending, server }: Answer): string {
  if (of.isOfPresenter) return server?.presented === 'chain' ? 'sends' : 'withholds'
  if (ending === null) return 'ok'
  if (ending.alert === null) return 'refuses'
  return `${ending.learns === 'after-success' ? 'r' : ''}${ending.alert}`
}

/** Programs were measured as they verify what is there, in the handshake. */
function circumstanceIn({ of, scenario, known }: Made, answer: Answer): Circumstance {
  const judge = other(of.presenter)
  const judgement = answer[judge]
  if (!judgement || judgement.presented === 'not-asked' || scenario[judge].verifies !== 'handshake')
    return 'unmeasured'
  if (judgement.presented !== 'chain' && scenario.server.asks === 'optional') return 'unmeasured'
  return circumstanceOf({
    presenter: of.presenter,
    sent: judgement.presented === 'chain' ? scenario[of.presenter].chain : [],
    anchors: scenario[judge].anchors,
    ...{ report: judgement.report, possession: judgement.possession ?? 'not-proved' },
    known: known.map(({ certificate }) => certificate),
  })
}

/** Which measurement of the lab a column is compared with. */
const COLUMNS: Readonly<Record<string, string>> = {
  'nginx-deep': 'nginxdeep',
  'apache-deep': 'apachedeep-t',
  apache: 'apache-t',
  haproxy: 'haproxy-t',
  stunnel: 'stunnel-t',
}

/** What the lab says that a program did; null where it says that this was not measured. */
export function programSays(
  id: string,
  { of, scenario }: Made,
  circumstance: Circumstance,
): Pair<string> | null {
  const { program, version, maxDepth = null } = MEASURED[COLUMNS[id] ?? id]!
  const side = roleOf(of)
  if (of.isOfPresenter) return chooses(id, of.id)
  if (scenario[side].lets !== null) return null
  if (scenario[side].maxDepth !== null || !isCase(circumstance) || !isMet(side, circumstance)) return null
  const cells = VERSIONS.map((tls) => seenAnswer(program, version, side, tls, circumstance, maxDepth))
  const [tls12, tls13] = cells.map((seen, i) => seen && written(seen.answer, side, VERSIONS[i]!))
  return tls12 && tls13 ? [tls12, tls13] : null
}

const isCase = (one: Circumstance): one is Case => one !== 'several' && one !== 'unmeasured'

function written(answer: ProgramAnswer, side: 'client' | 'server', tls: TlsVersion): string {
  switch (answer.kind) {
    case 'accepts':
      return 'ok'
    case 'no-input':
      return '-'
    case 'no-common-algorithm':
      return 'n/a'
    case 'http':
      return `h${answer.status}`
    case 'closes':
      if (side === 'client') return answer.when === 'after-handshake' ? 'hs,cut' : 'cut'
      return tls === TLS13 ? 'rcut' : 'cut'
    case 'alert':
      return `${answer.when === 'after-handshake' ? 'r' : ''}${answer.code}`
  }
}

/** As the lists of the measurement come: the root, the issuing CA, another CA, none. */
const LISTED: Readonly<Record<string, readonly ['chain' | 'leaf', number]>> = {
  'client-list-names-root': ['chain', 0],
  'client-list-names-issuing-ca': ['chain', 1],
  'client-list-fits-nobody': ['chain', 2],
  'client-no-list': ['chain', 3],
  'client-list-names-root-bare': ['leaf', 0],
}

function chooses(id: string, scenario: string): Pair<string> | null {
  const { program, version } = MEASURED[COLUMNS[id] ?? id]!
  const run = PROGRAMS[program].runs.find(({ versions, choosing }) => choosing && versions.includes(version))
  const [which, at] = LISTED[scenario]!
  const count = run?.choosing?.[which][at]
  if (count === undefined) return null
  const code = count > 0 ? 'sends' : 'withholds'
  return [code, code]
}
