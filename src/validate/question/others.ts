import { FINDINGS } from '../../findings.ts'
import type { Finding } from '../../findings.ts'
import { isValid } from '../report.ts'
import type { PathReport, Report } from '../report.ts'
import { PROGRAMS, SEEN } from './programs.ts'
import type { Program, Says } from './programs.ts'
import { AGREED, TOLERANCES } from './tolerances.ts'
import type { Placed, ToleranceCode } from './tolerances.ts'
import { FORMS } from './forms.ts'
import type { FormCode } from './forms.ts'
import { STRICTER } from './stricter.ts'
import type { StricterCode } from './stricter.ts'

export type DifferenceCode =
  ToleranceCode | StricterCode | FormCode | 'servers-only' | 'not-judged-here' | 'not-known'

/** Why a program says otherwise, and who says so. */
export interface Reason {
  readonly code: DifferenceCode
  readonly source: string | null
}

/** What a program would say to the question that the report answers. */
export interface Opinion {
  readonly program: Program
  /** What it would say; `unknown` where that cannot be said, with why. */
  readonly verdict: 'accepts' | 'refuses' | 'unknown'
  /** Whether the program itself was run on such chains, or its makers say so. */
  readonly basis: 'measured' | 'published'
  readonly reasons: readonly Reason[]
}

/** The opinion of each program. What nobody has found out is `unknown`, never taken for agreement. */
export const othersOf = (report: Report): readonly Opinion[] =>
  PROGRAMS.map((program) => ({ program, ...opinionOf(program, report) }))

/** Programs that judge certificates of TLS servers, and no others. */
const OF_SERVERS: ReadonlySet<Program> = new Set(['chrome', 'apple'])

function opinionOf(program: Program, report: Report): Omit<Opinion, 'program'> {
  const { verdict, options } = report
  if (verdict === 'unchecked' || verdict === 'exhausted')
    return unknown({ code: 'not-judged-here', source: null })
  if (OF_SERVERS.has(program) && (options.purpose ?? 'any') !== 'serverAuth')
    return unknown({ code: 'servers-only', source: null })
  const basis = SEEN[program] === null ? 'published' : 'measured'
  const theirs = report.paths
    .filter((path) => verdict === 'invalid' || isValid(path.verdict))
    .map((path) => viewOf(program, path, report))
    .sort((a, b) => RANK[a.says] - RANK[b.says])[0]
  if (!theirs) return unknown({ code: 'not-known', source: null })
  // Of what nobody ran here, that no reason to refuse is known is no knowledge that it accepts.
  if (basis === 'published' && theirs.says === 'accepts' && theirs.reasons.length === 0)
    return unknown({ code: 'not-known', source: null })
  return { verdict: theirs.says === 'depends' ? 'unknown' : theirs.says, reasons: theirs.reasons, basis }
}

const unknown = (reason: Reason): Omit<Opinion, 'program'> => ({
  verdict: 'unknown',
  reasons: [reason],
  basis: 'published',
})

/** The path that a program likes best is the one it takes. */
const RANK: Record<Says, number> = { accepts: 0, depends: 1, refuses: 2 }

interface View {
  readonly says: Says
  readonly reasons: readonly Reason[]
}

/** What a program says to one path: refused if anything refuses it, open if anything is open. */
function viewOf(program: Program, path: PathReport, report: Report): View {
  const views: View[] = [
    // What is no more than a fault here may be refused there.
    ...path.certificates.flatMap(({ certificate, place, refusals, faults }) =>
      [...refusals, ...faults]
        .filter(isDemand)
        .map((finding) => ofRefusal(program, { certificate, place, finding, path, report })),
    ),
    ...[...STRICTER, ...FORMS]
      .filter(({ programs }) => has(programs, program))
      .filter(({ meets }) => meets(path, report))
      .map(({ says, code, source }) => ({ says, reasons: [{ code, source }] })),
  ]
  const says = (['refuses', 'depends'] as const).find((each) => views.some((view) => view.says === each))
  const decisive = views.filter((view) => view.says === (says ?? 'accepts'))
  return { says: says ?? 'accepts', reasons: unique(decisive.flatMap(({ reasons }) => reasons)) }
}

/** A notice beside a refusal only explains it. */
const isDemand = ({ code }: Finding): boolean => FINDINGS[code].severity !== 'notice'

function ofRefusal(program: Program, placed: Placed): View {
  const { code: refusal } = placed.finding
  const tolerance = TOLERANCES.find(
    ({ programs, of, meets }) => has(programs, program) && of.includes(refusal) && (meets?.(placed) ?? true),
  )
  if (tolerance) {
    const { says, code, source } = tolerance
    return { says, reasons: [{ code, source }] }
  }
  return AGREED[refusal]?.includes(program) === true
    ? { says: 'refuses', reasons: [] }
    : { says: 'depends', reasons: [{ code: 'not-known', source: null }] }
}

const has = (programs: readonly Program[], program: Program): boolean => programs.includes(program)

const unique = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.code, reason])).values(),
]
