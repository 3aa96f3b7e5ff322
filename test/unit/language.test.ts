import { globSync, readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { en } from '../../src/messages/en.ts'
import { duration, size } from '../../src/messages/en/format.ts'
import { chosenTag, LANGUAGES, languageOf } from '../../src/messages/languages.ts'
import { writing } from '../../src/messages/writing.ts'
import { longer, en as other, outside } from '../support/pseudo/language.ts'
import { sourceFacts } from '../support/source-facts.ts'

// Numbers, plurals and lists are written as the language chosen writes them, and by nothing else.

/** Lists that are the same in every language. */
const JOINED: Readonly<Record<string, string>> = {
  'src/ui/certificate/certificate-fields.ts':
    'values of a certificate, compared with what other programs show',
  'src/paper/csv.ts': 'the syntax of a table (RFC 4180)',
  'src/paper/request-recipes.ts': 'names in the syntax of the programs',
  'src/paper/openssl-commands.ts': 'the syntax of OpenSSL’s configuration',
  'src/ui/certificate/Notes.svelte': 'tags as they are typed, and read again',
  'src/messages/rule-text.ts': 'values of a certificate',
}

const files = globSync('src/{messages,paper,state,ui}/**/*.{ts,svelte}').map((file) =>
  file.replaceAll('\\', '/'),
)
const having = (what: RegExp): string[] =>
  files.filter((file) => what.test(readFileSync(file, 'utf8'))).sort()

test('what belongs to one language is imported by that language, by page.ts, and where languages are registered', () => {
  const wrong = sourceFacts('src')
    .filter(({ path }) => !/^src\/(messages\/(en[./]|languages\.ts)|page\.ts)/.test(path))
    .flatMap(({ path, imports }) => imports.map((each) => ({ path, ...each })))
    // What is said before there is a page is English.
    .filter(({ path, from }) => !(path === 'src/main.ts' && from === './messages/en/opening.ts'))
    .filter(({ from, typeOnly }) => /(^|\/)messages\/en[./]|^\.\/en\.ts/.test(from) && !typeOnly)
  expect(wrong.map(({ path, from }) => `${path} imports ${from}`)).toEqual([])
})

test('plurals, numbers and lists are not made by hand', () => {
  // A choice between two words by a number: the plural of a language may have up to six forms.
  expect(having(/=== 1\s*\?\s*['`]/)).toEqual([])
  expect(having(/toLocale\w*String/)).toEqual([])
  expect(having(/Intl\.(?!DateTimeFormat|LDMLPluralRule)/)).toEqual(['src/messages/writing.ts'])
  expect(having(/\.join\(' ?, ?'\)/)).toEqual(Object.keys(JOINED).sort())
})

test('what was chosen is spoken, else what the browser asks for, else English', () => {
  const there = ['en', 'de', 'pt-BR']
  expect(chosenTag(['de-AT', 'en'], there)).toBe('de')
  expect(chosenTag(['pt-PT', 'pt-BR'], there)).toBe('pt-BR')
  expect(chosenTag(['fr', 'ja'], there)).toBe('en')
  vi.stubGlobal('localStorage', { getItem: () => 'pt-BR' })
  expect(chosenTag(['de'], there)).toBe('pt-BR')
  // One that this copy does not have, as another version may have kept.
  expect(chosenTag(['de'], ['en', 'de'])).toBe('de')
  vi.unstubAllGlobals()
})

test('the product has English alone, which is there at once', () => {
  expect(LANGUAGES).toEqual(['en'])
  expect(languageOf('en')).toBe(en)
  expect(languageOf('xx')).toBe(en)
})

test('each language has its own plurals, numbers and lists', () => {
  const polish = writing('pl')
  const forms = { one: 'klucz', few: 'klucze', many: 'kluczy', other: 'klucza' }
  expect([1, 3, 5, 22, 1.5].map((n) => polish.plural(n, forms))).toEqual([
    'klucz',
    'klucze',
    'kluczy',
    'klucze',
    'klucza',
  ])
  const german = writing('de')
  expect(german.number(1234567)).toBe('1.234.567')
  expect(german.tenths(12.34)).toBe('12,3')
  expect(german.list(['A', 'B', 'C'])).toBe('A, B und C')
  expect(german.either(['A', 'B'])).toBe('A oder B')
  expect(writing('ja').series(['A', 'B'])).not.toContain(',')
  expect(german.plural(2, { other: 'nur eine Form' })).toBe('nur eine Form')
})

test('English writes as before: thousands, no comma before the last word, days and years', () => {
  const { list, either, series, number, day, moment } = en.format
  expect(number(1234567)).toBe('1,234,567')
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => list(items))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ])
  expect(either(['a', 'b', 'c'])).toBe('a, b or c')
  expect(series(['a', 'b', 'c'])).toBe('a, b, c')
  expect([900, 12_345, 4_500_000].map(size)).toEqual(['900 B', '12.3 kB', '4.5 MB'])
  const DAY = 86_400_000
  expect([5000, 2 * DAY, 730 * DAY, 731 * DAY, 4000 * DAY].map(duration)).toEqual([
    '5 s',
    '2 days',
    '730 days',
    '2 years',
    '10 years',
  ])
  const date = new Date('2026-11-21T14:05:59Z')
  expect([day(date), moment(date)]).toEqual(['2026-11-21', '2026-11-21 14:05 UTC'])
  expect(moment(new Date(NaN))).toBe('an impossible date')
})

test('the language of the tests is half as long again, in brackets, and keeps what is compared', () => {
  const { title } = en.ui.records.hierarchy
  expect(other.ui.records.hierarchy.title).toMatch(/^⟦.*⟧$/)
  const sentence = en.errors['vault-locked'](null)
  expect(other.errors['vault-locked'](null).length).toBeGreaterThanOrEqual(1.5 * sentence.length)
  const words = 'Sign again before lists expire'
  expect(longer(words).length).toBeGreaterThanOrEqual(1.5 * words.length)
  expect(longer('Run openssl.cnf for {name} with SHA-256')).toMatch(/openssl\.cnf .*\{name\} .*SHA-256/)
  expect(outside(`${other.ui.records.hierarchy.title}: ${title}`)).toBe(`: ${title}`)
  expect(outside(other.bug(title))).toBe('')
  expect(other.tag).toBe('en')
})
