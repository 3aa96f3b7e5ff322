// Validates certificates as the page does: `npm run -s validate -- [options] FILE…`, see USAGE. Exit: 0 valid or valid
// with faults, 1 not valid, 2 usage or file error, 3 could not be checked.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CodedError } from '../src/errors.ts'
import type { Finding } from '../src/findings.ts'
import { en } from '../src/messages/en.ts'
import { errorSentence, findingFix, findingSentence, messages, speak } from '../src/messages/messages.ts'
import { sourceFinding } from '../src/messages/rule-text.ts'
import { headline, onceInWords } from '../src/messages/verdict-text.ts'
import { fixText } from '../src/ui/validate/fix-text.ts'
import type { PeerName, ValidateOptions } from '../src/validate/options.ts'
import { PURPOSES } from '../src/validate/purpose.ts'
import type { StatusSource } from '../src/validate/revocation/statement.ts'
import { SEEN } from '../src/validate/survey/programs.ts'
import type { Call } from '../src/border/dispatch.ts'
import { validateMethods } from '../src/services/validate/methods/validate.ts'
import { PUBLIC } from '../src/services/validate/public-roots.ts'
import { readTrusted } from '../src/services/validate/trusted-files.ts'
import { anchorCountsIn, DEFAULT_PROFILE } from '../src/lint/profiles.ts'
import type { ValidateAnswer, ValidatedCertificate, PileView } from '../src/border/protocol/validate.ts'
import { publicRootsText } from './public-roots.ts'

const USAGE = `Usage: npm run -s validate -- [options] FILE…

Reads certificates, lists and responses from the files (any form that the page reads; folders whole; - for standard
input), guesses what is asked, and validates as the page does.

  --at INSTANT            the instant to validate at, ISO 8601; now, if not given
  --purpose P             ${[...Object.keys(PURPOSES), 'any'].join(', ')}; else guessed
  --name KIND:VALUE       a name that it must have: DNS, IP, RFC822, URI, UPN or CN; may be repeated; else guessed
  --profile P             path, standard, rfc5280 or webpki; else RFC 5280 §6 decides, and other faults are reported
  --revocation HOW        none, given (as the lists in FILE say) or require; given, if not given
  --anchor-constraints B  yes or no: whether dates, names, policies and purposes of a trusted root's own certificate count
                          (RFC 5937); no under --profile path, else yes, if not given
  --trust self-issued     trust every certificate among the files that names itself as its issuer
  --trust public          trust the public roots of the pinned Node, where a chain ends at one of them
  --trust FILE            trust the certificates in FILE; may be repeated
  --password P            tried on what is protected with a password; may be repeated
  --json                  the result as JSON

As on the page, nothing is trusted unless you say so: without --trust every chain ends in a root that is not trusted.`

const SEE_HELP = 'See --help.'

const KINDS: readonly string[] = ['DNS', 'IP', 'RFC822', 'URI', 'UPN', 'CN']
const PROFILES: readonly string[] = ['path', 'standard', 'rfc5280', 'webpki']
const REVOCATIONS: readonly string[] = ['none', 'given', 'require']
const TRUSTED = 'trusted'
const EXIT = { valid: 0, 'valid-with-faults': 0, invalid: 1, unchecked: 3, exhausted: 3 } as const

/** A usage error: one sentence, exit 2. */
class Mistake extends Error {}

speak(en)

const call: Call = { signal: new AbortController().signal, progress: () => undefined }

async function main(): Promise<number> {
  const { values, positionals } = argumentsOf()
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (positionals.length === 0) throw new Mistake(`No file was given. ${SEE_HELP}`)
  const passwords = values.password ?? []
  const anchors = (values.trust ?? []).filter((each) => each !== 'self-issued' && each !== PUBLIC)
  const certificates = await readTrusted(anchors.flatMap(filesAt), passwords)
  if (anchors.length > 0 && certificates.length === 0)
    throw new Mistake(`There is no certificate to trust in ${anchors.join(', ')}.`)
  const store = { id: TRUSTED, name: TRUSTED, certificates }
  const refuse = (): Promise<never> => Promise.reject(new Mistake('Nothing is kept here.'))
  const methods = validateMethods({
    hierarchy: () => Promise.resolve([]),
    kept: {
      list: () => Promise.resolve([store]),
      find: () => Promise.resolve(store),
      keep: refuse,
      change: refuse,
      remove: refuse,
    },
  })
  const isPublic = values.trust?.includes(PUBLIC) === true
  if (isPublic) await methods['validate.publicRoots']({ text: publicRootsText() }, call)
  const pile = await methods['validate.read'](
    { files: positionals.flatMap(filesAt), passwords, add: false },
    call,
  )
  const options = optionsOf(values, pile)
  if (pile.guess.target < 0) return withoutTarget(pile, values.json === true)
  const answer = await methods['validate.run'](
    {
      target: pile.guess.target,
      stores: [...(anchors.length > 0 ? [TRUSTED] : []), ...(isPublic ? [PUBLIC] : [])],
      trusted: values.trust?.includes('self-issued') === true ? pile.guess.roots : [],
      options,
    },
    call,
  )
  const asked = {
    certificate: targetFirst(answer)[0]?.name ?? null,
    at: options.at,
    purpose: options.purpose,
    names: options.peerNames,
    profile: options.profile,
    revocation: options.revocation,
    anchorConstraints: options.anchorConstraints ?? anchorCountsIn(options.profile),
    trust: values.trust ?? [],
  }
  tell({ read: readOf(pile), asked, ...answered(answer) }, values.json === true)
  return EXIT[answer.verdict]
}

