import './english.ts'
import type { FindingCode } from '../../src/findings.ts'
import type { ErrorCode } from '../../src/errors.ts'
import { sourceFinding } from '../../src/messages/rule-text.ts'
import { headline, onceInWords } from '../../src/messages/verdict-text.ts'
import { findingSentence } from '../../src/messages/messages.ts'
import { fixText } from '../../src/ui/validate/fix-text.ts'
import type { ValidateOptions } from '../../src/validate/options.ts'
import type { Program } from '../../src/validate/survey/programs.ts'
import type { Verdict } from '../../src/validate/report.ts'
import { validateMethods } from '../../src/services/validate/methods/validate.ts'
import type { ValidateAnswer, ValidatedCertificate } from '../../src/border/protocol/validate.ts'

export interface InputFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Codes by the name of the certificate they are about; each once, and only certificates with codes. */
export type CodesOf = Readonly<Record<string, readonly FindingCode[]>>

/** The validator's report on files that a user drops on it, in short. */
export interface Examined {
  readonly verdict: Verdict
  readonly headline: string
  /** The reason: what refuses, what is at fault, or what could not be checked, after the verdict. */
  readonly decides: CodesOf
  /** All other findings on the certificates themselves. */
  readonly told: CodesOf
  /** Findings on the CRLs and responses about them. */
  readonly status: CodesOf
  /** All of it in words. */
  readonly sentences: readonly string[]
  readonly refusedBy: readonly Program[]
  readonly fixes: readonly string[]
  readonly problems: readonly ErrorCode[]
  readonly answer: ValidateAnswer | null
}

const call = { signal: new AbortController().signal, progress: () => undefined }

/**
 * Validates as the page does: with its own guess of the question and every self-issued certificate trusted, unless set
 * otherwise.
 */
export async function examined(
  files: readonly InputFile[],
  options: Partial<ValidateOptions> & Pick<ValidateOptions, 'at'>,
  passwords: readonly string[] = [],
): Promise<Examined> {
  const refuse = (): Promise<never> => Promise.reject(new Error('nothing is kept here'))
  const kept = {
    list: () => Promise.resolve([]),
    find: refuse,
    keep: refuse,
    change: refuse,
    remove: refuse,
  }
  const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept })
  const pile = await methods['validate.read']({ files, passwords, add: false }, call)
  const problems = pile.problems.map(({ code }) => code)
  const nobody = { decides: {}, told: {}, status: {}, sentences: [], refusedBy: [], fixes: [] }
  if (pile.guess.target < 0) return { verdict: 'unchecked', headline: '', ...nobody, problems, answer: null }
  const { target, purpose, peerName, roots } = pile.guess
  const asked = { purpose, peerNames: peerName ? [peerName] : [], revocation: 'given' as const, ...options }
  const answer = await methods['validate.run']({ target, stores: [], trusted: roots, options: asked }, call)
  const { verdict, refusedBy, report } = answer
  const path = report.paths[report.best]?.certificates.toReversed() ?? []
  const short = { verdict, headline: headline(answer), refusedBy, problems, answer }
  if (answer.unread) return { ...short, ...nobody, refusedBy }
  return {
    ...short,
    decides: codesOf(path, (each) => deciding(each, verdict)),
    told: codesOf(path, (each) => {
      const decided = new Set(deciding(each, verdict))
      return each.rows.flatMap(({ findings }) => findings.filter((finding) => !decided.has(finding)))
    }),
    status: codesOf(path, ({ rows }) =>
      rows.flatMap(({ sources = [] }) => sources.flatMap(({ findings }) => findings)),
    ),
    sentences: path.flatMap(sentencesOf),
    fixes: answer.fixes.map(fixText),
  }
}

type Findings = ValidatedCertificate['refusals']

function deciding({ refusals, faults, rows }: ValidatedCertificate, verdict: Verdict): Findings {
  if (verdict === 'invalid') return refusals
  if (verdict === 'valid-with-faults') return faults
  return verdict === 'valid'
    ? []
    : rows.flatMap(({ outcome, findings }) => (outcome === 'unchecked' ? findings : []))
}

function sentencesOf({ name, rows, refusals }: ValidatedCertificate): string[] {
  const noted = rows.flatMap(({ findings }) => findings.filter((finding) => !refusals.includes(finding)))
  const ofSources = rows.flatMap(({ sources = [] }) =>
    sources.flatMap((source) =>
      source.findings.map((finding) => sourceFinding(source, finding, name).sentence),
    ),
  )
  return [
    ...onceInWords([...refusals, ...noted], name).map((finding) => findingSentence(finding, name)),
    ...ofSources,
  ]
}

function codesOf(
  path: readonly ValidatedCertificate[],
  findingsOf: (each: ValidatedCertificate) => Findings,
): CodesOf {
  return Object.fromEntries(
    path
      .map((each) => [each.name, [...new Set(findingsOf(each).map(({ code }) => code))]] as const)
      .filter(([, codes]) => codes.length > 0),
  )
}
