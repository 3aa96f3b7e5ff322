import { CodedError } from '../errors.ts'
import type { Finding } from '../findings.ts'
import { errorSentence, findingFix, findingHeadline, findingSentence, messages } from './messages.ts'
import type { Program } from '../validate/survey/programs.ts'
import type { PileProblem } from '../containers/pile/items.ts'
import type { Conclusion, ValidatedCertificate, ReportView } from '../border/protocol/validate.ts'
import { safeLine } from './safe-text.ts'

/** Returns the display name of a certificate of a path. */
export const nameOf = ({ name }: ValidatedCertificate): string => safeLine(name, 200)

/** Returns the certificates of the path to show, target first. */
export const targetFirst = ({ paths, best }: ReportView): readonly ValidatedCertificate[] =>
  paths[best]?.certificates.toReversed() ?? []

/** Several findings of one code about one certificate, merged. */
export interface Said {
  readonly code: Finding['code']
  /** The first of them, and the certificate it is about. */
  readonly finding: Finding
  readonly of: ValidatedCertificate
  readonly sentence: string
  /** The number of findings. */
  readonly count: number
  /** How to fix it. */
  readonly fix: string | null
}

/** Findings about what is missing above the chain are listed after the faults within it. */
const ABOVE: ReadonlySet<string> = new Set([
  'issuer-missing',
  'anchor-missing',
  'path-loop',
  'depth-exceeded',
])

/** Two steps may find the same fault (§6.1.3(f), §6.1.5(g)): findings with the same words are listed once. */
export function onceInWords(findings: readonly Finding[], name: string): Finding[] {
  const sentences = findings.map((finding) => findingSentence(finding, name))
  return findings.filter((_, i) => sentences.indexOf(sentences[i]!) === i)
}

/** Returns findings in words, one line for each code of each certificate, with the number of further ones. */
function said(of: ValidatedCertificate, all: readonly Finding[]): Said[] {
  const name = nameOf(of)
  const findings = onceInWords(all, name)
  const codes = [...new Set(findings.map(({ code }) => code))]
  return codes.map((code) => {
    const [first, ...more] = findings.filter((finding) => finding.code === code)
    const sentence = safeLine(findingSentence(first!, name), 2000)
    const fix = findingFix(first!, name)
    return {
      code,
      finding: first!,
      of,
      count: 1 + more.length,
      sentence:
        more.length === 0 ? sentence : `${sentence} ${messages().ui.validate.verdict.more(more.length)}`,
      fix: fix === null ? null : safeLine(fix, 2000),
    }
  })
}

const inOrder = (all: readonly Said[]): Said[] => [
  ...all.filter(({ code }) => !ABOVE.has(code)),
  ...all.filter(({ code }) => ABOVE.has(code)),
]

/** Returns what refuses the path to show: for the target, then for those above it, then what is missing. */
export const refusals = (report: ReportView): Said[] =>
  inOrder(targetFirst(report).flatMap((each) => said(each, each.refusals)))

/** Returns the faults of a path that is valid all the same. */
export const faults = (report: ReportView): Said[] =>
  targetFirst(report).flatMap((each) => said(each, each.faults))

/** Returns why the path to show could not be decided. */
export const undecided = (report: ReportView): Said[] =>
  targetFirst(report).flatMap((each) =>
    said(
      each,
      each.rows.filter(({ outcome }) => outcome === 'unchecked').flatMap(({ findings }) => findings),
    ),
  )

type Answer = Conclusion & {
  readonly report: ReportView
  readonly together?: number
  readonly order?: { readonly asSent: boolean }
}

/** The verdict in words. */
export interface Answered {
  /** The fault or the result, in a few words where there are such. */
  readonly title: string
  /** The sentences that belong to it. */
  readonly more: readonly string[]
  /** What decided, if that is a finding. */
  readonly first: Said | null
  /** The other refusals, faults or reasons. */
  readonly others: readonly Said[]
  /** The verdict in sentences, for what has no page. */
  readonly line: string
}

/** Returns the verdict in words; `now` is what the date asked for is compared with. */
export function answered(answer: Answer, now: Date): Answered {
  const problem = answer.unread ?? answer.unreadStatus
  if (problem) return unreadable(problem, answer.unread !== null)
  const full = decidedBy(answer, now)
  const decided = { ...full, title: brief(full.title, answer.report) }
  const { publicRoots } = answer.report
  if (!publicRoots) return decided
  // Where public roots decided, what they leave open is said too.
  const note = messages().ui.validate.verdict.publicRoots(publicRoots.version, publicRoots.revocation)
  return { ...decided, more: [...decided.more, note], line: `${decided.line} ${note}` }
}

/** Characters of a name in a title; its card has the whole of it. */
const BRIEF = 60

