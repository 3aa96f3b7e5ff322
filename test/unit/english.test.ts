import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** Words that are not plain English in the sense they had here, and what to write instead. */
const BANNED: readonly (readonly [words: RegExp, instead: string])[] = [
  [/stands?|standing|stood/, 'is, applies, is written'],
  [/lies?|lay|lain|lying/, 'is, is stored'],
  [/to be had/, 'available'],
  [/(?:is|are|be|was|were) told/, 'is reported'],
  [/hears?|heard/, 'learns, receives'],
  [/g[ia]ves? way|given way/, 'is replaced, is dropped'],
  [/mend(?:s|ed|ing)?/, 'fix'],
  [/anew/, 'again'],
  [/at hand/, 'available'],
  [/besides/, 'also'],
  [/for want of/, 'without'],
  [/some hundreds/, 'hundreds'],
  [/none such/, 'no such …'],
  [/vouch(?:es|ed)?/, 'signs, is trusted'],
  [/desk/, 'page'],
  [/breathes?|breaths?/, 'yield to the event loop'],
  [/whoever/, 'anyone who, a caller that'],
]

/** Phrases in which such a word is plain English. */
const FINE: readonly (readonly [phrase: RegExp, why: string])[] = [
  [/stands? for/, 'an abbreviation or a wildcard stands for something'],
  [/long-?standing|notwithstanding/, 'idioms'],
  [/lies? between/, 'a value lies between two limits'],
]

const word = ({ source }: RegExp): RegExp => new RegExp(`(?<![\\w.-])(?:${source})(?![\\w-]|\\.\\w)`, 'gi')

/** Returns the banned words of a text, each with what to write instead. */
function banned(text: string): string[] {
  let rest = text.replace(/\s+/g, ' ')
  for (const [phrase] of FINE) rest = rest.replace(word(phrase), '…')
  return BANNED.flatMap(([words, instead]) =>
    [...rest.matchAll(word(words))].map(({ 0: found, index }) => {
      const around = rest.slice(Math.max(0, index - 40), index + found.length + 30)
      return `“${found}” in “${around.trim()}”: write ${instead}`
    }),
  )
}

const read = (file: string): string => readFileSync(file, 'utf8')

/** Prose of a document: what is in backticks is a name. */
const prose = (text: string): string => text.replace(/```[\s\S]*?```|`[^`]*`/g, '…')

const COMMENT = /\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<![:'"`\w\\/])\/\/.*/g
const comments = (text: string): string => prose((text.match(COMMENT) ?? []).join('\n'))

/** The strings of a file, without the names of its properties. */
function strings(file: string): string {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node
    if (isText && !isName && !ts.isImportDeclaration(node.parent)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true), visit)
  return found.join('\n')
}

const slashed = (files: readonly string[]): string[] => files.map((file) => file.replaceAll('\\', '/')).sort()
const DOCUMENTS = slashed([
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/**/*.md'),
])
const MESSAGES = slashed(globSync('src/messages/{en.ts,en/**/*.ts}'))
const SOURCES = slashed(globSync('src/**/*.{ts,svelte}')).filter((file) => !MESSAGES.includes(file))

describe('plain English', () => {
  test.each(DOCUMENTS)('%s', (file) => {
    expect(banned(prose(read(file)))).toEqual([])
  })

  test.each(MESSAGES)('%s, its strings and comments', (file) => {
    expect([...banned(strings(file)), ...banned(comments(read(file)))]).toEqual([])
  })

  test('the comments of src/', () => {
    const found = SOURCES.flatMap((file) => banned(comments(read(file))).map((each) => `${file}: ${each}`))
    expect(found).toEqual([])
  })

  test('finds the words, and not what only looks like them', () => {
    expect(banned('The list stands here, and whoever reads it is told.')).toHaveLength(3)
    expect(
      banned('We understand a standard; its value lies between 1 and 2, and * stands for a label.'),
    ).toEqual([])
    expect(banned('services/import/desk.ts, key-used-besides')).toEqual([])
  })
})
