import { FINDINGS } from '../../findings.ts'
import type { Finding } from '../../findings.ts'
import { lint } from '../../lint/lint.ts'
import { RFC5280_RULES } from '../../lint/rfc5280/index.ts'
import type { PathCertificate, PathReport, Report } from '../report.ts'
import { PROGRAMS, SEEN } from './programs.ts'
import type { Program, Says } from './programs.ts'
import { AGREED } from './agreed.ts'
import { TOLERANCES } from './tolerances.ts'
import { WORDS } from './words.ts'
import type { Placed, ToleranceCode } from './tolerance.ts'
import { FORMS } from './forms.ts'
import type { FormCode } from './forms.ts'
import { READINGS } from './readings.ts'
import type { ReadingCode } from './readings.ts'
import { SEARCHES } from './searches.ts'
import type { SearchCode } from './searches.ts'
import { seenAnswer } from './seen-answer.ts'
import { STRICTER } from './stricter.ts'
import type { StricterCode } from './stricter.ts'

export type DifferenceCode =
  | ToleranceCode
  | StricterCode
  | FormCode
  | ReadingCode
  | SearchCode
  | 'several-paths'
  | 'refuses-too'
  | 'servers-only'
  | 'not-judged-here'
  | 'not-known'

/** Why a program decides otherwise, and how that is known. */
export interface Reason {
  readonly code: DifferenceCode
  readonly source: string | null
  /** In the program’s own words, if they were recorded. */
  readonly words?: string
}

/** A program's predicted decision on the question that the report covers. */
export interface Opinion {
  readonly program: Program
  /** Its decision; `unknown` if it cannot be predicted, with the reason. */
  readonly verdict: 'accepts' | 'refuses' | 'unknown'
  /** Whether the program itself was run on such chains, or its makers document it. */
  readonly basis: 'measured' | 'published'
  readonly reasons: readonly Reason[]
}

/** Returns the opinion of each program. Anything not tested is `unknown`, never assumed to agree. */
export function othersOf(report: Report): readonly Opinion[] {
  const asked = report.paths.map((path) => ({ path, demands: demandsOn(path, report) }))
  return PROGRAMS.map((program) => ({ program, ...opinionOf(program, asked, report) }))
}

/** A path, and everything in it that may be refused. */
interface Asked {
  readonly path: PathReport
  readonly demands: readonly Placed[]
}

/** Programs that validate certificates of TLS servers only. */
const OF_SERVERS: ReadonlySet<Program> = new Set(['chrome', 'apple'])

function opinionOf(program: Program, asked: readonly Asked[], report: Report): Omit<Opinion, 'program'> {
  const { verdict, options } = report
  if (verdict === 'unchecked' || verdict === 'exhausted')
    return unknown({ code: 'not-judged-here', source: null })
  if (OF_SERVERS.has(program) && (options.purpose ?? 'any') !== 'serverAuth')
    return unknown({ code: 'servers-only', source: null })
  const basis = SEEN[program] === null ? 'published' : 'measured'
  const views = asked.map((each) => viewOf(program, each, report))
  const theirs = BACKTRACKS.has(program)
    ? views.sort((a, b) => RANK[a.says] - RANK[b.says])[0]
    : agreedView(views)
  if (!theirs) return unknown({ code: 'not-known', source: null })
  // For a program not run here, knowing no reason to refuse does not mean that it accepts.
  if (basis === 'published' && theirs.says === 'accepts' && theirs.reasons.length === 0)
    return unknown({ code: 'not-known', source: null })
  return { verdict: theirs.says === 'depends' ? 'unknown' : theirs.says, reasons: theirs.reasons, basis }
}

const unknown = (reason: Reason): Omit<Opinion, 'program'> => ({
  verdict: 'unknown',
  reasons: [reason],
  basis: 'published',
})

/** Programs that try every path, and take the one they prefer. */
const BACKTRACKS: ReadonlySet<Program> = new Set(['go'])

/**
 * The path that another program tries first, and whether it backtracks, depends on what it was given and in which
 * order.
 */
function agreedView(views: readonly View[]): View | undefined {
  const [first, ...rest] = views
  if (!first || rest.every(({ says }) => says === first.says)) return first
  return { says: 'depends', reasons: [{ code: 'several-paths', source: 'RFC 4158 §2.4' }] }
}

const RANK: Record<Says, number> = { accepts: 0, depends: 1, refuses: 2 }

