/** What programs that are written, not configured, ask of a certificate: calls of functions with values. */
import type { Test } from '../mtls/rules/rule.ts'
import { spiffeUri } from '../mtls/rules/sound.ts'
import type { Name } from '../x509/name.ts'
import type { Asked } from './condition.ts'
import { areSafeRanges, digitsOf, isPrintable, isSafeName, nameAsked, serialDigits } from './parts.ts'

/** The functions that ask, each with the values it is called with; not every language has all. */
export type Question =
  | 'hasCa'
  | 'isCertificate'
  | 'hasKey'
  | 'isSubject'
  | 'hasHost'
  | 'hasIp'
  | 'hasMailbox'
  | 'hasUri'
  | 'isWithin'
  | 'isSpiffe'
  | 'isSerial'
  | 'isFor'
  | 'hasPolicy'
  | 'hasCommonName'
  | 'isFrom'

const HASH = /^[0-9a-f]{64}$/

/** Returns which function asks what a rule asks, and with what; all values are safe in a string of any language. */
export function questionOf(
  test: Test,
  subject: (name: Name) => readonly string[] | null,
): { question: Question; values: readonly string[] } | { cannot: 'cannot-ask' | 'unsafe-value' } {
  const ask = (question: Question, values: readonly string[], isSafe = true) =>
    isSafe && values.every(isPrintable) ? { question, values } : ({ cannot: 'unsafe-value' } as const)
  switch (test.kind) {
    case 'root':
    case 'issuer':
    case 'certificate':
    case 'key': {
      const hashes = [test.sha256].flat().map(digitsOf)
      const names = { root: 'hasCa', issuer: 'hasCa', certificate: 'isCertificate', key: 'hasKey' } as const
      return ask(
        names[test.kind],
        hashes,
        hashes.every((hash) => HASH.test(hash)),
      )
    }
    case 'subject': {
      const name = nameAsked(test)
      const values = name && subject(name)
      return values ? ask('isSubject', values) : { cannot: 'unsafe-value' }
    }
    case 'san':
      return nameQuestion(test, ask)
    case 'spiffe': {
      const id = spiffeUri(test.id)
      return ask('isSpiffe', [id], isSafeName('URI', id))
    }
    case 'serial':
      return ask('isSerial', test.numbers.map(serialDigits))
    case 'purpose':
    case 'policy':
      return ask(test.kind === 'purpose' ? 'isFor' : 'hasPolicy', [test.oid], /^[0-9.]+$/.test(test.oid))
    case 'address':
      if (test.of === 'forwarded') return { cannot: 'cannot-ask' }
      return ask('isFrom', test.ranges, areSafeRanges(test.ranges))
    case 'user':
      if (test.by === 'CN') return ask('hasCommonName', [test.name])
      if (test.by === 'UPN') return { cannot: 'cannot-ask' }
      return ask('hasMailbox', [test.name], isSafeName('RFC822', test.name))
  }
}

function nameQuestion<T>(
  { form, match, value }: Extract<Test, { kind: 'san' }>,
  ask: (question: Question, values: readonly string[], isSafe: boolean) => T,
): T | { cannot: 'cannot-ask' } {
  if (form === 'UPN' || (match === 'suffix' && form !== 'DNS')) return { cannot: 'cannot-ask' }
  const bare = match === 'suffix' ? value.replace(/^\./, '').toLowerCase() : value
  const question =
    match === 'suffix'
      ? 'isWithin'
      : ({ DNS: 'hasHost', IP: 'hasIp', RFC822: 'hasMailbox', URI: 'hasUri' } as const)[form]
  return ask(question, [form === 'DNS' ? bare.toLowerCase() : bare], isSafeName(form, bare))
}

/** A language: its functions by what they ask, and how it writes a call. */
export interface Language {
  readonly functions: Readonly<Partial<Record<Question, readonly string[]>>>
  /** How a subject is given to its function; null if it cannot be. */
  readonly subject: (name: Name) => readonly string[] | null
  readonly quoted: (text: string) => string
}

/** Returns the call that asks what a rule asks. */
export function askIn({ functions, subject, quoted }: Language, test: Test): Asked<string> {
  const asked = questionOf(test, subject)
  if ('cannot' in asked) return asked
  if (functions[asked.question] === undefined) return { cannot: 'cannot-ask' }
  return { part: `${asked.question}(who, ${asked.values.map(quoted).join(', ')})` }
}

/** Returns the functions that an expression calls. */
export const functionsFor = ({ functions }: Language, called: string): readonly string[] =>
  Object.entries(functions)
    .filter(([name]) => called.includes(`${name}(`))
    .flatMap(([, code]) => ['', ...code])

/** A string in double quotes, of printable text: as Go, Java and Python read it alike. */
export const doubleQuoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

export const indented = (lines: readonly string[], by: string): string[] =>
  lines.map((line) => (line === '' ? '' : `${by}${line}`))
