import { CodedError } from '../errors.ts'
import type { Finding } from '../findings.ts'
import { errorSentence, findingFix, findingSentence, messages } from './messages.ts'
import type { Program } from '../validate/survey/programs.ts'
import type { Conclusion, ValidatedCertificate, ReportView } from '../border/protocol/validate.ts'
import { safeLine } from './safe-text.ts'

/** Returns the display name of a certificate of a path. */
export const nameOf = ({ name }: ValidatedCertificate): string => safeLine(name, 200)

/** Returns the certificates of the path to show, target first. */
const targetFirst = ({ paths, best }: ReportView): readonly ValidatedCertificate[] =>
  paths[best]?.certificates.toReversed() ?? []

/** Several findings of one code about one certificate, merged. */
export interface Said {
  readonly code: Finding['code']
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

const programsIn = (programs: readonly Program[]): string[] =>
  programs.map((program) => messages().ui.validate.others.programs[program])

/** Returns the verdict in one or two sentences. */
export function headline(answer: Conclusion & { readonly report: ReportView }): string {
  const { report, verdict, unread, unreadStatus } = answer
  const words = messages().ui.validate.verdict
  const certificates = report.paths[report.best]?.certificates ?? []
  const [anchor] = certificates
  const target = certificates.at(-1)
  const problem = unread ?? unreadStatus
  if (problem) {
    const error: unknown = new CodedError(problem.code, problem.detail)
    const { file, line, offset } = problem.source
    const say = unread ? words.unread : words.unreadStatus
    return say(safeLine(file, 100), line, offset, safeLine(errorSentence(error), 1000))
  }
  switch (verdict) {
    case 'valid':
      if (!target || !anchor) return words.exhausted
      return words.valid(
        { target: nameOf(target), anchor: target === anchor ? null : nameOf(anchor), at: report.at },
        words.published(programsIn(answer.saidToRefuse), false),
      )
    case 'valid-with-faults': {
      const all = faults(report)
      const programs = programsIn(answer.refusedBy)
      const published = words.published(programsIn(answer.saidToRefuse), programs.length > 0)
      const n = all.reduce((sum, { count }) => sum + count, 0)
      const chain =
        target && anchor
          ? { target: nameOf(target), anchor: target === anchor ? null : nameOf(anchor), at: report.at }
          : null
      return words.faults(n, all[0]?.sentence ?? null, programs, published, chain)
    }
    case 'invalid':
      return words.invalid(refusals(report)[0]?.sentence ?? null)
    case 'unchecked':
      return words.unchecked(undecided(report)[0]?.sentence ?? null)
    case 'exhausted':
      return words.exhausted
  }
}
