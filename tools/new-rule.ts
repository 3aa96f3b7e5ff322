/**
 * Starts a lint rule: `npm run new:rule -- CODE BOOK`, where BOOK is rfc5280, traps or webpki. It writes the rule's
 * file and an entry wherever a rule has one, and lists what is left to write; its test fails until that is done.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Book {
  readonly section: string
  /** Text after which the new entry goes, in the file of that part. */
  readonly sentences: readonly [path: string, after: string]
  readonly example: readonly [after: string, parts: string]
  readonly passes: readonly [path: string, after: string, entry: (code: string) => string]
  readonly test: string
}

const FIXES = 'src/messages/en/fixes.ts'
const WHY = 'src/messages/en/why.ts'
const WHY_BEGINS = 'export const why: { readonly [C in FindingCode]: string } = {\n'
const passesNothing = (code: string): string => `'${code}': {},`

const BOOKS: Readonly<Record<string, Book>> = {
  rfc5280: {
    section: 'RFC 5280 §4',
    sentences: ['src/messages/en/lint.ts', 'export const lintFindings: SentencesOf<Rows> = {\n'],
    example: ['export const RFC5280_PARTS: { readonly [C in FindingCode]?: Parts } = {\n', 'target({})'],
    passes: ['test/unit/lint/rfc5280-cases.ts', 'export const RFC5280_PASSES: Cases = {\n', passesNothing],
    test: 'test/unit/lint/rules.test.ts',
  },
  traps: {
    section: 'judgement',
    sentences: ['src/messages/en/lint.ts', 'export const lintFindings: SentencesOf<Rows> = {\n'],
    example: ['export const TRAP_PARTS: { readonly [C in FindingCode]?: Parts } = {\n', 'target({})'],
    passes: ['test/unit/lint/trap-cases.ts', 'export const TRAP_PASSES: Cases = {\n', passesNothing],
    test: 'test/unit/lint/rules.test.ts',
  },
  webpki: {
    section: 'CA/B BR §7.1',
    sentences: [
      'src/messages/en/webpki.ts',
      'export const webpkiSentences: SentencesOf<typeof WEBPKI_ROWS> = {\n',
    ],
    example: ['export const WEBPKI_PARTS: { readonly [C in FindingCode]?: Parts } = {\n', 'server({})'],
    passes: [
      'test/unit/lint/webpki-cases.ts',
      'export const WEBPKI_CASES: readonly (readonly [FindingCode, Draw | typeof EXAMPLE, Draw])[] = [\n',
      (code) => `['${code}', EXAMPLE, server()],`,
    ],
    test: 'test/unit/lint/webpki.test.ts',
  },
}

/** The new contents of a file. */
export interface Edit {
  readonly path: string
  readonly text: string
  /** The part still to be written in it. */
  readonly next: string
}

/** Returns a file's text; null if it is not there. */
type Read = (path: string) => string | null

/** Returns the edits for a rule. Throws a sentence if it cannot be started. */
export function newRule(code: string, book: string, read: Read): readonly Edit[] {
  const parts = Object.hasOwn(BOOKS, book) ? BOOKS[book]! : null
  if (!parts) throw new Error(`There is no book ${book}: choose one of ${Object.keys(BOOKS).join(', ')}.`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(code))
    throw new Error(
      `${code} is no code: write two words or more in small letters, with hyphens between them.`,
    )
  if (
    read(fileOf(code, book)) !== null ||
    Object.keys(BOOKS).some((each) => textOf(`src/findings/${each}.ts`, read).includes(`'${code}':`))
  )
    throw new Error(`${code} is there already: a code means one thing for good, so take another.`)
  return editsOf(code, book, parts, read)
}

const fileOf = (code: string, book: string): string => `src/lint/${book}/${code}.ts`

function textOf(path: string, read: Read): string {
  const text = read(path)
  if (text === null) throw new Error(`${path} is not there. Is this the folder of the project?`)
  return text
}

/** Returns the file's text with one more entry after the mark. */
function after(path: string, mark: string, entry: string, read: Read): string {
  const [before, rest, ...more] = textOf(path, read).split(mark)
  if (rest === undefined || more.length > 0)
    throw new Error(`${path} does not hold this once: ${mark.trim()}`)
  return `${before!}${mark}  ${entry}\n${rest}`
}

function editsOf(code: string, book: string, parts: Book, read: Read): readonly Edit[] {
  const rows = `src/findings/${book}.ts`
  const index = `src/lint/${book}/index.ts`
  const examples = `src/services/validate/examples/${book}.ts`
  const name = code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const [sentences, sentencesAt] = parts.sentences
  const [exampleAt, example] = parts.example
  const [passes, passesAt, pass] = parts.passes
  return [
    {
      path: fileOf(code, book),
      text: ruleText(code, name, parts.section),
      next: 'Say in the line above the rule what the section demands, and write `applies` and `check`.',
    },
    {
      path: rows,
      text: textOf(rows, read).replace(/}\n$/, `  '${code}': row('${parts.section}', 'warning'),\n}\n`),
      next: 'Give the section, the severity, the detail (`row<{ … }>`), and where it refuses (findings/row.ts).',
    },
    {
      path: index,
      text: listedIn(textOf(index, read), code, name),
      next: 'Move it to its place in the order of the sections.',
    },
    {
      path: sentences,
      text: after(sentences, sentencesAt, `'${code}': (_, certificate) => \`\${certificate}: \`,`, read),
      next: 'Finish the sentence.',
    },
    {
      path: WHY,
      text: after(WHY, WHY_BEGINS, `'${code}': '',`, read),
      next: 'Say what goes wrong without it, in a sentence or two, and move it to its chapter.',
    },
    {
      path: FIXES,
      text: after(
        FIXES,
        'export const fixes: { [C in FindingCode]?: Fix<C> } = {\n',
        `'${code}': () => '',`,
        read,
      ),
      next: 'Say what fixes it; or that there is nothing to fix, and why.',
    },
    {
      path: examples,
      text: after(examples, exampleAt, `'${code}': ${example},`, read),
      next: 'Draw the chain that breaks the rule and nothing else: the page of the rule shows it, and the test asks it.',
    },
    {
      path: passes,
      text: after(passes, passesAt, pass(code), read),
      next: 'Draw the nearest certificate that passes.',
    },
  ]
}

const ruleText = (
  code: string,
  name: string,
  section: string,
): string => `import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** ${section}: */
export const ${name}: Rule<'${code}'> = {
  code: '${code}',
  applies: always,
  check: () => breach(false),
}
`

/** Returns the list with one more rule, at its end. */
function listedIn(text: string, code: string, name: string): string {
  const imports = text.lastIndexOf('\nimport ')
  const line = text.indexOf('\n', imports + 1) + 1
  const withImport = `${text.slice(0, line)}import { ${name} } from './${code}.ts'\n${text.slice(line)}`
  return withImport.replace(/]\)\n$/, `  ${name},\n])\n`)
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (import.meta.main) {
  const [code, book, ...more] = process.argv.slice(2)
  try {
    if (code === undefined || book === undefined || more.length > 0)
      throw new Error(`npm run new:rule -- CODE BOOK, where BOOK is one of ${Object.keys(BOOKS).join(', ')}.`)
    const edits = newRule(code, book, readOrNull)
    for (const { path, text } of edits) writeFileSync(path, text)
    for (const { path, next } of edits) console.log(`${path}\n  ${next}`)
    console.log(
      `Then: npm run check, and npx vitest run --project unit ${BOOKS[book]!.test}\n      test/unit/services/rule-examples.webcrypto.test.ts test/unit/ui`,
    )
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
  }
}