function argumentsOf() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        at: { type: 'string' },
        purpose: { type: 'string' },
        name: { type: 'string', multiple: true },
        profile: { type: 'string' },
        revocation: { type: 'string' },
        'anchor-constraints': { type: 'string' },
        trust: { type: 'string', multiple: true },
        password: { type: 'string', multiple: true },
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

type Values = ReturnType<typeof argumentsOf>['values']
type Asked = Required<Pick<ValidateOptions, 'at' | 'purpose' | 'peerNames' | 'profile' | 'revocation'>> &
  Pick<ValidateOptions, 'anchorConstraints'>

/** Returns the page's default options, with those given on the command line. */
function optionsOf(values: Values, { guess }: PileView): Asked {
  const at = values.at === undefined ? new Date() : new Date(values.at)
  if (Number.isNaN(at.getTime()))
    throw new Mistake(`“${values.at ?? ''}” is no instant: write it as 2026-11-28T12:00:00Z.`)
  const oneOf = <T extends string | null>(
    what: string,
    value: string | undefined,
    allowed: readonly string[],
    usual: T,
  ): T => {
    if (value === undefined) return usual
    if (!allowed.includes(value))
      throw new Mistake(`--${what} is one of ${allowed.join(', ')}, not “${value}”.`)
    return value as T
  }
  const counts = oneOf<'yes' | 'no' | null>(
    'anchor-constraints',
    values['anchor-constraints'],
    ['yes', 'no'],
    null,
  )
  return {
    at,
    purpose: oneOf('purpose', values.purpose, [...Object.keys(PURPOSES), 'any'], guess.purpose),
    peerNames: values.name ? values.name.map(nameOf) : guess.peerName ? [guess.peerName] : [],
    profile: oneOf('profile', values.profile, PROFILES, DEFAULT_PROFILE),
    revocation: oneOf('revocation', values.revocation, REVOCATIONS, 'given'),
    ...(counts === null ? {} : { anchorConstraints: counts === 'yes' }),
  }
}

function nameOf(text: string): PeerName {
  const colon = text.indexOf(':')
  const kind = text.slice(0, colon)
  if (!KINDS.includes(kind))
    throw new Mistake(`--name is KIND:VALUE, with a kind of ${KINDS.join(', ')}; not “${text}”.`)
  return { kind: kind as PeerName['kind'], value: text.slice(colon + 1) }
}

/** Returns a file, all files of a folder, or standard input. */
function filesAt(path: string): { name: string; bytes: Uint8Array<ArrayBuffer> }[] {
  try {
    if (path === '-') return [{ name: 'standard input', bytes: new Uint8Array(readFileSync(0)) }]
    if (!statSync(path).isDirectory()) return [{ name: path, bytes: new Uint8Array(readFileSync(path)) }]
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesAt(join(path, name)))
  } catch (error) {
    if (error instanceof Mistake) throw error
    throw new Mistake(unreadable(path, error))
  }
}