interface View {
  readonly says: Says
  readonly reasons: readonly Reason[]
}

/** Returns a program's decision on one path: refused if anything refuses it, unknown if anything is unknown. */
function viewOf(program: Program, { path, demands }: Asked, report: Report): View {
  const views: View[] = [
    ...demands.map((placed) => ofFinding(program, placed)),
    ...DIFFERENCES.filter(({ programs }) => has(programs, program))
      .filter(({ meets }) => meets(path, report))
      .map(({ says, code, source }) => ({ says, reasons: [{ code, source }] })),
  ]
  const says = (['refuses', 'depends'] as const).find((each) => views.some((view) => view.says === each))
  const decisive = views.filter((view) => view.says === (says ?? 'accepts'))
  const reasons = telling(decisive.flatMap((view) => view.reasons))
  // The unknown may be the fault that it reports first.
  const isOpen = views.some((view) => view.says === 'depends')
  return { says: says ?? 'accepts', reasons: isOpen ? reasons.map(withoutWords) : reasons }
}

const withoutWords = ({ code, source }: Reason): Reason => ({ code, source })

const DIFFERENCES = [...STRICTER, ...FORMS, ...READINGS, ...SEARCHES]

const demandsOn = (path: PathReport, report: Report): Placed[] =>
  path.certificates.flatMap((each, i) =>
    demandsOf(each, path.certificates[i - 1]).map((finding) => ({
      finding,
      certificate: each.certificate,
      place: each.place,
      path,
      report,
    })),
  )

/**
 * Everything that refuses here, and every other error: what is only a fault here, or was not checked, may be refused
 * there.
 */
function demandsOf(checked: PathCertificate, issuer: PathCertificate | undefined): readonly Finding[] {
  const { certificate, place, refusals, findings } = checked
  const context = { place, issuedAt: certificate.notBefore, issuer: issuer?.certificate ?? null }
  const errors = [...findings, ...lint(certificate, RFC5280_RULES, context)].filter(isError)
  const codes = new Set(refusals.map(({ code }) => code))
  return [
    ...refusals.filter(isDemand),
    ...new Map(
      errors.filter(({ code }) => !codes.has(code)).map((each) => [JSON.stringify(each), each]),
    ).values(),
  ]
}

/** A notice next to a refusal only explains it. */
const isDemand = ({ code }: Finding): boolean => FINDINGS[code].severity !== 'notice'
const isError = ({ code }: Finding): boolean => FINDINGS[code].severity === 'error'

function ofFinding(program: Program, placed: Placed): View {
  const { code: found } = placed.finding
  const tolerance = TOLERANCES.find(
    ({ programs, of, meets }) => has(programs, program) && of.includes(found) && (meets?.(placed) ?? true),
  )
  if (tolerance) {
    const { says, code, source } = tolerance
    return { says, reasons: [{ code, source }] }
  }
  if (seenAnswer(program, placed) === 'accepts')
    return { says: 'accepts', reasons: [{ code: 'binds-the-issuer', source: null }] }
  return seenAnswer(program, placed) === 'refuses' || AGREED[found]?.includes(program) === true
    ? { says: 'refuses', reasons: [refusesToo(wordsOf(program, placed))] }
    : { says: 'depends', reasons: [{ code: 'not-known', source: null }] }
}

/**
 * The message for a revoked CA depends on whether there is a CRL for the certificate below it, which is checked first.
 */
const wordsOf = (program: Program, { finding: { code }, place }: Placed): string | undefined =>
  code === 'revoked' && place !== 'target' ? undefined : WORDS[program]?.[code]

const has = (programs: readonly Program[], program: Program): boolean => programs.includes(program)

const refusesToo = (words: string | undefined): Reason => ({
  code: 'refuses-too',
  source: null,
  ...(words !== undefined && { words }),
})

/**
 * Each once; "refuses too" adds nothing to a specific reason, and of several faults a program reports one or another.
 */
function telling(reasons: readonly Reason[]): readonly Reason[] {
  const own = reasons.filter(({ code }) => code !== 'refuses-too')
  if (own.length > 0) return [...new Map(own.map((reason) => [reason.code, reason])).values()]
  const said = new Set(reasons.map(({ words }) => words))
  return reasons.length === 0 ? [] : [refusesToo(said.size === 1 ? reasons[0]!.words : undefined)]
}