/** Returns a title whose names are short enough to be read at a glance. */
function brief(title: string, { paths, best }: ReportView): string {
  const certificates = paths[best]?.certificates ?? []
  const names = certificates
    .flatMap((each) => [nameOf(each), safeLine(each.issuerName, 200)])
    .filter(({ length }) => length > BRIEF)
  return names.reduce((text, name) => text.replaceAll(name, `${name.slice(0, BRIEF - 10).trim()}…`), title)
}

/** Returns the verdict in sentences. */
export const headline = (answer: Answer): string => answered(answer, answer.report.at).line

function decidedBy(answer: Answer, now: Date): Answered {
  const { report } = answer
  switch (answer.verdict) {
    case 'valid':
      return validIn(answer)
    case 'valid-with-faults':
      return faultyIn(answer)
    case 'invalid':
      return refusedFor(refusals(report), answer, { now, verdict: 'invalid' })
    case 'unchecked':
      return refusedFor(undecided(report), answer, { now, verdict: 'unchecked' })
    case 'exhausted':
      return spent()
  }
}

const NO_FINDINGS = { first: null, others: [] } as const

function unreadable({ code, detail, source }: PileProblem, isCertificate: boolean): Answered {
  const { verdict } = messages().ui.validate
  const words = verdict.unread[isCertificate ? 'certificate' : 'status']
  const error: unknown = new CodedError(code, detail)
  const file = safeLine(source.file, 100)
  const why = safeLine(errorSentence(error), 1000)
  return {
    ...NO_FINDINGS,
    title: words.title(file),
    more: [words.why(source.line, source.offset, why)],
    line: words.line(file, source.line, source.offset, why),
  }
}

function spent(): Answered {
  const { limits, limitsTitle } = messages().ui.validate.verdict
  return { ...NO_FINDINGS, title: limitsTitle, more: [], line: limits }
}

/** From the target to its anchor; none if there is no path. */
function chainIn({ report }: Answer): string[] {
  const certificates = report.paths[report.best]?.certificates ?? []
  const [anchor] = certificates
  const target = certificates.at(-1)
  if (!target || !anchor) return []
  const name = target === anchor ? null : nameOf(anchor)
  return [messages().ui.validate.verdict.chains({ target: nameOf(target), anchor: name, at: report.at })]
}

/** That the certificates were sent in the wrong order comes before all but what refuses them. */
const orderOf = ({ order }: Answer): string[] =>
  order?.asSent === false ? [messages().ui.validate.verdict.wrongOrder] : []

function validIn(answer: Answer): Answered {
  const words = messages().ui.validate.verdict
  const [chain] = chainIn(answer)
  if (chain === undefined) return spent()
  const published = words.published(programsIn(answer.saidToRefuse), false)
  const [title = '', ...more] = [...orderOf(answer), chain, ...published]
  return {
    ...NO_FINDINGS,
    title,
    more,
    line: words.line.valid([chain, ...published].join(' ')),
  }
}

function faultyIn(answer: Answer): Answered {
  const words = messages().ui.validate.verdict
  const [first = null, ...others] = faults(answer.report)
  const programs = programsIn(answer.refusedBy)
  const n = others.reduce((sum, { count }) => sum + count, first?.count ?? 0)
  const told = [
    ...(first ? [words.faults(n, first.sentence)] : []),
    ...words.refusing(programs),
    ...words.published(programsIn(answer.saidToRefuse), programs.length > 0),
    ...chainIn(answer),
  ]
  const [title = '', ...more] = [...orderOf(answer), ...told]
  // Without a fault here, it is programs that refuse it.
  return { title, more, first, others, line: words.line[first ? 'faulty' : 'refused'](told.join(' ')) }
}

function refusedFor(
  findings: readonly Said[],
  answer: Answer,
  { now, verdict }: { now: Date; verdict: 'invalid' | 'unchecked' },
): Answered {
  const [first = null, ...others] = findings
  const sentence = first?.sentence ?? ''
  const title = first && titleOf(first, answer, now)
  // The sender can put the order right without what is missing above the chain.
  const order = first && ABOVE.has(first.code) ? orderOf(answer) : []
  return {
    title: [...order, title ?? sentence].join('. '),
    more: title === null ? [] : [sentence],
    first,
    others,
    line: messages().ui.validate.verdict.line[verdict](sentence),
  }
}

function titleOf({ of, finding }: Said, { report, together = 1 }: Answer, now: Date): string | null {
  const { purpose } = report
  const sender = purpose === 'serverAuth' ? 'server' : purpose === 'clientAuth' ? 'client' : null
  const { day } = messages().format
  const title = findingHeadline(finding, {
    name: nameOf(of),
    isTarget: of.place === 'target',
    issuer: safeLine(of.issuerName, 200),
    sender: together > 1 ? sender : null,
    at: report.at,
    isNow: day(report.at) === day(now),
  })
  return title === null ? null : safeLine(title, 400)
}

const programsIn = (programs: readonly Program[]): string[] =>
  programs.map((program) => messages().ui.validate.others.programs[program])