const UNREADABLE: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no file ${path}.`,
  EACCES: (path) => `You may not read ${path}.`,
  EPERM: (path) => `You may not read ${path}.`,
  ENOTDIR: (path) => `There is no file ${path}: what stands before its last part is no folder.`,
  ELOOP: (path) => `${path} is a link that leads back to itself.`,
  EFBIG: (path) => `${path} is too large to be read.`,
  ERR_FS_FILE_TOO_LARGE: (path) => `${path} is too large to be read.`,
  EIO: (path) => `The disk did not give out ${path}: an input/output error.`,
}

/** Returns why a file cannot be read, without the name of a system call. */
function unreadable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return UNREADABLE[code]?.(path) ?? `${path} cannot be read${code === '' ? '' : ` (${code})`}.`
}

const problemSentence = ({ code, detail, source }: PileView['problems'][number]): string => {
  const error: unknown = new CodedError(code, detail)
  return `${placeOf(source)}: ${errorSentence(error)}`
}
const placeOf = ({ file, line }: PileView['problems'][number]['source']): string =>
  line === null ? file : `${file}, line ${String(line)}`

const readOf = ({ total, lists, responses, requests, keys, locked, problems }: PileView) => ({
  certificates: total,
  lists,
  responses,
  requests,
  keys: keys.length,
  locked: locked.map(({ source }) => placeOf(source)),
  problems: problems.map(problemSentence),
})

/** Nothing to validate: either it could not be read, or the pile is empty. */
function withoutTarget(pile: PileView, json: boolean): number {
  const read = readOf(pile)
  const [problem] = pile.problems
  if (!problem && pile.locked.length > 0)
    throw new Mistake(`${read.locked.join(', ')}: no password given opens it. Say it with --password.`)
  if (!problem) throw new Mistake(messages().ui.validate.nothing)
  tell(
    {
      read,
      asked: null,
      verdict: 'unchecked',
      headline: messages().ui.validate.verdict.line.unchecked(messages().ui.validate.nothing),
      certificates: [],
      fixes: [],
      others: [],
    },
    json,
  )
  return EXIT.unchecked
}

const targetFirst = ({ report }: ValidateAnswer): readonly ValidatedCertificate[] =>
  report.paths[report.best]?.certificates.toReversed() ?? []

const told = (finding: Finding, name: string) => ({
  code: finding.code,
  sentence: findingSentence(finding, name),
  fix: findingFix(finding, name),
})

function toldOf(source: StatusSource, finding: Finding, name: string): ReturnType<typeof told> {
  const { sentence, fix } = sourceFinding(source, finding, name)
  return { code: finding.code, sentence, fix }
}

function certificateOf({ name, card, rows, refusals }: ValidatedCertificate) {
  const refusing = new Set(refusals)
  const notes = rows.flatMap(({ findings, sources = [] }) => [
    ...findings.filter((finding) => !refusing.has(finding)).map((finding) => told(finding, name)),
    ...sources.flatMap((source) => source.findings.map((finding) => toldOf(source, finding, name))),
  ])
  return {
    subject: card.subject || name,
    refusals: onceInWords(refusals, name).map((finding) => told(finding, name)),
    notes,
  }
}

function answered(answer: ValidateAnswer) {
  // If the certificate that was meant cannot be read, no other is validated in its place.
  const examined = answer.unread ? [] : targetFirst(answer)
  const { programs, reasons } = messages().ui.validate.others
  return {
    verdict: answer.verdict,
    headline: headline(answer),
    certificates: examined.map(certificateOf),
    fixes: answer.unread ? [] : answer.fixes.map(fixText),
    others: answer.others.map(({ program, verdict, reasons: why }) => ({
      program: programs[program],
      version: SEEN[program],
      verdict: answer.unread ? 'unknown' : verdict,
      reason: why.map(({ code }) => reasons[code]).join(' '),
    })),
  }
}

interface Told extends ReturnType<typeof answered> {
  readonly read: ReturnType<typeof readOf>
  readonly asked: unknown
}

function tell(all: Omit<Told, 'verdict'> & { verdict: string }, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`)
    return
  }
  const lines = [all.headline]
  for (const { subject, refusals, notes } of all.certificates) {
    lines.push('', subject)
    for (const { sentence, fix } of refusals)
      lines.push(`  ✕ ${sentence}${fix === null ? '' : `\n    ${fix}`}`)
    for (const { sentence } of notes) lines.push(`  – ${sentence}`)
  }
  if (all.fixes.length > 0)
    lines.push('', messages().ui.validate.fixes, ...all.fixes.map((fix) => `  ${fix}`))
  if (all.others.length > 0)
    lines.push(
      '',
      messages().ui.validate.others.title,
      ...all.others.map(({ program, version, verdict, reason }) =>
        `  ${program}${version === null ? '' : ` (${version})`}: ${verdict}. ${reason}`.trimEnd(),
      ),
    )
  process.stdout.write(`${lines.join('\n')}\n`)
  // Unreadable files are reported on stderr, separate from the result.
  if (all.read.problems.length > 0) process.stderr.write(`${all.read.problems.join('\n')}\n`)
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Mistake ? error.message : errorSentence(error)}\n`)
  process.exitCode = 2
}
